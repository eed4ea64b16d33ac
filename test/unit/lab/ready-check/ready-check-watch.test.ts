import { expect, it } from "vitest";
import { ReadyCheckWatch } from "../../../../simulation/lab/ready-check/ready-check-watch.ts";
import type { Change } from "../../../../src/core/changes.ts";
import type { Proposal } from "../../../../src/core/proposal.ts";
import { aPlayer } from "../../builders/a-player.ts";
import { aQueue } from "../../builders/a-queue.ts";
import { aTicket } from "../../builders/a-ticket.ts";
import { aSeat } from "../builders/a-ready-check-run.ts";

const ANN = aTicket();
const ASKED = { playerId: "ann", matchId: "m1", round: 1 };

function proposalOf(matchId: string): Proposal {
  const seats = [aSeat(ANN.ticketId)];
  return { matchId, mode: "2v2", pass: "exact", round: 1, seats, proposedAtMs: 0, repairUntilMs: null };
}

function proposed(matchId: string): Change {
  const prompts = [{ playerId: "ann", round: 1, deadlineMs: 12_000, coolDownS: 30 }];
  return { type: "proposal_changed", proposal: proposalOf(matchId), event: "proposed", prompts, playerIds: [] };
}

const ADDED: Change = { type: "ticket_added", ticket: ANN };
const DECLINED: Change = { type: "ticket_ended", ticket: ANN, ending: "declined", matchId: "m1" };
const MATCHED: Change = { type: "ticket_ended", ticket: ANN, ending: "matched" };
const PUNISHED: Change = {
  type: "cool_down_started",
  coolDown: { playerId: "ann", offences: 1, untilMs: 30_000, forgivenAtMs: 86_400_000 },
};
const CONFIRMED: Change = {
  type: "proposal_ended",
  proposal: proposalOf("m1"),
  outcome: "confirmed",
  playerIds: [],
};

function watched(...changes: Change[]): ReadyCheckWatch {
  const watch = new ReadyCheckWatch();
  watch.take(changes);
  return watch;
}

it("misses the ack before a penalty, also if there was one of an earlier question", () => {
  const unseen = watched(ADDED, proposed("m1"));
  unseen.sawAck({ ...ASKED, matchId: "m0" });
  unseen.take([DECLINED, PUNISHED]);
  expect(unseen.violations(aQueue()).penaltiesWithoutAck).toEqual({ count: 1, of: 1 });
  const seen = watched(ADDED, proposed("m1"));
  seen.sawAck(ASKED);
  seen.take([DECLINED, PUNISHED]);
  expect(seen.violations(aQueue()).penaltiesWithoutAck).toEqual({ count: 0, of: 1 });
});

it("takes no penalty that belongs to no ready check", () => {
  const watch = watched(ADDED, proposed("m1"));
  watch.sawAck(ASKED);
  watch.take([PUNISHED]);
  expect(watch.violations(aQueue()).penaltiesWithoutAck).toEqual({ count: 1, of: 1 });
});

it("notices a ticket in two proposals, and one that is over", () => {
  expect(watched(ADDED, proposed("m1"), proposed("m2")).violations(aQueue()).doubleBookings.count).toBe(1);
  expect(watched(ADDED, DECLINED, proposed("m1")).violations(aQueue()).doubleBookings.count).toBe(1);
  expect(watched(ADDED, proposed("m1"), proposed("m1")).violations(aQueue()).doubleBookings.count).toBe(0);
});

it("notices a ticket that ended twice or is gone", () => {
  expect(watched(ADDED, MATCHED, MATCHED).violations(aQueue()).lostTickets).toEqual({ count: 1, of: 1 });
  expect(watched(ADDED).violations(aQueue()).lostTickets).toEqual({ count: 1, of: 1 });
  const queue = aQueue({ state: { tickets: [ANN] } });
  expect(watched(ADDED).violations(queue).lostTickets).toEqual({ count: 0, of: 1 });
  expect(watched({ ...ADDED, ticket: { ...ANN, ticketId: "another" } }).violations(queue).lostTickets.count).toBe(1);
});

it("notices a player in a match whom nobody heard accept", () => {
  const pair = aTicket({ players: [aPlayer("ann"), aPlayer("bob")] });
  const watch = watched({ type: "ticket_added", ticket: pair }, proposed("m1"));
  watch.sawAccept(ASKED);
  watch.take([CONFIRMED, { ...MATCHED, ticket: pair }]);
  expect(watch.violations(aQueue()).unaskedPlayers).toEqual({ count: 1, of: 2 });
});
