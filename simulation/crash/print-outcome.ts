import type { HistoryOutcome } from "./run-history.ts";

/** Names in so many columns. */
const COLUMNS = 3;
const COLUMN_CHARACTERS = 44;

/** What came of one history, as text for a terminal. @param seconds that it took */
export function printOutcome(seed: number, outcome: HistoryOutcome, seconds: number): string {
  const { violation, taken, digest, tally, virtualMs } = outcome;
  const stepsPerS = (taken / seconds).toFixed(0);
  const memoryMb = (process.memoryUsage.rss() / 1e6).toFixed(0);
  return [
    "",
    `  seed               ${seed}`,
    `  steps              ${taken} in ${seconds.toFixed(1)} s, ${stepsPerS} a second, ${memoryMb} MB`,
    `  virtual time       ${(virtualMs / 3_600_000).toFixed(1)} h`,
    `  digest             ${digest}`,
    "",
    ...printTally(tally),
    "",
    violation === null
      ? "  No violation."
      : `  VIOLATION of "${violation.invariant}" at step ${taken}: ${violation.detail}`,
  ].join("\n");
}

function printTally(tally: HistoryOutcome["tally"]): string[] {
  const cells = tally.map(([name, count]) => `${String(count).padStart(9)} ${name}`.padEnd(COLUMN_CHARACTERS));
  const rows = Math.ceil(cells.length / COLUMNS);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: COLUMNS }, (_, column) => cells[column * rows + row] ?? "")
      .join("")
      .trimEnd(),
  );
}
