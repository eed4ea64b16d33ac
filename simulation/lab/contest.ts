import type { Measures } from "./measure-run.ts";
import { measureRun } from "./measure-run.ts";
import type { Policy } from "./policy.ts";
import { runTrace } from "./run-trace.ts";
import type { TraceSettings } from "./trace.ts";
import { createTrace } from "./trace.ts";

/** A policy with its settings. */
export interface Contender {
  /** As the table calls it: `ripe-windows, a = 0.5`. */
  readonly label: string;
  readonly tickPeriodMs: number;
  create(): Policy;
}

/** What a contender made of the traces of all seeds. */
export interface ContestRow {
  readonly label: string;
  /** One of each seed, in their order. */
  readonly measures: readonly Measures[];
}

/** Lets every contender serve the same traces. Seeds are 1, 2, 3 … */
export function runContest(
  contenders: readonly Contender[],
  settings: TraceSettings,
  seeds: number,
  runEnded: () => void,
): ContestRow[] {
  const traces = Array.from({ length: seeds }, (_, index) => createTrace(settings, index + 1));
  return contenders.map(({ label, tickPeriodMs, create }) => ({
    label,
    measures: traces.map((trace) => {
      const measures = measureRun(runTrace(trace, create(), tickPeriodMs));
      runEnded();
      return measures;
    }),
  }));
}
