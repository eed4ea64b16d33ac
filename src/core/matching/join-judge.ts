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
   * The team on which a ticket costs least, the first of equals; null: it is not ripe on any.
   *
   * @param teams indices of those that it may come into
   * @param openSinceMs since when the places are open
   */
  ripeTeam(match: RunningMatch, ticket: Ticket, teams: readonly number[], openSinceMs: number): number | null {
    const costs = teams.map((team) => ({ team, cost: this.#costOf(match, ticket, team) }));
    const [first, ...others] = costs;
    if (first === undefined) return null;
    const best = others.reduce((least, one) => (one.cost < least.cost ? one : least), first);
    const { middle } = rangeWith(match, ticket);
    const ticketAgeS = this.#secondsSince(waitingSinceMs(ticket));
    const placeAgeS = this.#secondsSince(openSinceMs);
    const tolerance = this.#tolerances.of(middle, (ticketAgeS + placeAgeS) / 2, Math.max(ticketAgeS, placeAgeS));
    const isOverdue =
      ticketAgeS >= this.#tolerances.overdueAfterS(ticketRating(ticket)) ||
      placeAgeS >= this.#tolerances.overdueAfterS((match.lowest + match.highest) / 2);
    return isOverdue || best.cost <= tolerance ? best.team : null;
  }

  #costOf(match: RunningMatch, ticket: Ticket, joined: number): number {
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
      rangeWith(match, ticket).range +
      (this.#mode.sigmaWeight * (match.sigmaSum + comes.sigma)) / count +
      this.#balance.costOf(imbalance, bondDifference, noise)
    );
  }

  #secondsSince(sinceMs: number): number {
    return Math.max(0, this.#nowMs - sinceMs) / 1_000;
  }
}

function rangeWith(match: RunningMatch, ticket: Ticket): { readonly range: number; readonly middle: number } {
  const rating = ticketRating(ticket);
  const lowest = Math.min(match.lowest, rating);
  const highest = Math.max(match.highest, rating);
  return { range: highest - lowest, middle: (lowest + highest) / 2 };
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
