import { expect, test } from "vitest";
import { queueStatusBody } from "../../../src/http/queue-status.ts";
import { aMatch } from "../builders/a-match.ts";
import { aPlayer } from "../builders/a-player.ts";
import { aTicket } from "../builders/a-ticket.ts";

test("a free player has nothing but nulls", () => {
  const { player_id, enqueued, ...rest } = queueStatusBody("ada", "EUW", { type: "free" }, 0);
  expect({ player_id, enqueued }).toEqual({ player_id: "ada", enqueued: false });
  expect(new Set(Object.values(rest))).toEqual(new Set([null]));
});

test("a queued player sees the place in line and the seconds waited, never below zero", () => {
  const ticket = { ...aTicket(), enqueuedAtMs: 10_000 };
  const state = { type: "queued", ticket } as const;
  expect(queueStatusBody("ada", "EUW", state, 14_200)).toMatchObject({
    enqueued: true,
    state: "queued",
    region: "EUW",
    ticket_id: ticket.ticketId,
    enqueued_at: "1970-01-01T00:00:10.000Z",
    waited_s: 4.2,
  });
  expect(queueStatusBody("ada", "EUW", state, 9_000).waited_s).toBe(0);
});

test("a queued player sees how long the search may take, and why", () => {
  const explanation = {
    tolerance: 3.1449,
    toleranceIn: { "10": 3.6, "30": 5.9, "60": 11.2 },
    compatible: 14,
    nearEnough: 2,
    needed: 3,
    heldBackBy: { rule: "map", excludes: 9 },
    relaxesAtMs: 60_000,
  };
  const estimatedWait = { lowS: 4.0049, highS: 17 };
  const standing = { type: "queued", ticket: aTicket(), estimatedWait, explanation } as const;
  expect(queueStatusBody("ada", "EUW", standing, 0)).toMatchObject({
    estimated_wait_s: { low: 4, high: 17 },
    explain: {
      tolerance: 3.14,
      tolerance_in: { "10": 3.6, "30": 5.9, "60": 11.2 },
      compatible: 14,
      near_enough: 2,
      needed: 3,
      held_back_by: { rule: "map", excludes: 9 },
      relaxes_at: "1970-01-01T00:01:00.000Z",
    },
  });
});

test("a search without an end in sight, a rule in the way or anything left to relax says null", () => {
  const explanation = {
    tolerance: 3,
    toleranceIn: { "10": 3, "30": 3, "60": 3 },
    compatible: 0,
    nearEnough: 0,
    needed: 3,
    heldBackBy: null,
    relaxesAtMs: null,
  };
  const estimatedWait = { lowS: 90, highS: null };
  const standing = { type: "queued", ticket: aTicket(), estimatedWait, explanation } as const;
  expect(queueStatusBody("ada", "EUW", standing, 0)).toMatchObject({
    estimated_wait_s: { low: 90, high: null },
    explain: { held_back_by: null, relaxes_at: null },
  });
});

test("a region of the release before says neither", () => {
  const standing = { type: "queued", ticket: aTicket() } as const;
  expect(queueStatusBody("ada", "EUW", standing, 0)).toMatchObject({ estimated_wait_s: null, explain: null });
});

test("players on one ticket see each other, and their party if they made one", () => {
  const players = [aPlayer("ada"), aPlayer("bob")];
  const together = queueStatusBody("bob", "EUW", { type: "queued", ticket: aTicket({ players }) }, 0);
  expect(together.party).toEqual({ code: null, leader_id: null, players: ["ada", "bob"] });
  const party = { code: "EUW-AAAAAAAAAA", leaderId: "ada" };
  const theirs = queueStatusBody("bob", "EUW", { type: "queued", ticket: aTicket({ players, party }) }, 0);
  expect(theirs.party).toEqual({ code: "EUW-AAAAAAAAAA", leader_id: "ada", players: ["ada", "bob"] });
});

test("a player who waits alone sees no party, though they may lead one", () => {
  const ticket = aTicket({ party: { code: "EUW-AAAAAAAAAA", leaderId: "ann" } });
  expect(queueStatusBody("ann", "EUW", { type: "queued", ticket }, 0).party).toBeNull();
});

test("a player in a match sees how to get to its server, once there is one", () => {
  const matched = { type: "matched", match: aMatch() } as const;
  expect(queueStatusBody("ada", "EUW", { ...matched, connection: '{"port":1}' }, 0).connection).toEqual({ port: 1 });
  expect(queueStatusBody("ada", "EUW", { ...matched, connection: null }, 0).connection).toBeNull();
  expect(queueStatusBody("ada", "EUW", matched, 0).connection).toBeNull();
});

test("a player in a match sees which", () => {
  const match = aMatch();
  expect(queueStatusBody("ada", "EUW", { type: "matched", match }, 0)).toMatchObject({
    enqueued: false,
    state: "matched",
    region: null,
    match_id: match.matchId,
  });
});
