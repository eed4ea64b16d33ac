import { describe, expect, it } from "vitest";
import { REFERENCE_SETTINGS } from "../../../simulation/lab/lab-modes.ts";
import { oldestFirst } from "../../../simulation/lab/policies/oldest-first.ts";
import type { Policy } from "../../../simulation/lab/policy.ts";
import { POLICIES } from "../../../simulation/lab/policy-table.ts";
import { runTrace } from "../../../simulation/lab/run-trace.ts";
import type { Trace } from "../../../simulation/lab/trace.ts";
import { createTrace } from "../../../simulation/lab/trace.ts";
import { aLabTicket, aShape, someTraceSettings } from "./builders/a-line.ts";

function aTrace(arrivals: Trace["arrivals"]): Trace {
  return { shape: aShape(), durationMs: 20_000, arrivals, latentSkills: new Map() };
}

function stays(cameAtS: number, mu: number) {
  return { ticket: aLabTicket(cameAtS, mu), leavesAtMs: Number.POSITIVE_INFINITY };
}

const four = [stays(0.2, 20), stays(0.4, 21), stays(1.5, 22), stays(2.2, 23)];

it("matches at the first tick after the last of them came", () => {
  const run = runTrace(aTrace(four), oldestFirst(aShape()), 1_000);
  expect(run.matches.map(({ madeAtMs }) => madeAtMs)).toEqual([3_000]);
});

it("takes who gives up out of the line", () => {
  const [first, ...others] = four;
  if (first === undefined) throw new Error("there are four");
  const run = runTrace(aTrace([{ ...first, leavesAtMs: 2_500 }, ...others]), oldestFirst(aShape()), 1_000);
  expect(run.matches).toEqual([]);
});

it("tells a policy of every ticket once, before the tick that sees it", () => {
  const told: string[] = [];
  const seen: string[][] = [];
  const policy: Policy = {
    arrived: ({ ticketId }) => told.push(ticketId),
    tick: (waiting) => {
      seen.push(waiting.map(({ ticketId }) => ticketId));
      expect(told).toEqual(waiting.map(({ ticketId }) => ticketId));
      return [];
    },
  };
  runTrace(aTrace(four), policy, 1_000);
  expect(seen.map((tickets) => tickets.length).slice(0, 4)).toEqual([2, 3, 4, 4]);
});

describe("a policy that breaks the rules of the game", () => {
  const [a, b, c, d] = four.map(({ ticket }) => ticket);
  if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error("there are four");

  it.each([
    {
      what: "a ticket twice",
      teams: [
        [a, b],
        [a, d],
      ],
    },
    { what: "a team too small", teams: [[a, b], [c]] },
    { what: "one team only", teams: [[a, b]] },
    {
      what: "a stranger",
      teams: [
        [a, b],
        [c, aLabTicket(9, 25)],
      ],
    },
  ])("is stopped: $what", ({ teams }) => {
    const policy: Policy = {
      arrived: () => {},
      tick: (waiting) => (waiting.length === 4 ? [{ teams, pass: null }] : []),
    };
    expect(() => runTrace(aTrace(four), policy, 1_000)).toThrow("Assertion failed");
  });
});

it.each(POLICIES)("$name makes the same of the same trace, bit for bit", (entry) => {
  const trace = createTrace(someTraceSettings({ shape: aShape("5v5"), partyMix: [0.6, 0.4] }), 5);
  const run = () => {
    const knob = entry.knob?.usual(trace.shape) ?? 0;
    return runTrace(trace, entry.create(trace.shape, knob, REFERENCE_SETTINGS), 1_000).matches;
  };
  const matches = run();
  expect(matches.length).toBeGreaterThan(0);
  expect(run()).toEqual(matches);
});
