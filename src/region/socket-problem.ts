import type { ProblemReason } from "../wire/problem-kinds.ts";
import { PROBLEMS } from "../wire/problem-kinds.ts";
import type { ProblemExtras } from "../wire/refusal-extras.ts";
import { retryAfterS } from "../wire/retry-after.ts";
import type { SocketProblem } from "./protocol.ts";

/** A problem as a socket gets it: the same reasons and words as over HTTP. */
export function socketProblem(
  reason: ProblemReason,
  extras: ProblemExtras = {},
  ref: { readonly ref?: string } = {},
): SocketProblem {
  const { status, title, detail } = PROBLEMS[reason];
  const retryS = retryAfterS(reason, extras, Date.now());
  const retry = retryS === null ? {} : { retry_after_s: retryS };
  return { type: "problem", reason, status, title, detail, ...extras, ...retry, ...ref };
}
