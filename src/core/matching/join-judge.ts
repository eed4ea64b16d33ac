import type { Mode } from "../mode.ts";
import type { Ticket } from "../ticket.ts";
import { ticketRating, waitingSinceMs } from "../ticket.ts";
import { Balance } from "./balance.ts";
import type { RunningMatch } from "./running-match.ts";
import type { Tolerances } from "./tolerance.ts";

/**
 * Says what a running match would cost with one ticket more, and what it may cost, in rating points: the same sums as
 * of a new group (`group-judge.ts`), with teams that are fixed.
 *
 * 1. Cost: the range of the ratings + `sigmaWeight`·mean sigma + what these teams cost (`balance.ts`). A place that
 *    stays empty counts as a player of the match's mean rating: a team is not weaker because it is not full yet.
 * 2. Two have waited, the ticket and the place. Tolerance: that of the middle of the range and of their mean and higher
 *    age (`tolerance.ts`).
 * 3. From the age on at which either is overdue there, it is ripe whatever it costs.
 */
export class JoinJudge {
  readonly #mode: Mode;
  readonly #tolerances: Tolerances;
  readonly #balance: Balance;
  readonly #nowMs: number;

  constructor(mode: Mode, tolerances: Tolerances, nowMs: number) {
    this.#mode = mode;
    this.#tolerances = tolerances;
    this.#balance = new Balance(mode);
    this.#nowMs = nowMs;
  }

  /**
   * The team onto which a ticket may come: of those where the hard rules allow it the one on which it costs least, the
   * first of equals; null: it is ripe on none.
   *
   * @param openSinceMs since when the places are open
   */
  ripeTeam(match: RunningMatch, ticket: Ticket, openSinceMs: number): number | null {
    const rating = ticketRating(ticket);
    const lowest = Math.min(match.lowest, rating);
    const highest = Math.max(match.highest, rating);
    const range = highest - lowest;
    const ticketAgeS = this.#secondsSince(waitingSinceMs(ticket));
    const placeAgeS = this.#secondsSince(openSinceMs);
    const oldestS = Math.max(ticketAgeS, placeAgeS);
    const tolerance = this.#tolerances.of((lowest + highest) / 2, (ticketAgeS + placeAgeS) / 2, oldestS);
    const isOverdue =
      ticketAgeS >= this.#tolerances.overdueAfterS(rating) ||
      placeAgeS >= this.#tolerances.overdueAfterS((match.lowest + match.highest) / 2);
    // A range that is too wide already needs no look at rules and teams.
    if (!isOverdue && range > tolerance) return null;
    let cheapest: number | null = null;
    let leastCost = Number.POSITIVE_INFINITY;
    for (const team of match.teamsFor(ticket)) {
      const cost = range + this.#costOfTeams(match, ticket, team);
      if (cost >= leastCost) continue;
      leastCost = cost;
      cheapest = team;
    }
    return isOverdue || leastCost <= tolerance ? cheapest : null;
  }

  /** Of uncertainty and imbalance. */
  #costOfTeams(match: RunningMatch, ticket: Ticket, joined: number): number {
    const comes = sumsOf(ticket);
    const count = match.players + comes.players;
    const meanMu = (match.muSum + comes.mu) / count;
    const after = match.teams.map(({ muSum, empty, bonds }, index) =>
      index === joined
        ? { muSum: muSum + comes.mu + (empty - comes.players) * meanMu, bonds: bonds + comes.players - 1 }
        : { muSum: muSum + empty * meanMu, bonds },
    );
    const imbalance = spanOf(after.map(({ muSum }) => muSum));
    const bondDifference = spanOf(after.map(({ bonds }) => bonds));
    const noise = this.#balance.noiseOf(match.sigmaSquareSum + comes.sigmaSquare);
    return (
      (this.#mode.sigmaWeight * (match.sigmaSum + comes.sigma)) / count +
      this.#balance.costOf(imbalance, bondDifference, noise)
    );
  }

  #secondsSince(sinceMs: number): number {
    return Math.max(0, this.#nowMs - sinceMs) / 1_000;
  }
}

function sumsOf({ players }: Ticket): Record<"players" | "mu" | "sigma" | "sigmaSquare", number> {
  const sums = { players: players.length, mu: 0, sigma: 0, sigmaSquare: 0 };
  for (const { mu, sigma } of players) {
    sums.mu += mu;
    sums.sigma += sigma;
    sums.sigmaSquare += sigma * sigma;
  }
  return sums;
}

function spanOf(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}
