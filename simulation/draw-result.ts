import { calcDrawMargin, TrueSkill } from "ts-trueskill";
import { DEFAULT_RATING } from "../src/core/mode.ts";
import type { Random } from "./random.ts";

export interface ContendingTeam {
  readonly name: string;
  readonly latentSkills: readonly number[];
}

/** What decides a game besides skill. */
export interface GameRules {
  /** Spread of one player's performance around their skill, in rating points. */
  readonly beta: number;
  /** Chance of a draw between two even teams of this size; 0: no draws. */
  readonly drawProbability: number;
}

/**
 * A result by TrueSkill's model of performance (Herbrich, Minka and Graepel 2006): each player performs as
 * N(skill, beta²), a team as the sum of its players, and teams within the draw margin of the next better one share its place.
 *
 * @returns the place of each team by name; 1 is best, equal is a draw
 */
export function drawResult(teams: readonly ContendingTeam[], rules: GameRules, random: Random): Record<string, number> {
  const performances = teams
    .map(({ name, latentSkills }) => ({
      name,
      points: latentSkills.reduce((sum, skill) => sum + random.normal(skill, rules.beta), 0),
    }))
    .sort((one, other) => other.points - one.points);
  const margin = drawMargin(teams, rules);
  const places: Record<string, number> = {};
  let place = 0;
  let better = Number.POSITIVE_INFINITY;
  for (const { name, points } of performances) {
    if (better - points > margin) place += 1;
    places[name] = place;
    better = points;
  }
  return places;
}

function drawMargin(teams: readonly ContendingTeam[], { beta, drawProbability }: GameRules): number {
  if (drawProbability === 0) return 0;
  const sizeOfTwo = (2 * teams.reduce((sum, team) => sum + team.latentSkills.length, 0)) / teams.length;
  const { mu, sigma, tau } = DEFAULT_RATING;
  return calcDrawMargin(drawProbability, sizeOfTwo, new TrueSkill(mu, sigma, beta, tau, drawProbability));
}
