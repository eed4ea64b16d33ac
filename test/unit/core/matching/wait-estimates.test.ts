import { describe, expect, it } from "vitest";
import { WaitEstimates } from "../../../../src/core/matching/wait-estimates.ts";
import { aSolo } from "../../builders/a-ticket.ts";

/** After 39 tickets that waited 1 to 39 seconds: a new one is told 4 to 36. */
function experienced(): WaitEstimates {
  const estimates = new WaitEstimates();
  for (let waitS = 1; waitS <= 39; waitS += 1) estimates.matched(aSolo(`p${waitS}`, 25), waitS * 1_000);
  return estimates;
}

describe("what a ticket is told", () => {
  it("is nothing while too few have been matched", () => {
    const estimates = new WaitEstimates();
    expect(estimates.arrived(aSolo("ann", 25))).toBeNull();
    expect(estimates.matched(aSolo("ann", 25), 5_000)).toBeNull();
  });

  it("is how long it takes in all, and goes on as it waits", () => {
    const estimates = experienced();
    const ann = aSolo("ann", 25, { enqueuedAtMs: 100_000 });
    expect(estimates.arrived(ann)).toEqual({ lowS: 4, highS: 36 });
    expect(estimates.interval(ann, 130_000)).toEqual({ lowS: 31, highS: 39 });
  });

  it.each([
    { tookMs: 3_900, outcome: "below" },
    { tookMs: 4_000, outcome: "inside" },
    { tookMs: 36_000, outcome: "inside" },
    { tookMs: 36_100, outcome: "above" },
  ])("is held against the match: after $tookMs ms it was $outcome", ({ tookMs, outcome }) => {
    const estimates = experienced();
    const ann = aSolo("ann", 25);
    estimates.arrived(ann);
    expect(estimates.matched(ann, tookMs)).toBe(outcome);
  });

  it("is forgotten when the ticket leaves", () => {
    const estimates = experienced();
    const ann = aSolo("ann", 25);
    estimates.arrived(ann);
    estimates.left(ann.ticketId);
    expect(estimates.matched(ann, 5_000)).toBeNull();
  });

  it("is forgotten by a restart, what was learned is not", () => {
    const estimates = experienced();
    const ann = aSolo("ann", 25);
    estimates.arrived(ann);
    const restarted = new WaitEstimates(estimates.toSave());
    expect(restarted.interval(ann, 0)).toEqual({ lowS: 4, highS: 36 });
    expect(restarted.matched(ann, 5_000)).toBeNull();
  });

  it("takes a clock that stepped back for no wait at all", () => {
    const estimates = experienced();
    expect(estimates.interval(aSolo("ann", 25, { enqueuedAtMs: 9_000 }), 1_000)).toEqual({ lowS: 4, highS: 36 });
  });
});
