import { acrossSeeds } from "./across-seeds.ts";
import { runClosedLoop } from "./closed-loop.ts";
import type { Contender } from "./contest.ts";
import type { GameShape } from "./game-shape.ts";
import { alignColumns } from "./print-contest.ts";
import type { RatingCheck } from "./rating-checks.ts";
import { checkRatings } from "./rating-checks.ts";

const CHECKED_GAMES: readonly number[] = [5, 10, 20, 50];

export interface ClosedLoopRow {
  readonly label: string;
  /** Of each seed, in their order: one check for 5, 10, 20 and 50 games. */
  readonly checks: readonly (readonly RatingCheck[])[];
}

/** Lets every contender make the matches that ratings are learned from. */
export function runClosedLoopContest(
  contenders: readonly Contender[],
  shape: GameShape,
  players: number,
  seeds: number,
  runEnded: () => void,
): ClosedLoopRow[] {
  const games = Math.max(...CHECKED_GAMES);
  return contenders.map(({ label, tickPeriodMs, create }) => ({
    label,
    checks: Array.from({ length: seeds }, (_, index) => {
      const people = runClosedLoop(shape, players, games, create(), tickPeriodMs, index + 1);
      runEnded();
      return CHECKED_GAMES.map((count) => checkRatings(people, count));
    }),
  }));
}

/** Rating error and rank correlation of every contender, by games played. */
export function printClosedLoop(rows: readonly ClosedLoopRow[]): string {
  const titles = CHECKED_GAMES.flatMap((games) => [`error at ${games}`, `rank corr. at ${games}`]);
  const lines = rows.map(({ label, checks }) => [
    label,
    ...CHECKED_GAMES.flatMap((_, index) => [
      show(
        checks.map((seed) => seed[index]?.ratingError ?? null),
        2,
      ),
      show(
        checks.map((seed) => seed[index]?.rankCorrelation ?? null),
        3,
      ),
    ]),
  ]);
  return alignColumns([["policy", ...titles], ...lines]);
}

function show(values: readonly (number | null)[], digits: number): string {
  return acrossSeeds(values)?.mean.toFixed(digits) ?? "-";
}
