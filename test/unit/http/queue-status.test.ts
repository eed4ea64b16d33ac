import { expect, test } from "vitest";
import { queueStatusBody } from "../../../src/http/queue-status.ts";
import { aMatch } from "../builders/a-match.ts";
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

test("a player in a match sees which", () => {
  const match = aMatch();
  expect(queueStatusBody("ada", "EUW", { type: "matched", match }, 0)).toMatchObject({
    enqueued: false,
    state: "matched",
    region: null,
    match_id: match.matchId,
  });
});
