import type { Mode } from "../mode.ts";
import { playersPerMatch } from "../mode.ts";

/**
 * The cost that a group may have and still be matched now, in rating points.
 *
 * θ = √(a·k / 2ρ) is where one more second of waiting would cost as much as it gains (a: points per second,
 * k: players per match, ρ: arrivals per second and point); τ = θ/a is the wait that belongs to it. The tolerance is
 * θ·(1 + 0.2·u²), u = (½ mean age + ½ highest age)/τ: nearly flat up to the natural wait, then quickly wider, so
 * that nobody waits forever. Example: 2v2, a = 0.5, ρ = 1: θ = 1, τ = 2 s; after 20 s the tolerance is 21.
 */
export function toleranceOf(mode: Mode, density: number, meanAgeS: number, highestAgeS: number): number {
  const natural = Math.sqrt((mode.pointsPerSecond * playersPerMatch(mode)) / (2 * density));
  const naturalWaitS = natural / mode.pointsPerSecond;
  const u = (0.5 * meanAgeS + 0.5 * highestAgeS) / naturalWaitS;
  return natural * (1 + 0.2 * u * u);
}
