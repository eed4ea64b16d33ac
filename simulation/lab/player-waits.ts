import { mean } from "../statistics.ts";
import { shareOf } from "./distribution.ts";
import { isMeasured } from "./measured-window.ts";
import type { Run } from "./run-trace.ts";

export interface PlayerWait {
  readonly mu: number;
  readonly waitS: number;
  readonly isInParty: boolean;
}

/** Every player who came within the measured window and was matched. */
export function playerWaits({ trace, matches }: Run): PlayerWait[] {
  return matches.flatMap(({ teams, madeAtMs }) =>
    teams
      .flat()
      .filter(({ enqueuedAtMs }) => isMeasured(trace, enqueuedAtMs))
      .flatMap(({ players, enqueuedAtMs }) =>
        players.map(({ mu }) => ({
          mu,
          waitS: (madeAtMs - enqueuedAtMs) / 1000,
          isInParty: players.length > 1,
        })),
      ),
  );
}

/** Mean wait by tenth of the ratings, lowest first; null for a tenth without players. */
export function waitByDecile(waits: readonly PlayerWait[]): (number | null)[] {
  const byRating = waits.toSorted((a, b) => a.mu - b.mu);
  return Array.from({ length: 10 }, (_, tenth) => {
    const part = byRating.slice(
      Math.floor((tenth * byRating.length) / 10),
      Math.floor(((tenth + 1) * byRating.length) / 10),
    );
    return mean(part.map(({ waitS }) => waitS));
  });
}

/** Mean of the mean waits of the outer tenths of the ratings, by the mean wait of the two in the middle. */
export function extremesToMiddle(waits: readonly PlayerWait[]): number | null {
  const deciles = waitByDecile(waits);
  const outer = meanOf(deciles[0], deciles[9]);
  const middle = meanOf(deciles[4], deciles[5]);
  return outer === null || middle === null ? null : shareOf(outer, middle);
}

export function partiesToSolos(waits: readonly PlayerWait[]): number | null {
  const meanWait = (isInParty: boolean) =>
    mean(waits.filter((wait) => wait.isInParty === isInParty).map(({ waitS }) => waitS));
  const [parties, solos] = [meanWait(true), meanWait(false)];
  return parties === null || solos === null ? null : shareOf(parties, solos);
}

function meanOf(a: number | null | undefined, b: number | null | undefined): number | null {
  return a == null || b == null ? null : (a + b) / 2;
}
