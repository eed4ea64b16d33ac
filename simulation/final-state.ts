import { setTimeout as sleep } from "node:timers/promises";
import type { Profile } from "./answers.ts";
import { checkRatings } from "./check-ratings.ts";
import type { GameServer } from "./game-server.ts";
import type { Player, Service } from "./service.ts";
import { awaitFinished } from "./settle.ts";
import { awaitEverybodyFree } from "./sockets/everybody-free.ts";
import type { SocketCrowd } from "./sockets/socket-crowd.ts";

/** Every reported result must be rated this long after the last game. */
const FINISHED_WITHIN_MS = 60_000;

export interface FinalState {
  readonly unrated: ReadonlyMap<string, string>;
  /** Matches whose result is rated. */
  readonly finished: ReadonlySet<string>;
  readonly profiles: readonly Profile[];
  readonly faults: readonly string[];
}

export interface FinalStateSettings {
  readonly service: Service;
  readonly gameServer: GameServer;
  readonly players: readonly Player[];
  readonly mode: string;
  /** Null: the players have no sockets. */
  readonly crowd: SocketCrowd | null;
  readonly signal: AbortSignal;
}

/** What the service says when all is over. Waits until it has done what it still has to do. */
export async function readFinalState(settings: FinalStateSettings): Promise<FinalState> {
  const { service, gameServer, players, mode, crowd, signal } = settings;
  if (crowd !== null) await sleep(crowd.departuresRemainMs, undefined, { signal });
  const stuck =
    crowd === null ? [] : await awaitEverybodyFree(service, gameServer, players, crowd.leavesWithinMs, signal);
  const { matches, reportedMatchIds } = gameServer;
  const unrated = await awaitFinished(service, reportedMatchIds, FINISHED_WITHIN_MS, signal);
  const rated = matches.filter((match) => reportedMatchIds.has(match.match_id) && !unrated.has(match.match_id));
  const finished = new Set(rated.map((match) => match.match_id));
  await crowd?.awaitHeard(finished, signal);
  const profiles = await Promise.all(players.map((player) => service.profile(player.playerId)));
  return { unrated, finished, profiles, faults: [...stuck, ...checkRatings(rated, profiles, mode)] };
}
