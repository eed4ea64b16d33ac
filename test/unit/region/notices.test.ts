import { describe, expect, it } from "vitest";
import type { Change } from "../../../src/core/changes.ts";
import { NOTHING_LEARNED } from "../../../src/core/learned.ts";
import type { Notice } from "../../../src/region/notices.ts";
import { noticesOf } from "../../../src/region/notices.ts";
import { ServerMessageSchema } from "../../../src/region/protocol.ts";
import { aMatch, aSeat, aTeam } from "../builders/a-match.ts";
import { aParty } from "../builders/a-party.ts";
import { aPlayer } from "../builders/a-player.ts";
import { aQueue } from "../builders/a-queue.ts";
import { aTicket } from "../builders/a-ticket.ts";
import { aBackfill } from "../builders/an-opening.ts";

/** What everybody is told, each message checked against the protocol. */
function told(...changes: readonly Change[]): [playerId: string, message: object][] {
  return noticesOf(changes, "EUW", 0).flatMap((notice) =>
    notice.playerIds.map((playerId): [string, object] => [playerId, checked(notice, playerId)]),
  );
}

function checked({ messageFor }: Notice, playerId: string): object {
  const message = messageFor(playerId);
  expect(ServerMessageSchema.parse({ ...message, seq: 1 })).toEqual({ ...message, seq: 1 });
  return message;
}

const ALL_FOUR = ["ann", "bob", "cay", "dan"];

describe("a ticket", () => {
  const ticket = aTicket({
    players: [aPlayer("ann"), aPlayer("bob")],
    party: { code: "EUW-AAAAAAAAAA", leaderId: "ann" },
  });

  it("that comes into line is told to everybody on it", () => {
    const party = { code: "EUW-AAAAAAAAAA", leader_id: "ann", players: ["ann", "bob"] };
    const joined = {
      type: "queue.joined",
      ticket_id: "ticket-of-ann",
      mode: "2v2",
      enqueued_at: "1970-01-01T00:00:00.000Z",
      party,
    };
    expect(told({ type: "ticket_added", ticket })).toEqual([
      ["ann", joined],
      ["bob", joined],
    ]);
  });

  it.each([
    ["cancelled by a player", { ending: "cancelled", by: "bob" }, { reason: "cancelled", by: "bob" }],
    ["cancelled by the system", { ending: "cancelled", by: null }, { reason: "cancelled", by: null }],
    ["whose mode is gone", { ending: "mode_removed" }, { reason: "mode_removed", by: null }],
    ["that new rules do not take", { ending: "rules_changed" }, { reason: "rules_changed", by: null }],
  ] as const)("%s is told with the reason to everybody on it", (_, ended, reason) => {
    const left = {
      type: "queue.left",
      ticket_id: "ticket-of-ann",
      mode: "2v2",
      ...reason,
      match_id: null,
      cool_down: null,
    };
    expect(told({ type: "ticket_ended", ticket, ...ended })).toEqual([
      ["ann", left],
      ["bob", left],
    ]);
  });

  it("that was matched is told as its match only", () => {
    expect(told({ type: "ticket_ended", ticket, ending: "matched" })).toEqual([]);
  });
});

describe("a match", () => {
  it("is told to those whom it answers for when it is found and when it is given up, and not in between", () => {
    const match = aMatch({ teams: [aTeam("teamA", "ann", "bob"), aTeam("teamB", "cay", aSeat("dan"))] });
    const playerIds = ["ann", "bob", "cay"];
    const changes: Change[] = [
      { type: "match_changed", match, event: "formed", pass: "exact", playerIds },
      { type: "match_changed", match, event: "released", playerIds },
      { type: "match_changed", match: { ...match, status: "abandoned" }, event: "abandoned", playerIds },
      { type: "match_changed", match: { ...match, status: "reporting" }, event: "reported", playerIds },
      { type: "match_changed", match: { ...match, status: "rating_failed" }, event: "rating_failed", playerIds },
      { type: "match_changed", match: { ...match, status: "reporting" }, event: "redriven", playerIds },
      { type: "match_forgotten", matchId: match.matchId },
      { type: "learned_saved", learned: NOTHING_LEARNED },
    ];
    expect(told(...changes)).toMatchObject([
      ...playerIds.map((playerId) => [
        playerId,
        { type: "match.found", match: { match_id: "match-1", region: "EUW" } },
      ]),
      ...playerIds.map((playerId) => [playerId, { type: "match.abandoned", match: { status: "abandoned" } }]),
    ]);
  });

  it("that gets players while it is running is found by those who come, and by nobody else", () => {
    const match = aMatch({
      teams: [
        aTeam("teamA", aSeat("ann", { released: true, left: true }), "bob", aSeat("eve", { filledIn: true })),
        aTeam("teamB", "cay", "dan"),
      ],
    });
    const playerIds = ["bob", "eve", "cay", "dan"];
    expect(
      told(
        { type: "match_changed", match, event: "opened", playerIds },
        { type: "match_changed", match, event: "filled", joinedIds: ["eve"], playerIds },
        { type: "backfill_ended", backfill: aBackfill(), ending: "filled" },
      ),
    ).toMatchObject([
      [
        "eve",
        {
          type: "match.found",
          match: {
            players: {
              teamA: [{ player_id: "ann", left: true }, { player_id: "bob" }, { player_id: "eve", filled_in: true }],
            },
          },
        },
      ],
    ]);
  });

  it("on a game server says to those who come into it also how to get there", () => {
    const match = aMatch({
      teams: [aTeam("teamA", "bob", aSeat("eve", { filledIn: true })), aTeam("teamB", "cay", "dan")],
      assignment: { type: "assigned", connection: '{"port":7777}' },
    });
    const playerIds = ["bob", "eve", "cay", "dan"];
    expect(told({ type: "match_changed", match, event: "filled", joinedIds: ["eve"], playerIds })).toMatchObject([
      ["eve", { type: "match.found", match: { match_id: "match-1" } }],
      ["eve", { type: "match.assigned", match_id: "match-1", connection: { port: 7_777 } }],
    ]);
  });

  it("that has a game server tells its players how to get there, and nobody else", () => {
    const match = aMatch({ assignment: { type: "assigned", connection: '{"port":7777}' } });
    const assigned = { type: "match.assigned", match_id: "match-1", connection: { port: 7_777 } };
    const playerIds = ["ann", "bob", "cay"];
    expect(told({ type: "match_changed", match, event: "assigned", playerIds })).toEqual(
      playerIds.map((playerId) => [playerId, assigned]),
    );
  });

  it("that gets no game server tells each player whether they wait again", () => {
    const change = { type: "match_changed", match: aMatch({ status: "cancelled" }), event: "cancelled" } as const;
    const cancelled = { type: "match.cancelled", match_id: "match-1", mode: "2v2", reason: "no_server" };
    expect(told({ ...change, playerIds: ["ann", "bob"], backInLine: ["bob"] })).toEqual([
      ["ann", { ...cancelled, back_in_line: false }],
      ["bob", { ...cancelled, back_in_line: true }],
    ]);
  });

  it("that is rated tells everybody the result and each their own new rating", () => {
    const placements = { teamA: 1, teamB: 2 };
    const match = aMatch({ status: "finished", changedAtMs: 9_000, result: { placements, reportedAtMs: 8_000 } });
    const ratings = ALL_FOUR.map((playerId, index) => ({ playerId, mu: 26 + index, sigma: 8, seq: 1 }));
    const messages = told({ type: "match_finished", match, ratings, playerIds: ALL_FOUR });
    expect(messages).toMatchObject(
      ALL_FOUR.map((playerId, index) => [
        playerId,
        {
          type: "match.finished",
          match: {
            status: "finished",
            placements,
            winner_team: "teamA",
            finished_at: "1970-01-01T00:00:09.000Z",
            players: { teamA: [{ mu: 25, after: { mu: 26, sigma: 8 } }, { after: { mu: 27 } }] },
          },
          rating: { mu: 26 + index, sigma: 8, conservative_rating: 2 + index },
        },
      ]),
    );
  });
});

describe("a party", () => {
  it("that changed or ended is told to those whom it concerns, also to whoever just left", () => {
    const party = aParty({ members: [{ playerId: "ann" }] });
    const playerIds = ["ann", "bob"];
    expect(
      told(
        { type: "party_changed", party, event: "left", playerIds },
        { type: "party_ended", party, ending: "expired", playerIds: ["ann"] },
      ),
    ).toMatchObject([
      ["ann", { type: "party.changed", event: "left", party: { members: [{ player_id: "ann" }] } }],
      ["bob", { type: "party.changed", event: "left" }],
      ["ann", { type: "party.ended", code: party.code, reason: "expired" }],
    ]);
  });
});

it("a region that wakes without a mode tells those who waited in it", () => {
  const queue = aQueue({ state: { tickets: [aTicket({ mode: "gone" })] } });
  const left = {
    type: "queue.left",
    ticket_id: "ticket-of-ann",
    mode: "gone",
    reason: "mode_removed",
    by: null,
    match_id: null,
    cool_down: null,
  };
  expect(told(...queue.takeChanges())).toEqual([["ann", left]]);
});
