import type { Random } from "../../simulation/random.ts";
import { overHttp } from "./channel.ts";
import { GameServer } from "./game-server.ts";
import type { Gate } from "./gate.ts";
import type { History } from "./history.ts";
import { live } from "./player-life.ts";
import { Service } from "./service.ts";
import { SocketChannel } from "./socket-channel.ts";

const REGIONS = ["EUW", "KR"] as const;
const MODES = ["2v2", "2v2", "1v1"] as const;
/** Every third player has a socket. */
const SOCKET_EVERY = 3;
/** Then somebody else registers and takes the place. */
const GAMES_OF_A_LIFE = 6;

export interface CrowdSettings {
  readonly url: string;
  readonly places: number;
  readonly gate: Gate;
  readonly history: History;
  readonly random: Random;
}

/** So many players at any time, in two regions and two modes, over HTTP and sockets. */
export class Crowd {
  readonly #settings: CrowdSettings;
  readonly #service: Service;
  readonly #gameServer: GameServer;
  readonly #leaving = new AbortController();
  /** Who has not left, by place. */
  readonly #here = new Map<number, string>();
  /** Rejects if a player's side breaks, which no answer of the service may bring about. */
  readonly gone: Promise<unknown>;

  constructor(settings: CrowdSettings) {
    const { url, gate, history, random, places } = settings;
    this.#settings = settings;
    this.#service = new Service(url, gate, history);
    this.#gameServer = new GameServer(this.#service, history, random);
    this.gone = Promise.all(Array.from({ length: places }, (_, index) => this.#fill(index)));
  }

  get service(): Service {
    return this.#service;
  }

  /** Everybody plays what has begun, and queues no more. See `gone`. */
  leave(): void {
    this.#leaving.abort();
  }

  /** Who has not left, each with what was heard of them last. */
  stillHere(): string[] {
    const { steps } = this.#settings.history;
    return [...this.#here.values()].map((playerId) => `${playerId}: ${JSON.stringify(steps.get(playerId)?.at(-1))}`);
  }

  async #fill(place: number): Promise<void> {
    const { history, random, url, gate } = this.#settings;
    const service = this.#service;
    const region = REGIONS[place % REGIONS.length] ?? "EUW";
    const mode = MODES[Math.floor(place / REGIONS.length) % MODES.length] ?? "2v2";
    for (let life = 1; !this.#leaving.signal.aborted; life += 1) {
      const username = `player ${place}-${life}`;
      const player = await service.register(username, region);
      history.registrations.push({ username, playerId: player.playerId });
      this.#here.set(place, player.playerId);
      const channel =
        place % SOCKET_EVERY === 0
          ? new SocketChannel({ url, gate, history, service }, player)
          : overHttp(service, player);
      await live({
        player,
        mode,
        games: GAMES_OF_A_LIFE,
        channel,
        gameServer: this.#gameServer,
        history,
        random,
        leaving: this.#leaving.signal,
      });
    }
    this.#here.delete(place);
  }
}
