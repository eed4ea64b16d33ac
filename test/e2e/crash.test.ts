import { expect, it } from "vitest";
import type { CrashTestSummary } from "../crash/run-crash-test.ts";
import { runCrashTest } from "../crash/run-crash-test.ts";
import type { AskedFaults } from "../faults/fault-plan.ts";

/** Two restarts, and results that are sent again after them, on a machine with other things to do. */
const TIMEOUT_MS = 300_000;

/** Small runs of `npm run test:crash`: they show that it works and that it can fail. The full one is for figures. */
async function killTwice(planted: AskedFaults = {}): Promise<CrashTestSummary> {
  return runCrashTest({
    kills: 2,
    killsPerFailpoint: 0,
    players: 16,
    seed: 1,
    planted,
    onKill: () => {},
    onLine: () => {},
  });
}

it(
  "two kills under load lose and double nothing that was acknowledged",
  async () => {
    const { faults, oddities, kills, acknowledged } = await killTwice();
    expect({ faults, oddities }).toEqual({ faults: [], oddities: [] });
    expect(kills).toEqual({ random: 2 });
    expect(Math.min(acknowledged.tickets, acknowledged.matches, acknowledged.results)).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);

it(
  "a region that acknowledges tickets without keeping them is found out",
  async () => {
    const { faults } = await killTwice({ storage: { kind: "lost", statement: "INTO tickets" } });
    expect(faults.map(({ kind }) => kind)).toContain("lost");
  },
  TIMEOUT_MS,
);
