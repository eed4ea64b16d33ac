import { DEFAULT_RATING } from "../../src/core/mode.ts";
import type { Rating } from "../../src/core/rating/player-rating.ts";
import type { Random } from "../random.ts";

export interface DrawnPlayer extends Rating {
  /** True skill in rating points, which no policy sees. */
  readonly latentSkill: number;
}

/** Spread of party members' ratings around their first member's. */
const PARTY_DEVIATION = 3;

/**
 * How unsure the rating of a player who queues is: one in ten is new, two are settling, seven are settled.
 */
function drawSigma(random: Random): number {
  const kind = random.between(0, 1);
  if (kind < 0.1) return random.between(5.5, 8);
  if (kind < 0.3) return random.between(2, 5);
  return random.between(0.9, 1.8);
}

/**
 * The members of one ticket.
 *
 * Skills over all players are N(25, (25/3)²), TrueSkill's prior; a rating of uncertainty σ has learned the part
 * μ ~ N(25, (25/3)² − σ²) of it, and the skill is N(μ, σ²). Members of a party resemble their first: μ + N(0, 3²).
 */
export function drawPlayers(count: number, random: Random): DrawnPlayer[] {
  const players: DrawnPlayer[] = [];
  let firstMu = 0;
  for (let index = 0; index < count; index += 1) {
    const sigma = drawSigma(random);
    const learned = Math.sqrt(DEFAULT_RATING.sigma ** 2 - sigma ** 2);
    const mu = index === 0 ? random.normal(DEFAULT_RATING.mu, learned) : random.normal(firstMu, PARTY_DEVIATION);
    if (index === 0) firstMu = mu;
    players.push({ mu, sigma, latentSkill: random.normal(mu, sigma) });
  }
  return players;
}
