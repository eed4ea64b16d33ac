import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../../simulation/random.ts";
import type { History, Step } from "./history.ts";
import type { Player, Service } from "./service.ts";

/** Far more than a restart takes. */
const EVERYBODY_HERE_WITHIN_MS = 90_000;
const LOOK_EVERY_MS = 50;
const ASK_AGAIN_AFTER_MS = 200;
const LONGEST_GAME_MS = 600;
const SERVED_SHARE = 0.4;

interface Game {
  readonly arrived: Map<string, Player>;
  readonly over: Promise<void>;
}

/** Plays the matches that players come with, and reports each until the report is acknowledged. */
export class GameServer {
  readonly #service: Service;
  readonly #history: History;
  readonly #random: Random;
  readonly #games = new Map<string, Game>();

  constructor(service: Service, history: History, random: Random) {
    this.#service = service;
    this.#history = history;
    this.#random = random;
  }

  /** A player comes to the match that they were told of. Resolves when its result was acknowledged. */
  play(matchId: string, player: Player): Promise<void> {
    let game = this.#games.get(matchId);
    if (game === undefined) {
      const arrived = new Map<string, Player>();
      game = { arrived, over: this.#host(matchId, arrived) };
      this.#games.set(matchId, game);
    }
    game.arrived.set(player.playerId, player);
    return game.over;
  }

  async #host(matchId: string, arrived: ReadonlyMap<string, Player>): Promise<void> {
    const match = await this.#service.match(matchId);
    if (match === null) {
      this.#history.oddities.push(`match ${matchId} was told of and is unknown a moment later`);
      return;
    }
    this.#history.shown.set(matchId, match.seats);
    const playerIds = Object.keys(match.seats);
    await this.#gather(matchId, playerIds, arrived);
    if (this.#random.between(0, 1) < SERVED_SHARE) await this.#serve(matchId, arrived);
    await sleep(this.#random.between(0, LONGEST_GAME_MS));
    await this.#report(matchId, [...new Set(Object.values(match.seats))], playerIds);
  }

  /** Who never comes was never told: a ticket or a match was lost. */
  async #gather(matchId: string, playerIds: readonly string[], arrived: ReadonlyMap<string, Player>): Promise<void> {
    const untilMs = performance.now() + EVERYBODY_HERE_WITHIN_MS;
    const missing = () => playerIds.filter((playerId) => !arrived.has(playerId));
    while (missing().length > 0 && performance.now() < untilMs) await sleep(LOOK_EVERY_MS);
    for (const playerId of missing())
      this.#history.oddities.push(`match ${matchId} never came to the knowledge of its player ${playerId}`);
  }

  /** Gives the match a server, and has its players look whether they hear of it. */
  async #serve(matchId: string, players: ReadonlyMap<string, Player>): Promise<void> {
    const connection = { host: "203.0.113.7", port: Math.floor(this.#random.between(1_024, 65_536)) };
    const text = JSON.stringify(connection);
    await this.#untilAnswered(
      [...players.keys()],
      () => this.#service.assign(matchId, connection),
      (answer) => ({
        did: "assign",
        matchId,
        connection: text,
        answer,
      }),
    );
    await sleep(this.#random.between(0, LONGEST_GAME_MS));
    for (const player of players.values()) {
      const answer = await this.#service.look(player);
      if (answer !== null) this.#history.add(player.playerId, { did: "look", answer });
    }
  }

  async #report(matchId: string, teams: readonly string[], playerIds: readonly string[]): Promise<void> {
    const winner = teams[Math.floor(this.#random.between(0, teams.length))] ?? "";
    const placements = Object.fromEntries(teams.map((team) => [team, team === winner ? 1 : 2]));
    this.#history.reports.set(matchId, { placements, isAcknowledged: false });
    const isDone = await this.#untilAnswered(
      playerIds,
      () => this.#service.report(matchId, winner),
      (answer) => ({
        did: "report",
        matchId,
        answer,
      }),
    );
    if (isDone) this.#history.reports.set(matchId, { placements, isAcknowledged: true });
  }

  /** Every try is a step of everybody in the match. @returns whether it was acknowledged */
  async #untilAnswered(
    playerIds: readonly string[],
    ask: () => Promise<boolean | null>,
    stepOf: (answer: { readonly type: "done" | "unknown" }) => Step,
  ): Promise<boolean> {
    for (;;) {
      const answer = await ask();
      const step = stepOf({ type: answer === true ? "done" : "unknown" });
      for (const playerId of playerIds) this.#history.add(playerId, step);
      if (answer !== null) return answer;
      await sleep(ASK_AGAIN_AFTER_MS);
    }
  }
}
