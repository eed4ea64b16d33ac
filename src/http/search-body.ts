import type { Explanation } from "../core/matching/explain.ts";
import type { WaitInterval } from "../core/matching/recent-waits.ts";
import { timestampOrNull } from "./schemas/common.ts";
import type { QueueStatus } from "./schemas/queue.ts";

/** How long a search takes, as the API shows it. */
export function estimatedWaitBody({ lowS, highS }: WaitInterval): NonNullable<QueueStatus["estimated_wait_s"]> {
  return { low: inHundredths(lowS), high: highS === null ? null : inHundredths(highS) };
}

/** Why a search takes as long as it does, as the API shows it. */
export function explanationBody(explanation: Explanation): NonNullable<QueueStatus["explain"]> {
  const { tolerance, toleranceIn, heldBackBy } = explanation;
  return {
    tolerance: inHundredths(tolerance),
    tolerance_in: {
      "10": inHundredths(toleranceIn[10]),
      "30": inHundredths(toleranceIn[30]),
      "60": inHundredths(toleranceIn[60]),
    },
    compatible: explanation.compatible,
    near_enough: explanation.nearEnough,
    needed: explanation.needed,
    held_back_by: heldBackBy === null ? null : { rule: heldBackBy.rule, excludes: heldBackBy.excludes },
    relaxes_at: timestampOrNull(explanation.relaxesAtMs),
  };
}

/** Nobody waits by thousandths. */
function inHundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
