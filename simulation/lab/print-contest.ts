import { acrossSeeds } from "./across-seeds.ts";
import type { ContestRow } from "./contest.ts";
import type { MeasureColumn } from "./measure-columns.ts";
import { MEASURE_COLUMNS, showFigure } from "./measure-columns.ts";

/**
 * A row for every contender, below it the standard deviation over the seeds. A figure that no contender has is left
 * out.
 */
export function printContest(rows: readonly ContestRow[]): string {
  const columns = MEASURE_COLUMNS.filter((column) => rows.some((row) => estimateOf(row, column) !== null));
  const lines = [["policy", ...columns.map(({ title }) => title)]];
  for (const row of rows) {
    const estimates = columns.map((column) => ({ column, estimate: estimateOf(row, column) }));
    lines.push([row.label, ...estimates.map(({ column, estimate }) => showFigure(estimate?.mean ?? null, column))]);
    if (estimates.every(({ estimate }) => estimate?.deviation == null)) continue;
    lines.push([
      "",
      ...estimates.map(({ column, estimate }) =>
        estimate?.deviation == null ? "" : `±${showFigure(estimate.deviation, column)}`,
      ),
    ]);
  }
  return alignColumns(lines);
}

function estimateOf({ measures }: ContestRow, column: MeasureColumn) {
  return acrossSeeds(measures.map(column.read));
}

/** The first column to the left, the others to the right. */
export function alignColumns(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, index) => Math.max(...lines.map((line) => (line[index] ?? "").length)));
  return lines
    .map((line) =>
      line
        .map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart((widths[index] ?? 0) + 2)))
        .join("")
        .trimEnd(),
    )
    .map((line) => `  ${line}`)
    .join("\n");
}
