import { acceptsTerms } from "../accepts-terms.ts";
import type { Backfill } from "../backfill.ts";
import type { Match, MatchPlayer, TicketLimits } from "../match.ts";
import { matchPlayers, presentPlayers } from "../match.ts";
import type { Mode } from "../mode.ts";
import type { Ticket } from "../ticket.ts";
import { RunningTeam } from "./running-team.ts";

/** A running match that asks for players. */
export interface Opening {
  readonly backfill: Backfill;
  readonly match: Match;
  /** Where it may be run. */
  readonly locations: readonly string[];
}

/**
 * Who is in a running match and which tickets the hard rules allow in, as those who come are taken one by one.
 *
 * 1. The ticket fits what the match agreed on (`accepts-terms.ts`).
 * 2. Nobody avoids anybody, either way: those who are there, those who are taken, the ticket.
 * 3. The rating range stays within the mode's limit and everybody's own.
 * 4. Nobody on the ticket was in this match before: whoever left does not come back to it, and nobody is in it twice.
 * 5. Some team has room for all of the ticket, and for their roles (`running-team.ts`).
 */
export class RunningMatch {
  readonly teams: readonly RunningTeam[];
  readonly #opening: Opening;
  readonly #mode: Mode;
  readonly #knownIds: ReadonlySet<string>;
  readonly #presentIds: Set<string>;
  readonly #avoidedIds: Set<string>;
  #maxRatingGap: number;
  #lowestMu = Number.POSITIVE_INFINITY;
  #highestMu = Number.NEGATIVE_INFINITY;
  /** Of tickets: what a party spans within itself does not count. */
  lowest = Number.POSITIVE_INFINITY;
  highest = Number.NEGATIVE_INFINITY;
  sigmaSum = 0;
  sigmaSquareSum = 0;

  constructor(opening: Opening, mode: Mode) {
    const { match, backfill } = opening;
    this.#opening = opening;
    this.#mode = mode;
    this.teams = match.teams.map((team) => new RunningTeam(team, backfill.places[team.name] ?? 0, mode));
    const present = match.teams.flatMap(presentPlayers);
    this.#knownIds = new Set(matchPlayers(match).map(({ playerId }) => playerId));
    this.#presentIds = new Set(present.map(({ playerId }) => playerId));
    const tickets = Map.groupBy(present, ({ ticketId }) => ticketId);
    this.#maxRatingGap = mode.maxRatingGap ?? Number.POSITIVE_INFINITY;
    this.#avoidedIds = new Set();
    for (const limit of match.limits ?? []) if (tickets.has(limit.ticketId)) this.#bind(limit);
    for (const players of tickets.values()) this.#measure(players);
  }

  get players(): number {
    return this.teams.reduce((sum, { players }) => sum + players, 0);
  }

  get muSum(): number {
    return this.teams.reduce((sum, { muSum }) => sum + muSum, 0);
  }

  /** Nobody is there, so there is nothing to join. */
  get isDeserted(): boolean {
    return this.#presentIds.size === 0;
  }

  get isFull(): boolean {
    return this.teams.every(({ asked }) => asked === 0);
  }

  /** Indices of the teams that a ticket may come into; empty: the hard rules keep it out. */
  teamsFor(ticket: Ticket): number[] {
    if (!this.#isAllowed(ticket)) return [];
    return this.teams.flatMap((team, index) => (team.hasPlaceFor(ticket) ? [index] : []));
  }

  /** Takes a ticket that may come into that team. */
  take(ticket: Ticket, team: number): void {
    this.teams[team]?.take(ticket);
    for (const { playerId } of ticket.players) this.#presentIds.add(playerId);
    this.#bind(ticket.constraints);
    this.#measure(ticket.players);
  }

  #isAllowed(ticket: Ticket): boolean {
    const { players, constraints } = ticket;
    if (players.some(({ playerId }) => this.#knownIds.has(playerId) || this.#avoidedIds.has(playerId))) return false;
    if (constraints.avoid?.some((playerId) => this.#presentIds.has(playerId)) === true) return false;
    let [lowestMu, highestMu] = [this.#lowestMu, this.#highestMu];
    for (const { mu } of players) {
      lowestMu = Math.min(lowestMu, mu);
      highestMu = Math.max(highestMu, mu);
    }
    if (highestMu - lowestMu > Math.min(this.#maxRatingGap, constraints.maxRatingGap ?? Number.POSITIVE_INFINITY))
      return false;
    return acceptsTerms(ticket, this.#opening.match.terms, this.#mode, this.#opening.locations);
  }

  #bind({ maxRatingGap, avoid }: Pick<TicketLimits, "maxRatingGap" | "avoid">): void {
    this.#maxRatingGap = Math.min(this.#maxRatingGap, maxRatingGap ?? Number.POSITIVE_INFINITY);
    for (const playerId of avoid ?? []) this.#avoidedIds.add(playerId);
  }

  /** @param players of one ticket, those of them who are there */
  #measure(players: readonly Pick<MatchPlayer, "mu" | "sigma">[]): void {
    const rating = players.reduce((sum, { mu }) => sum + mu, 0) / players.length;
    this.lowest = Math.min(this.lowest, rating);
    this.highest = Math.max(this.highest, rating);
    for (const { mu, sigma } of players) {
      this.#lowestMu = Math.min(this.#lowestMu, mu);
      this.#highestMu = Math.max(this.#highestMu, mu);
      this.sigmaSum += sigma;
      this.sigmaSquareSum += sigma * sigma;
    }
  }
}
