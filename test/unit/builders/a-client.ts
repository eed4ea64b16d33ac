import type { ClientOptions } from "../../../client/client-options.ts";
import { MatchmakingClient } from "../../../client/matchmaking-client.ts";
import type { MatchmakingError } from "../../../client/matchmaking-error.ts";
import type { PlayerState } from "../../../client/messages.ts";
import type { Match } from "../../../client/wire-types.ts";
import { aService } from "./a-fake-service.ts";
import type { FakeSocket } from "./a-fake-socket.ts";
import { fakeSockets } from "./a-fake-socket.ts";
import { HandClock, settled } from "./a-hand-clock.ts";

/** A client between a clock, sockets and a service that the test drives. Its backoff has no jitter unless asked for. */
export function aClient(options: Partial<ClientOptions> = {}) {
  const clock = new HandClock();
  const { WebSocket, sockets } = fakeSockets();
  const lines: string[] = [];
  const client = new MatchmakingClient(
    {
      url: "https://muster.example",
      token: "token-1",
      WebSocket,
      fetch: aService(new TypeError("offline")).fetch,
      log: (line) => lines.push(line),
      ...options,
      backoff: { jitter: "none", ...options.backoff },
    },
    clock,
  );
  const last = (): FakeSocket => {
    const socket = sockets.at(-1);
    if (socket === undefined) throw new Error("no socket was opened");
    return socket;
  };
  /** Connects, and lets the region say its first word. */
  const connected = async (state: PlayerState = aState({ seq: 1 })): Promise<FakeSocket> => {
    const connecting = client.connect();
    await settled();
    last().say(state);
    await connecting;
    return last();
  };
  return { client, clock, sockets, last, connected, lines };
}

/** A player who is nowhere. */
export function aState(changes: Partial<PlayerState> = {}): PlayerState {
  return {
    type: "state",
    seq: 1,
    player_id: "ann",
    region: "EUW",
    queued: null,
    proposed: null,
    cool_down: null,
    matched: null,
    connection: null,
    last_match: null,
    party: null,
    ...changes,
  };
}

export function aMatchBody(matchId = "01A-EUW"): Match {
  return {
    match_id: matchId,
    region: "EUW",
    mode: "1v1",
    status: "pending",
    quality: 0.5,
    players: { teamA: [{ player_id: "ann", mu: 25, sigma: 8 }], teamB: [{ player_id: "bob", mu: 25, sigma: 8 }] },
    placements: null,
    winner_team: null,
    created_at: "2026-11-02T12:00:00.000Z",
    reported_at: null,
    finished_at: null,
  };
}

/** What a promise was rejected with. */
export async function refusalOf(promise: Promise<unknown>): Promise<MatchmakingError> {
  return await promise.then(
    () => {
      throw new Error("was not refused");
    },
    (error: MatchmakingError) => error,
  );
}
