import { describe, expect, it } from "vitest";
import type { Queue } from "../../../src/core/queue.ts";
import type { LastMatch } from "../../../src/db/last-matches.ts";
import { recordOf } from "../../../src/db/match-row.ts";
import type { StateMessage } from "../../../src/region/protocol.ts";
import { ServerMessageSchema } from "../../../src/region/protocol.ts";
import { stateMessage } from "../../../src/region/socket-state.ts";
import { aMatch } from "../builders/a-match.ts";
import { aMatchWithoutServer, NO_SERVER_AT_MS } from "../builders/a-match-without-server.ts";
import { aPartyIn } from "../builders/a-party.ts";
import { aQueue, aQueueWithMatch, aQueueWithMatchIn, enqueueAll } from "../builders/a-queue.ts";
import { anEnqueueRequest } from "../builders/an-enqueue-request.ts";

/** Checked against the protocol. */
function stateOf(queue: Queue, playerId: string, nowMs: number, rated: LastMatch | null = null): StateMessage {
  const state = stateMessage(queue, playerId, "EUW", rated, nowMs);
  expect(ServerMessageSchema.parse({ ...state, seq: 1 })).toEqual({ ...state, seq: 1 });
  return state;
}

function aRatedMatch(matchId: string): LastMatch {
  const match = { ...recordOf(aMatch({ matchId, status: "finished" }), "EUW"), finishedAtMs: 1_000 };
  return { playerId: "ann", match, rating: { mu: 30, sigma: 7 } };
}

const NOTHING = {
  queued: null,
  proposed: null,
  cool_down: null,
  matched: null,
  connection: null,
  last_match: null,
  party: null,
};

describe("the state of a player", () => {
  it("whom nothing concerns is empty", () => {
    expect(stateOf(aQueue(), "ann", 0)).toEqual({ type: "state", player_id: "ann", region: "EUW", ...NOTHING });
  });

  it("who waits is their place in line, how long it may take and why", () => {
    const queue = aQueue();
    enqueueAll(queue, ["ann", "bob"], 0);
    expect(stateOf(queue, "ann", 2_500)).toMatchObject({
      ...NOTHING,
      queued: {
        mode: "2v2",
        enqueued_at: "1970-01-01T00:00:00.000Z",
        waited_s: 2.5,
        party: null,
        estimated_wait_s: null,
        explain: { compatible: 1, needed: 3 },
      },
    });
  });

  it("who plays is the match", () => {
    const { queue, match } = aQueueWithMatch();
    expect(stateOf(queue, "ann", 2_000)).toMatchObject({
      ...NOTHING,
      matched: { match_id: match.matchId, status: "pending" },
    });
  });

  it.each(["reporting", "abandoned", "rating_failed"] as const)(
    "whose match is %s shows it as the last one, without a rating, for an hour",
    (status) => {
      const { queue, match } = aQueueWithMatchIn(status);
      const last_match = { match: { match_id: match.matchId, status }, rating: null };
      expect(stateOf(queue, "ann", match.changedAtMs + 3_599_999)).toMatchObject({ ...NOTHING, last_match });
      expect(stateOf(queue, "ann", match.changedAtMs + 3_600_000)).toMatchObject(NOTHING);
      expect(stateOf(queue, "eve", match.changedAtMs)).toMatchObject(NOTHING);
    },
  );

  it("who plays shows how to get to the game server, once there is one", () => {
    const { queue, match } = aMatchWithoutServer();
    expect(stateOf(queue, "ann", 2_000).connection).toBeNull();
    queue.assignments.assign(match.matchId, '{"port":7777}', 2_000);
    const state = stateOf(queue, "ann", 2_000);
    expect(state).toMatchObject({ connection: { port: 7_777 }, matched: { match_id: match.matchId } });
    expect(JSON.stringify(state.matched)).not.toContain("7777");
    expect(stateOf(queue, "eve", 2_000).connection).toBeNull();
  });

  it("whose match got no game server shows it as the last one, and the place in line", () => {
    const { queue, match } = aMatchWithoutServer();
    queue.tick(NO_SERVER_AT_MS);
    expect(stateOf(queue, "ann", NO_SERVER_AT_MS)).toMatchObject({
      ...NOTHING,
      queued: { mode: "2v2", enqueued_at: "1970-01-01T00:00:00.000Z" },
      last_match: { match: { match_id: match.matchId, status: "cancelled" }, rating: null },
    });
  });

  it("shows the newer of a rated match and one that is not rated yet", () => {
    const { queue, match } = aQueueWithMatchIn("reporting");
    const lastOf = (rated: LastMatch) => stateOf(queue, "ann", 3_000, rated).last_match?.match.match_id;
    expect(lastOf(aRatedMatch("id-00000-EUW"))).toBe(match.matchId);
    expect(lastOf(aRatedMatch("id-99999-EUW"))).toBe("id-99999-EUW");
    expect(stateOf(aQueue(), "ann", 3_000, aRatedMatch("one")).last_match?.rating).toEqual({
      mu: 30,
      sigma: 7,
      conservative_rating: 9,
    });
  });

  it("no more shows a match from which the system took the player", () => {
    const { queue, match } = aQueueWithMatch();
    queue.enqueue(anEnqueueRequest("ann", { isSystem: true, release: true }), 2_000);
    queue.report(match.matchId, { winnerTeam: "teamA" }, 3_000);
    expect(stateOf(queue, "ann", 3_000)).toMatchObject({ ...NOTHING, queued: { mode: "2v2" } });
    expect(stateOf(queue, "bob", 3_000).last_match?.match.match_id).toBe(match.matchId);
  });

  it("who is in a party shows it", () => {
    const queue = aQueue();
    const { code } = aPartyIn(queue, 0, "ann", "bob");
    expect(stateOf(queue, "bob", 0)).toMatchObject({ ...NOTHING, party: { code, leader_id: "ann" } });
  });
});
