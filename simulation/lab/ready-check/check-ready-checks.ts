import { assert } from "../../../src/core/assert.ts";
import { acrossSeeds } from "../across-seeds.ts";
import type { CheckedLimit } from "../checked-limit.ts";
import type { ReadyCheckMeasures } from "./measure-ready-checks.ts";
import { DISSOLVE, REPAIR, runReadyCheckContest } from "./ready-check-contest.ts";
import type { ReadyCheckViolations } from "./ready-check-run.ts";

type Read = (measures: ReadyCheckMeasures) => number | null;

interface ComparedFigure {
  readonly figure: string;
  readonly digits: number;
  /** What repair may come to at most, as a part of what dissolving comes to. */
  readonly part: number;
  readonly read: Read;
  /** What it is held against if not the same of dissolving. */
  readonly against?: Read;
}

const OF = "5v5 with parties, ready check: 10 % decline, 5 % ghosts";

const COMPARED: readonly ComparedFigure[] = [
  {
    figure: "first asked to confirmed, median match, s",
    digits: 1,
    part: 0.5,
    read: ({ matchTookS }) => matchTookS.p50,
  },
  { figure: "half of those asked have a match after, s", digits: 1, part: 0.5, read: (all) => all.halfMatchedS },
  { figure: "first asked to confirmed, median player, s", digits: 1, part: 1, read: (all) => all.playerTookS.p50 },
  { figure: "mean wait, s", digits: 1, part: 1, read: ({ waitS }) => waitS.mean },
  { figure: "spread, points", digits: 2, part: 1, read: ({ quality }) => quality.spread },
  { figure: "|p-½|", digits: 4, part: 1, read: unevennessOf },
  {
    figure: "|p-½| of repaired matches",
    digits: 4,
    part: 1,
    read: ({ repairedQuality }) => repairedQuality.unevenness,
    against: unevennessOf,
  },
];

const FORBIDDEN: readonly { readonly figure: string; readonly of: keyof ReadyCheckViolations }[] = [
  { figure: "penalties without an ack before", of: "penaltiesWithoutAck" },
  { figure: "tickets in two proposals", of: "doubleBookings" },
  { figure: "tickets lost", of: "lostTickets" },
  { figure: "players in a match they did not accept", of: "unaskedPlayers" },
];

/** Runs of `checkReadyChecks`. */
export function readyCheckRuns(seeds: number): number {
  return 2 * seeds;
}

/** Repair against sending everybody back to line: at most half the time, no worse a match, and no injustice in either. */
export function checkReadyChecks(seeds: number, runEnded: () => void): CheckedLimit[] {
  const rows = runReadyCheckContest([REPAIR, DISSOLVE], seeds, runEnded);
  const [repair = [], dissolve = []] = rows.map(({ measures }) => measures);
  const compared = COMPARED.map(({ figure, digits, part, read, against = read }): CheckedLimit => {
    const measured = meanOf(repair, read);
    const most = part * meanOf(dissolve, against);
    const limit = `≤ ${most.toFixed(digits)} ${part === 0.5 ? "half of dissolve" : "dissolve"}`;
    return { of: OF, figure, limit, measured: measured.toFixed(digits), shipped: null, isKept: measured <= most };
  });
  const forbidden = FORBIDDEN.map(({ figure, of }): CheckedLimit => {
    const found = [...repair, ...dissolve].map(({ violations }) => violations[of]);
    const count = found.reduce((sum, occurrences) => sum + occurrences.count, 0);
    const chances = found.reduce((sum, occurrences) => sum + occurrences.of, 0);
    const isKept = count === 0 && chances > 0;
    return { of: OF, figure, limit: "0", measured: `${count} of ${chances}`, shipped: null, isKept };
  });
  return [...compared, ...forbidden];
}

function unevennessOf({ quality }: ReadyCheckMeasures): number | null {
  return quality.unevenness;
}

function meanOf(measures: readonly ReadyCheckMeasures[], read: Read): number {
  const estimate = acrossSeeds(measures.map(read));
  assert(estimate !== null, "every seed's run has this figure");
  return estimate.mean;
}
