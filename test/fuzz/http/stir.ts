import type { World } from "../world.ts";
import type { Connection } from "./connection.ts";
import type { Secrets } from "./request-of.ts";

const REGISTERED = 60;
const IN_FIRST_REGION = 40;

/** Calls as the game's backend, so that there is something to fuzz: players, matches, open ready checks. */
export class Stirrer {
  readonly #world: World;
  readonly #connection: Connection;
  readonly #secrets: Secrets;
  #round = 0;

  constructor(world: World, connection: Connection, secrets: Secrets) {
    this.#world = world;
    this.#connection = connection;
    this.#secrets = secrets;
  }

  /** @throws if the service refuses: then there is nothing to learn from fuzzing it */
  async register(): Promise<void> {
    for (let index = 0; index < REGISTERED; index += 1) {
      const region = index < IN_FIRST_REGION ? "EUW" : "NA";
      const status = await this.#call("POST", "/players/register", { username: `fuzz ${index}`, region });
      if (status !== 200) throw new Error(`registering was answered with ${status}`);
    }
  }

  /**
   * Makes two duels, a ready check and a party of players who are there, and learns of the matches that the last call led
   * to. Before that, those whose tokens were taken back come in again: else soon nobody could do anything.
   */
  async stir(): Promise<void> {
    this.#round += 1;
    await Promise.all(this.#world.takeRevoked().map((playerId) => this.#letIn(playerId)));
    const start = (this.#round * 7) % 25;
    const idOf = (number: number) => this.#world.player(number).playerId;
    const queue = (number: number, mode: string) =>
      this.#call("POST", "/matchmaking/queue", { player_id: idOf(number), mode, release: true });
    const duellists = [0, 1, 2, 3].map((offset) => start + offset);
    const asked = Array.from({ length: 10 }, (_, offset) => start + 4 + offset);
    const friends = [0, 1, 2].map((offset) => 20 + ((start + offset) % 40));
    await Promise.all(
      [...duellists, ...asked].map((number) => this.#call("GET", `/matchmaking/queue/${idOf(number)}`)),
    );
    await Promise.all([
      ...duellists.map((number) => queue(number, "1v1")),
      ...asked.map((number) => queue(number, "5v5-ranked")),
      ...friends.map((number) => this.#call("POST", "/parties", { player_id: idOf(number) })),
      this.#call("GET", "/matchmaking/matches/latest?limit=20"),
    ]);
  }

  async #letIn(playerId: string): Promise<void> {
    await this.#call("DELETE", `/players/player/${playerId}/revoke`);
    await this.#call("POST", `/players/player/${playerId}/token`);
  }

  async #call(method: string, path: string, body?: object): Promise<number> {
    const answer = await this.#connection.send({
      method,
      path,
      headers: [
        ["x-api-key", this.#secrets.apiKey],
        ["content-type", "application/json"],
      ],
      body: body === undefined ? null : Buffer.from(JSON.stringify(body)),
      isChunked: false,
      json: undefined,
      playerId: null,
      tokenOf: null,
    });
    this.#world.learn(answer.body);
    return answer.status;
  }
}
