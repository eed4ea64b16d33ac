import { describe, expect, it } from "vitest";
import { ChangeLog } from "../../../src/core/change-log.ts";
import { OpenProposals } from "../../../src/core/open-proposals.ts";
import type { Proposal, Seat } from "../../../src/core/proposal.ts";

function aSeatOf(ticketId: string, deadlineMs = 10_000): Seat {
  return { ticketId, team: 0, round: 1, askedAtMs: 0, deadlineMs, acked: [], accepted: [] };
}

function aProposal(matchId: string, overrides: Partial<Proposal> = {}): Proposal {
  const seats = [aSeatOf(`${matchId}-a`), aSeatOf(`${matchId}-b`)];
  return { matchId, mode: "2v2", pass: "exact", round: 1, seats, proposedAtMs: 0, repairUntilMs: null, ...overrides };
}

/** Its deadline is that of its first seat. */
function openProposals(...proposals: readonly Proposal[]): OpenProposals {
  const open = new OpenProposals(new ChangeLog(), ({ seats }) => seats[0]?.deadlineMs ?? Number.POSITIVE_INFINITY);
  for (const proposal of proposals) open.put(proposal);
  return open;
}

describe("open proposals", () => {
  it("are found by match and by ticket, as they are now", () => {
    const one = aProposal("m1");
    const open = openProposals(one, aProposal("m2"));
    expect(open.find("m1")).toBe(one);
    expect(open.ofTicket("m1-b")).toBe(one);
    const left = { ...one, seats: [aSeatOf("m1-a"), aSeatOf("new")] };
    open.put(left);
    expect(open.ofTicket("m1-a")).toBe(left);
    expect(open.ofTicket("new")).toBe(left);
    expect(open.ofTicket("m1-b")).toBeUndefined();
    expect(open.count).toBe(2);
  });

  it("are forgotten with their tickets when they end", () => {
    const one = aProposal("m1", { repairUntilMs: 5_000 });
    const open = openProposals(one);
    open.end(one, "dissolved");
    expect([open.find("m1"), open.ofTicket("m1-a"), open.count]).toEqual([undefined, undefined, 0]);
    expect(open.hasEmptyPlaces("2v2")).toBe(false);
    expect(open.withEmptyPlaces("2v2")).toEqual([]);
  });

  it("with empty places are known by mode, the oldest first, until they are filled", () => {
    const second = aProposal("m2", { repairUntilMs: 5_000 });
    const first = aProposal("m1", { repairUntilMs: 5_000 });
    const other = aProposal("m0", { repairUntilMs: 5_000, mode: "1v1" });
    const open = openProposals(second, first, other, aProposal("m3"));
    expect(open.withEmptyPlaces("2v2")).toEqual([first, second]);
    open.put({ ...first, repairUntilMs: null });
    expect(open.withEmptyPlaces("2v2")).toEqual([second]);
    open.put({ ...second, repairUntilMs: null });
    expect(open.hasEmptyPlaces("2v2")).toBe(false);
    expect(open.hasEmptyPlaces("1v1")).toBe(true);
  });

  it("are due at their deadline; the next is exact once it was looked at", () => {
    const soon = aProposal("m1", { seats: [aSeatOf("a", 5_000)] });
    const late = aProposal("m2", { seats: [aSeatOf("b", 9_000)] });
    const open = openProposals(late, soon);
    expect(open.earliestMs).toBe(5_000);
    expect(open.due(4_999)).toEqual([]);
    expect(open.due(5_000)).toEqual([soon]);
    expect(open.earliestMs).toBe(9_000);
    expect(openProposals().earliestMs).toBe(Number.POSITIVE_INFINITY);
  });
});
