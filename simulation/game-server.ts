import { setTimeout as sleep } from "node:timers/promises";
import type { MatchAnswer, ModeAnswer } from "./answers.ts";
import type { BookingLedger } from "./booking-ledger.ts";
import { checkMatch } from "./check-match.ts";
import { drawResult } from "./draw-result.ts";
import type { SimulationObserver } from "./observer.ts";
import type { Party } from "./party.ts";
import { membersOf } from "./party.ts";
import type { Random } from "./random.ts";
import type { Roster } from "./roster.ts";
import type { Player, Service } from "./service.ts";

/** Every player of a match must have heard of it this long after the first one came. */
const EVERYBODY_HERE_WITHIN_MS = 30_000;
const ARRIVAL_LOOK_MS = 50;

export interface GameServerSettings {
  readonly service: Service;
  readonly mode: ModeAnswer;
  /** Everybody of this run who plays. */
  readonly parties: readonly Party[];
  readonly bookings: BookingLedger;
  readonly roster: Roster;
  readonly drawProbability: number;
  /** A game lasts an evenly drawn time up to this. */
  readonly longestGameMs: number;
  readonly random: Random;
  readonly observer: SimulationObserver;
  /** Nobody waits for a player who is gone for good. */
  readonly isGone: (playerId: string) => boolean;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
}

interface Game {
  readonly arrived: Set<string>;
  readonly over: Promise<MatchAnswer>;
}

/** Hosts games: waits for a match's players, lets them play, and reports the result once. */
export class GameServer {
  readonly #settings: GameServerSettings;
  /** By id. */
  readonly #players: ReadonlyMap<string, Player>;
  /** Of each player, by id. */
  readonly #partyOf: ReadonlyMap<string, readonly string[]>;
  readonly #games = new Map<string, Game>();
  readonly #matches: MatchAnswer[] = [];
  readonly #reported = new Set<string>();
  readonly #faults: string[] = [];

  constructor(settings: GameServerSettings) {
    this.#settings = settings;
    const parties = settings.parties.map(membersOf);
    this.#players = new Map(parties.flat().map((player) => [player.playerId, player]));
    const idsOf = parties.map((members) => members.map(({ playerId }) => playerId));
    this.#partyOf = new Map(idsOf.flatMap((ids) => ids.map((playerId) => [playerId, ids] as const)));
  }

  /** Matches as they were when their players were called together. */
  get matches(): readonly MatchAnswer[] {
    return this.#matches;
  }

  get reportedMatchIds(): ReadonlySet<string> {
    return this.#reported;
  }

  /** What was wrong with the matches, one sentence each. */
  get faults(): readonly string[] {
    return this.#faults;
  }

  /** A player comes to the match that they were told of. Resolves when its result has been reported. */
  join(matchId: string, player: Player): Promise<MatchAnswer> {
    let game = this.#games.get(matchId);
    if (game === undefined) {
      const arrived = new Set<string>();
      game = { arrived, over: this.#host(matchId, player.region, arrived) };
      this.#games.set(matchId, game);
    }
    if (this.#reported.has(matchId)) this.#fault(matchId, `still holds player ${player.playerId} after its report`);
    game.arrived.add(player.playerId);
    return game.over;
  }

  async #host(matchId: string, region: string, arrived: ReadonlySet<string>): Promise<MatchAnswer> {
    const { service, mode, bookings, roster, observer, signal } = this.#settings;
    const match = await service.match(matchId);
    const everybody = Object.values(match.players).flatMap((team) => team.map((player) => player.player_id));
    const homes = await this.#homesOf(everybody);
    this.#faults.push(...checkMatch(match, { matchId, mode, region, homes, partyOf: this.#partyOf }));
    const playerIds = everybody.filter((playerId) => this.#players.has(playerId));
    bookings.started(matchId, playerIds);
    this.#matches.push(match);
    observer.matchFormed?.(match);

    await this.#gather(matchId, playerIds, arrived);
    await sleep(this.#settings.random.between(0, this.#settings.longestGameMs), undefined, { signal });
    const placements = this.#play(match);
    await service.report(matchId, placements);
    this.#reported.add(matchId);
    bookings.ended(matchId, playerIds);
    roster.played(region, playerIds);
    observer.matchReported?.(match);
    return match;
  }

  /** Somebody else may be playing here too: such strangers are looked up, but not waited for. */
  async #homesOf(playerIds: readonly string[]): Promise<Map<string, string>> {
    const homes = new Map<string, string>();
    for (const playerId of playerIds) {
      const home = this.#players.get(playerId)?.region ?? (await this.#settings.service.homeRegion(playerId));
      if (home !== null) homes.set(playerId, home);
    }
    return homes;
  }

  /** Waits until every player of this run has come; who never does was never told. */
  async #gather(matchId: string, playerIds: readonly string[], arrived: ReadonlySet<string>): Promise<void> {
    const { isGone, signal } = this.#settings;
    const isMissing = (playerId: string) => !arrived.has(playerId) && !isGone(playerId);
    const deadlineMs = performance.now() + EVERYBODY_HERE_WITHIN_MS;
    while (playerIds.some(isMissing) && performance.now() < deadlineMs) {
      await sleep(ARRIVAL_LOOK_MS, undefined, { signal });
    }
    for (const playerId of playerIds.filter(isMissing)) {
      this.#fault(matchId, `never came to the knowledge of its player ${playerId}`);
    }
  }

  #play(match: MatchAnswer): Record<string, number> {
    const { mode, drawProbability, random } = this.#settings;
    const teams = Object.entries(match.players).map(([name, team]) => ({
      name,
      latentSkills: team.map((player) => this.#players.get(player.player_id)?.latentSkill ?? player.mu),
    }));
    return drawResult(teams, { beta: mode.rating.beta, drawProbability }, random);
  }

  #fault(matchId: string, text: string): void {
    this.#faults.push(`match ${matchId}: ${text}`);
  }
}
