import type { CheckedLimit } from "./checked-limit.ts";
import { alignColumns } from "./print-contest.ts";

/** A line for every limit, under a heading for every case; the heading's line has no other cells. */
export function printLimits(checked: readonly CheckedLimit[]): string {
  const lines = checked.flatMap(({ of, figure, limit, measured, shipped, isKept }, index) => {
    const line = [`  ${figure}`, limit, measured, shipped ?? "-", isKept ? "ok" : "MISSED"];
    return checked[index - 1]?.of === of ? [line] : [[of], line];
  });
  const missed = checked.filter(({ isKept }) => !isKept).length;
  const verdict = missed === 0 ? "Every limit is kept." : `${missed} of ${checked.length} limits are missed.`;
  return `${alignColumns([["", "limit", "measured", "as shipped", ""], ...lines])}\n\n  ${verdict}`;
}
