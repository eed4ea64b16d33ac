import type { ProblemReason } from "./problem-kinds.ts";
import { PROBLEMS } from "./problem-kinds.ts";
import type { ProblemExtras } from "./refusal-extras.ts";

/** When to come back, in whole seconds: at the moment that the problem names, else after its kind's usual time. */
export function retryAfterS(reason: ProblemReason, { until }: ProblemExtras, nowMs: number): number | null {
  if (until !== undefined) return Math.max(1, Math.ceil((Date.parse(until) - nowMs) / 1_000));
  const kind = PROBLEMS[reason];
  return "retryAfterS" in kind ? kind.retryAfterS : null;
}
