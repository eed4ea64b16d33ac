import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const MAIN = join(import.meta.dirname, "../../../../simulation/crash/main.ts");
/** On a machine with other things to do. */
const TIMEOUT_MS = 180_000;

interface Outcome {
  readonly digest: string;
  readonly tally: readonly (readonly [name: string, count: number])[];
  readonly violation: { readonly invariant: string; readonly detail: string } | null;
}

interface PlantOutcome extends Pick<Outcome, "violation"> {
  readonly plant: string;
  readonly breaks: number | null;
  readonly foundBy: readonly string[];
}

/** In a process of its own: a run takes over the clock of its process. @returns what it printed, and its exit code */
async function run<Line>(...flags: string[]): Promise<{ readonly lines: readonly Line[]; readonly code: number }> {
  const { stdout, code } = await new Promise<{ stdout: string; code: number }>((resolve) => {
    execFile(process.execPath, [MAIN, "--json", ...flags], { maxBuffer: 1e8 }, (error, stdout) => {
      resolve({ stdout, code: error === null ? 0 : Number(error.code) });
    });
  });
  return {
    lines: stdout
      .trim()
      .split("\n")
      .map((line): Line => JSON.parse(line)),
    code,
  };
}

/** Each kind of fault that the simulation is to inject, by the names under which it is counted. */
const FAULTS: Readonly<Record<string, readonly string[]>> = {
  "messages that are doubled": ["message doubled"],
  "messages that come in another order": ["message out of order"],
  "messages that are lost or late": ["message lost", "message late"],
  "consumers side by side": ["consumers side by side"],
  "consumers that end before they acknowledge": ["consumer crashed", "verdicts lost"],
  "a D1 that fails": ["d1 failed", "d1 unanswered"],
  "a D1 that is slow": ["d1 slow"],
  "a D1 that hangs": ["d1 lost", "d1 silent"],
  "a queue that fails or hangs": ["queue failed", "queue silent"],
  "calls between objects that are lost": ["rpc failed", "rpc silent"],
  "alarms that run twice": ["alarm twice"],
  "alarms that run late": ["alarm late"],
  "alarms that fail, and alarms that are dropped": ["alarm failed", "alarm dropped"],
  "a watchdog that sets a dropped alarm again": ["alarm set by the watchdog"],
  "storage that fails": ["storage failed"],
  "crashes at any time": ["crashed from outside"],
  "crashes between a transaction and the notification": ["crashed after a transaction", "crashed after a write"],
  "crashes before a transaction": ["crashed before a transaction"],
  "deploys that close a region or lack a mode": ["deploy: closed", "deploy: without duels"],
  "players who are locked out and let in": ["revoke: locked out", "revoke: let in"],
  "a region that lets nobody in": ["enqueue: overloaded"],
};

describe("the crash simulation", () => {
  it(
    "lets every kind of fault happen, and finds nothing wrong",
    async () => {
      const { lines, code } = await run<Outcome>("--stormy", "--seed", "4", "--steps", "20000");
      const counts = new Map(lines.flatMap(({ tally }) => tally));
      const missing = Object.values(FAULTS)
        .flat()
        .filter((name) => (counts.get(name) ?? 0) === 0);
      expect(missing).toEqual([]);
      expect(lines.map(({ violation }) => violation)).toEqual([null]);
      expect(code).toBe(0);
    },
    TIMEOUT_MS,
  );

  it(
    "goes the same way twice, in one process and in another",
    async () => {
      const flags = ["--seed", "7", "--steps", "3000"];
      const { lines, code } = await run<Outcome>(...flags, "--twice");
      expect(code).toBe(0);
      const { lines: others } = await run<Outcome>(...flags);
      expect(others.map(({ digest }) => digest)).toEqual(lines.map(({ digest }) => digest));
    },
    TIMEOUT_MS,
  );

  it(
    "finds every planted bug, at least one for each invariant, by the checker that is to find it",
    async () => {
      const { lines, code } = await run<PlantOutcome>("--plants", "--steps", "3000");
      const missed = lines.filter(({ violation, foundBy }) => !foundBy.includes(violation?.invariant ?? ""));
      expect(missed).toEqual([]);
      expect(new Set(lines.map(({ breaks }) => breaks))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, null]));
      expect(code).toBe(0);
    },
    TIMEOUT_MS,
  );

  it(
    "says where a violation was and how to see it again, and shortens the history to what it takes",
    async () => {
      const { stdout, code } = await new Promise<{ stdout: string; code: number }>((resolve) => {
        const flags = [
          "--seed",
          "1",
          "--steps",
          "3000",
          "--plant",
          "drop-a-ticket-on-restart",
          "--shrink-attempts",
          "60",
        ];
        execFile(process.execPath, [MAIN, ...flags], (error, stdout) => {
          resolve({ stdout, code: error === null ? 0 : Number(error.code) });
        });
      });
      expect(code).toBe(1);
      expect(stdout).toMatch(/ {2}seed {4}1\n {2}step {4}\d+\n {2}commit {2}\w+/);
      expect(stdout).toMatch(/npm run simulate:crash -- --seed 1 --steps \d+ --plant drop-a-ticket-on-restart/);
      const [, left] = /(\d+) steps are left after/.exec(stdout) ?? [];
      expect(Number(left)).toBeLessThan(40);
      expect(stdout).toMatch(/--only [\d,-]+ --plant drop-a-ticket-on-restart --no-drain/);
    },
    TIMEOUT_MS,
  );
});
