import { expect, it } from "vitest";
import { USUAL_HABITS } from "../../../../simulation/lab/ready-check/answer-habits.ts";
import { aReadyCheckRun, someHabits } from "../builders/a-ready-check-run.ts";

it("makes a match of the first proposal where everybody accepts", () => {
  const { searches, proposals, coolDowns } = aReadyCheckRun(someHabits());
  expect(proposals.length).toBeGreaterThan(100);
  expect(proposals.every(({ isConfirmed, proposal }) => isConfirmed && proposal.round === 1)).toBe(true);
  expect(searches.every(({ timesAsked }) => timesAsked <= 1)).toBe(true);
  expect(coolDowns).toBe(0);
});

it("makes no match and punishes nobody where nobody's client shows anything", () => {
  const { searches, proposals, coolDowns } = aReadyCheckRun(someHabits({ ghostShare: 1 }));
  expect(proposals.length).toBeGreaterThan(10);
  expect(proposals.some(({ isConfirmed }) => isConfirmed)).toBe(false);
  expect(searches.some(({ ending }) => ending === "lapsed")).toBe(true);
  expect(coolDowns).toBe(0);
});

it("gives a ghost's place away at the time to ack, and a silent watcher's at the time to accept", () => {
  const endsAfterMs = (habits: ReturnType<typeof someHabits>) => {
    const { proposals } = aReadyCheckRun(habits, { ackS: 4, repairS: 0 });
    return new Set(proposals.map(({ proposal, endedAtMs }) => endedAtMs - proposal.proposedAtMs));
  };
  expect(endsAfterMs(someHabits({ ghostShare: 1 }))).toEqual(new Set([4_000]));
  expect(endsAfterMs(someHabits({ lapseShare: 1 }))).toEqual(new Set([12_000]));
});

it("repairs where some do not accept, and asks again only where that fails", () => {
  const repaired = aReadyCheckRun(USUAL_HABITS);
  const dissolved = aReadyCheckRun(USUAL_HABITS, { repairS: 0 });
  const timesAsked = ({ searches }: typeof repaired) => Math.max(...searches.map((search) => search.timesAsked));
  expect(repaired.proposals.some(({ isConfirmed, proposal }) => isConfirmed && proposal.round > 1)).toBe(true);
  expect(dissolved.proposals.every(({ proposal }) => proposal.round === 1)).toBe(true);
  expect(timesAsked(repaired)).toBeLessThan(timesAsked(dissolved));
});

it("does nobody wrong, with every kind of answer", () => {
  const { violations, coolDowns } = aReadyCheckRun({ ...USUAL_HABITS, lapseShare: 0.1 });
  expect(coolDowns).toBe(violations.penaltiesWithoutAck.of);
  for (const { count, of } of Object.values(violations)) {
    expect(count).toBe(0);
    expect(of).toBeGreaterThan(50);
  }
});

it("is the same for the same seed", () => {
  expect(aReadyCheckRun(USUAL_HABITS)).toEqual(aReadyCheckRun(USUAL_HABITS));
});
