import type { ClairvoyantRow } from "./clairvoyant-contest.ts";
import { alignColumns } from "./print-contest.ts";

/** A row for every policy and `a`: how many times the clairvoyant's cost it pays. */
export function printClairvoyant(rows: readonly ClairvoyantRow[]): string {
  return alignColumns([
    ["policy", "a", "best knob", "× optimum"],
    ...rows.map(({ policy, pointsPerSecond, knob, ratio }) => [
      policy,
      String(pointsPerSecond),
      knob === null ? "-" : String(Number(knob.toFixed(3))),
      ratio.toFixed(3),
    ]),
  ]);
}
