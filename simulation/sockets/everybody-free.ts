import { setTimeout as sleep } from "node:timers/promises";
import type { GameServer } from "../game-server.ts";
import type { Player, Service } from "../service.ts";

const LOOKS = 4;

/**
 * Waits until nobody is in line or in a match any more. Whoever is gone may be matched before the service knows it; such
 * a match is played without them.
 *
 * To ask about somebody is a sign of life, which keeps their place in line: they are asked about seldom.
 *
 * @param apartMs between two looks; longer than the service keeps the place of somebody who is gone
 * @returns who is stuck when the time is over, a sentence each
 */
export async function awaitEverybodyFree(
  service: Pick<Service, "whereabouts">,
  gameServer: Pick<GameServer, "join">,
  players: readonly Player[],
  apartMs: number,
  signal: AbortSignal,
): Promise<string[]> {
  let busy = players;
  for (let look = 1; ; look += 1) {
    const faults = await Promise.all(busy.map((player) => findBusy(service, gameServer, player)));
    busy = busy.filter((_, index) => faults[index] !== null);
    if (busy.length === 0 || look === LOOKS) return faults.filter((fault) => fault !== null);
    await sleep(apartMs, undefined, { signal });
  }
}

/** @returns null: the player is free */
async function findBusy(
  service: Pick<Service, "whereabouts">,
  gameServer: Pick<GameServer, "join">,
  player: Player,
): Promise<string | null> {
  const { isEnqueued, matchId } = await service.whereabouts(player.playerId);
  if (matchId !== null) await gameServer.join(matchId, player);
  if (isEnqueued) return `player ${player.playerId} is still in line when all is over`;
  return matchId === null ? null : `player ${player.playerId} is still in match ${matchId} when all is over`;
}
