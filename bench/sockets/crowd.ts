import { setTimeout as sleep } from "node:timers/promises";
import type { Call } from "../load.ts";
import { sendAll } from "../load.ts";
import type { Identity } from "./listening-player.ts";
import { ListeningPlayer } from "./listening-player.ts";

const CALLS_AT_ONCE = 32;
const CONNECTS_AT_ONCE = 64;
const PATIENCE_MS = 30_000;
/** From back at once to away while a match or two are made. */
const AWAY_MS = [0, 50, 100, 200, 400, 800, 1_600];
const KEY = { "x-api-key": "dev" };

/** Thousands of players in one region, each with a socket. */
export class Crowd {
  readonly #url: URL;
  readonly #region: string;
  /** Everybody who was ever there. */
  readonly everybody: ListeningPlayer[] = [];
  #present: ListeningPlayer[] = [];
  #registered = 0;

  constructor(url: URL, region: string) {
    this.#url = url;
    this.#region = region;
  }

  /** Who hold a socket now. */
  get present(): readonly ListeningPlayer[] {
    return this.#present;
  }

  /** New players register and open their sockets; resolves when each has been told where they stand. */
  async grow(count: number): Promise<void> {
    const calls = Array.from({ length: count }, (): Call => {
      this.#registered += 1;
      const body = { username: `player ${this.#registered}`, region: this.#region };
      return { method: "POST", path: "/players/register", body };
    });
    const { bodies } = await sendAll(this.#url, calls, CALLS_AT_ONCE);
    const players = (bodies as Identity[]).map(
      (identity, index) => new ListeningPlayer(this.#url.origin, identity, AWAY_MS[index % AWAY_MS.length] ?? 0),
    );
    for (let first = 0; first < count; first += CONNECTS_AT_ONCE) {
      const some = players.slice(first, first + CONNECTS_AT_ONCE);
      for (const player of some) player.connect();
      const areIn = await waitUntil(() => some.every(({ states }) => states > 0));
      if (!areIn) throw new Error("not everybody could connect");
    }
    this.#present.push(...players);
    this.everybody.push(...players);
  }

  /** By the region's own word: the match that holds each of these players. */
  async matchIdsOf(players: readonly ListeningPlayer[]): Promise<(string | null)[]> {
    const calls = players.map(
      ({ playerId }): Call => ({ method: "GET", path: `/matchmaking/queue/${playerId}`, headers: KEY }),
    );
    const { bodies } = await sendAll(this.#url, calls, CALLS_AT_ONCE);
    return (bodies as { match_id: string | null }[]).map(({ match_id }) => match_id);
  }

  /** These close their sockets, for good. */
  leave(players: readonly ListeningPlayer[]): void {
    for (const player of players) player.leave();
    this.#present = this.#present.filter((player) => !players.includes(player));
  }
}

/** Waits until it is so, but not for ever. @returns whether it is */
export async function waitUntil(isSo: () => boolean): Promise<boolean> {
  const deadlineMs = Date.now() + PATIENCE_MS;
  while (!isSo() && Date.now() < deadlineMs) await sleep(50);
  return isSo();
}
