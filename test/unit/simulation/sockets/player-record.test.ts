import { expect, it } from "vitest";
import type { PlayerRecord } from "../../../../simulation/sockets/player-record.ts";
import { ASKING, aPlayerRecord } from "../builders/a-player-record.ts";
import {
  aCoolDown,
  aState,
  aTicketState,
  aToldMatch,
  at,
  finished,
  found,
  joined,
  left,
  proposed,
} from "../builders/a-server-message.ts";

const PROMPT = { match_id: "m1", round: 1 };

/** In line since one second past noon. */
function waiting(record: PlayerRecord): PlayerRecord {
  record.enqueues();
  record.hears(joined(at(1)));
  return record;
}

/** Asked two seconds past noon. */
function asked(record: PlayerRecord): PlayerRecord {
  waiting(record);
  record.hears(proposed(at(2)));
  return record;
}

it("has nothing against a game from the wish to queue to the new rating", () => {
  const record = waiting(aPlayerRecord());
  record.hears({ type: "enqueue.receipt", seq: at(1.1), ref: "c1", ticket_id: "t1", mode: "2v2", enqueued_at: "" });
  record.hears(found(at(3)));
  expect(record.place).toEqual({ type: "matched", matchId: "m1" });
  record.hears(finished(at(9)));
  expect(record.place).toEqual({ type: "free" });
  expect(record.faults).toEqual([]);
});

it("has nothing against a game that was asked about, accepted and found", () => {
  const record = asked(aPlayerRecord(ASKING));
  record.acks(PROMPT, true);
  record.answers.note(PROMPT, { hasAccepted: true });
  record.hears({ type: "accept.receipt", seq: at(3), ref: "c2", ...PROMPT });
  record.hears({ type: "match.repairing", seq: at(4), match_id: "m1", mode: "2v2", until: "" });
  record.hears(found(at(5)));
  expect(record.faults).toEqual([]);
});

it("wants no number twice, not even on two sockets", () => {
  const record = aPlayerRecord();
  record.opens();
  record.hears(aState(at(0)));
  expect(record.faults).toEqual([`player ada is told number ${at(0)} after ${at(0)}`]);
});

it("wants state first on a socket, and once", () => {
  const record = aPlayerRecord();
  record.hears(aState(at(1)));
  record.opens();
  record.enqueues();
  record.hears(joined(at(2)));
  expect(record.faults).toEqual([
    "player ada is told state later on a socket",
    "player ada is told queue.joined first on a socket",
  ]);
});

it("wants nobody in line unasked, or before their cool-down is over", () => {
  const record = aPlayerRecord();
  record.hears(joined(at(1)));
  expect(record.faults).toHaveLength(1);

  const guilty = asked(aPlayerRecord(ASKING));
  guilty.acks(PROMPT, true);
  guilty.answers.note(PROMPT, { hasDeclined: true });
  guilty.hears(left(at(3), { reason: "declined", match_id: "m1", cool_down: aCoolDown(at(3)) }));
  expect(guilty.faults).toEqual([]);
  guilty.enqueues();
  guilty.hears(joined(at(32.9), "t2"));
  expect(guilty.faults).toHaveLength(1);
});

it.each([
  ["without having queued", (record: PlayerRecord) => record.hears(found(at(1)))],
  [
    "with four others",
    (record: PlayerRecord) => {
      const players = { teamA: [{ player_id: "eve", mu: 25, sigma: 8 }], teamB: [] };
      waiting(record).hears(found(at(2), aToldMatch("m1", { players })));
    },
  ],
  [
    "twice",
    (record: PlayerRecord) => {
      waiting(record).hears(found(at(2)));
      record.hears(found(at(3)));
    },
  ],
])("does not believe in a match %s", (_, happens) => {
  const record = aPlayerRecord();
  happens(record);
  expect(record.faults).toHaveLength(1);
});

it("does not believe in a match that its mode asks about and that was not accepted in this round", () => {
  const record = asked(aPlayerRecord(ASKING));
  record.answers.note({ match_id: "m1", round: 2 }, { hasAccepted: true });
  record.hears(found(at(3)));
  expect(record.faults).toHaveLength(1);
  const unasked = waiting(aPlayerRecord(ASKING));
  unasked.hears(found(at(3)));
  expect(unasked.faults).toHaveLength(1);
});

it("wants nothing told of a match that is over", () => {
  const record = waiting(aPlayerRecord());
  record.hears(found(at(2)));
  record.hears(finished(at(3)));
  record.hears(finished(at(4)));
  record.enqueues();
  record.hears(joined(at(5), "t2"));
  record.hears(found(at(6)));
  expect(record.faults).toHaveLength(2);
});

it("knows that a player who was told by the game server that their match is reported may queue again", () => {
  const record = waiting(aPlayerRecord());
  record.hears(found(at(2)));
  record.isFreed("m1");
  record.enqueues();
  record.hears(joined(at(3), "t2"));
  record.hears(finished(at(4)));
  expect(record.place).toEqual({ type: "queued", ticketId: "t2" });
  expect(record.faults).toEqual([]);
});

it("believes a cancel's receipt only if it says what happened", () => {
  const receipt = { type: "cancel.receipt", ref: "c1", match: null, cool_down: null } as const;
  const record = waiting(aPlayerRecord());
  record.cancels();
  record.hears(left(at(2)));
  record.hears({ ...receipt, seq: at(2.1), outcome: "dequeued", ticket_id: "t1" });
  record.hears({ ...receipt, seq: at(3), outcome: "not_queued", ticket_id: null });
  expect(record.faults).toEqual([]);
  record.hears({ ...receipt, seq: at(4), outcome: "matched", ticket_id: null, match: aToldMatch() });
  expect(record.faults).toHaveLength(1);

  const still = waiting(aPlayerRecord());
  still.hears({ ...receipt, seq: at(2), outcome: "not_queued", ticket_id: null });
  still.hears({ ...receipt, seq: at(3), outcome: "dequeued", ticket_id: "t1" });
  expect(still.faults).toHaveLength(2);
});

it("wants a reason for a ticket's end: a cancel, a decline, a prompt whose time is over", () => {
  const cancelled = waiting(aPlayerRecord());
  cancelled.hears(left(at(2)));
  const declined = asked(aPlayerRecord(ASKING));
  declined.hears(left(at(3), { reason: "declined", match_id: "m1" }));
  const early = asked(aPlayerRecord(ASKING));
  early.hears(left(at(13.9), { reason: "lapsed", match_id: "m1", by: null }));
  const inTime = asked(aPlayerRecord(ASKING));
  inTime.hears(left(at(14), { reason: "lapsed", match_id: "m1", by: null }));
  const expired = waiting(aPlayerRecord());
  expired.hears(left(at(99), { reason: "expired", by: null }));
  expect([cancelled, declined, early, inTime, expired].map(({ faults }) => faults.length)).toEqual([1, 1, 1, 0, 1]);
});

it("wants nobody to lapse who has a receipt for accepting", () => {
  const record = asked(aPlayerRecord(ASKING));
  record.answers.note(PROMPT, { hasAccepted: true });
  record.hears({ type: "accept.receipt", seq: at(3), ...PROMPT });
  record.hears(left(at(14), { reason: "lapsed", match_id: "m1", by: null }));
  expect(record.faults).toHaveLength(1);
});

it("lets a party's ticket end by what one of them did, at no cost to the others", () => {
  const ben = aPlayerRecord(ASKING);
  ben.answers.note(PROMPT, { hasDeclined: true });
  const ada = asked(aPlayerRecord(ASKING, [ben]));
  ada.acks(PROMPT, true);
  ada.hears(left(at(3), { reason: "declined", by: "ben", match_id: "m1" }));
  expect(ada.faults).toEqual([]);
  const unlucky = asked(aPlayerRecord(ASKING, [ben]));
  unlucky.acks(PROMPT, true);
  unlucky.hears(left(at(3), { reason: "declined", by: "ben", match_id: "m1", cool_down: aCoolDown(at(3)) }));
  expect(unlucky.faults).toEqual(["player ada is out of the queue for what somebody else did"]);
});

it("wants no penalty for a prompt that was never shown, and one for declining what was", () => {
  const ghost = asked(aPlayerRecord(ASKING));
  ghost.hears(left(at(14), { reason: "lapsed", match_id: "m1", by: null, cool_down: aCoolDown(at(14)) }));
  expect(ghost.faults).toEqual(["player ada is out of the queue for a prompt that was not shown"]);

  const spared = asked(aPlayerRecord(ASKING));
  spared.acks(PROMPT, true);
  spared.answers.note(PROMPT, { hasDeclined: true });
  spared.hears(left(at(3), { reason: "declined", match_id: "m1" }));
  expect(spared.faults).toEqual(["player ada declined and pays nothing"]);
});

it("does not hold a missing penalty against the service if the ack may have been lost", () => {
  const record = asked(aPlayerRecord(ASKING));
  record.acks(PROMPT, false);
  record.answers.note(PROMPT, { hasDeclined: true });
  record.hears(left(at(3), { reason: "declined", match_id: "m1" }));
  expect(record.faults).toEqual([]);
});

it("wants to be kept out for as long as the cool-down lasts, and for a reason", () => {
  const record = asked(aPlayerRecord(ASKING));
  record.acks(PROMPT, true);
  record.answers.note(PROMPT, { hasDeclined: true });
  record.hears(left(at(3), { reason: "declined", match_id: "m1", cool_down: aCoolDown(at(3)) }));
  record.isKeptOut(30);
  expect(record.faults).toEqual([]);
  record.isKeptOut(60);
  expect(record.faults).toHaveLength(1);
  const innocent = aPlayerRecord(ASKING);
  innocent.isKeptOut(1);
  expect(innocent.faults).toHaveLength(1);
});

it("is back in line with the old ticket when a ready check fails for want of others", () => {
  const record = asked(aPlayerRecord(ASKING));
  const cancelled = { type: "match.cancelled", match_id: "m1", mode: "2v2", reason: "not_accepted" } as const;
  record.hears({ ...cancelled, seq: at(3), back_in_line: true });
  expect(record.place).toEqual({ type: "queued", ticketId: "t1" });
  expect(record.faults).toEqual([]);
  record.hears({ ...cancelled, seq: at(4), back_in_line: true });
  expect(record.faults).toHaveLength(1);
});

it("takes a match that came while nobody heard from the state of the next socket", () => {
  const record = waiting(aPlayerRecord());
  record.opens();
  record.hears(aState(at(4), { matched: aToldMatch() }));
  expect(record.place).toEqual({ type: "matched", matchId: "m1" });
  record.hears(finished(at(5)));
  expect(record.faults).toEqual([]);
});

it("wants a reconnect to lose nothing: not the ticket, not the match, not the cool-down", () => {
  const record = waiting(aPlayerRecord());
  record.opens();
  record.hears(aState(at(4)));
  expect(record.faults).toEqual(["player ada connects and is free after having been in line with ticket t1"]);

  const other = waiting(aPlayerRecord());
  other.opens();
  other.hears(aState(at(4), { queued: aTicketState("t2") }));
  expect(other.faults).toHaveLength(1);

  const out = asked(aPlayerRecord(ASKING));
  out.acks(PROMPT, true);
  out.answers.note(PROMPT, { hasDeclined: true });
  out.hears(left(at(3), { reason: "declined", match_id: "m1", cool_down: aCoolDown(at(3)) }));
  out.opens();
  out.hears(aState(at(4)));
  expect(out.faults).toEqual(["player ada connects and is not told of their cool-down"]);
});
