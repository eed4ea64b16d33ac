import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../../simulation/random.ts";
import { overHttp } from "../crash/channel.ts";
import { GameServer } from "../crash/game-server.ts";
import { Gate } from "../crash/gate.ts";
import { live } from "../crash/player-life.ts";
import { Service } from "../crash/service.ts";
import { SocketChannel } from "../crash/socket-channel.ts";
import { timed } from "./timed-channel.ts";
import type { TimedHistory } from "./timed-history.ts";

export const REGIONS = ["EUW", "KR", "NA"] as const;
/** Every second player has a socket, in every region. So matches are heard of at once, at little cost. */
const SOCKET_EVERY = 2;
/** The others ask so often: what the crowd costs the machine must not decide how fast matches are made. */
const LOOK_EVERY_MS = 1_000;
const PAUSE_MS = 50;

export interface SteadyCrowdSettings {
  readonly url: string;
  readonly players: number;
  /** How long each rests after a game: most of what a round takes, so that the rate of matches is steady. */
  readonly restMs: number;
  readonly history: TimedHistory;
  readonly random: Random;
}

/** The same players all the time, in several regions, over HTTP and sockets: each queues, plays, rests, and again. */
export class SteadyCrowd {
  readonly #settings: SteadyCrowdSettings;
  readonly #gate = new Gate();
  readonly #service: Service;
  readonly #gameServer: GameServer;
  readonly #leaving = new AbortController();
  /** Rejects if a player's side breaks, which no answer of the service may bring about. */
  readonly gone: Promise<unknown>;

  constructor(settings: SteadyCrowdSettings) {
    const { url, history, random, players } = settings;
    this.#settings = settings;
    this.#service = new Service(url, this.#gate, history);
    this.#gameServer = new GameServer(this.#service, history, random);
    this.#gate.open();
    this.gone = Promise.all(Array.from({ length: players }, (_, index) => this.#play(index)));
  }

  /** Resolves when everybody is known to their region. */
  async warm(): Promise<void> {
    const { history, players } = this.#settings;
    while (history.steps.size < players || !isPlaying(history)) await sleep(PAUSE_MS);
  }

  /** Everybody plays what has begun, and queues no more. See `gone`. */
  leave(): void {
    this.#leaving.abort();
  }

  async #play(place: number): Promise<void> {
    const { history, random, url, restMs } = this.#settings;
    const region = REGIONS[place % REGIONS.length] ?? "EUW";
    const username = `player ${place}`;
    const player = await this.#service.register(username, region);
    history.registrations.push({ username, playerId: player.playerId });
    const channel =
      place % SOCKET_EVERY === 0
        ? new SocketChannel({ url, gate: this.#gate, history, service: this.#service }, player)
        : overHttp(this.#service, player, LOOK_EVERY_MS);
    await sleep(random.between(0, restMs));
    await live({
      player,
      mode: "2v2",
      games: Number.POSITIVE_INFINITY,
      channel: timed(channel, player.playerId, history),
      gameServer: this.#gameServer,
      history,
      random,
      leaving: this.#leaving.signal,
      habits: { restMs: [restMs, restMs], leavingShare: 0 },
    });
  }
}

/** Whether everybody has queued. */
function isPlaying({ steps }: TimedHistory): boolean {
  return [...steps.values()].every((done) => done.some(({ did }) => did === "enqueue"));
}
