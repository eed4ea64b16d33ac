import type { Trace } from "./trace.ts";

/** The start, while the line fills and rates are learned, and the end, where nobody can be waited for, do not count. */
const CUT_AT_START = 0.15;
const CUT_AT_END = 0.05;

/** Whether a ticket that came at this time counts. */
export function isMeasured(trace: Trace, enqueuedAtMs: number): boolean {
  const share = enqueuedAtMs / trace.durationMs;
  return share >= CUT_AT_START && share < 1 - CUT_AT_END;
}
