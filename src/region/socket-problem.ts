import type { ProblemReason } from "../wire/problem-kinds.ts";
import { PROBLEMS } from "../wire/problem-kinds.ts";
import type { ProblemExtras } from "../wire/refusal-extras.ts";
import type { SocketProblem } from "./protocol.ts";

/** A problem as a socket gets it: the same reasons and words as over HTTP. */
export function socketProblem(
  reason: ProblemReason,
  extras: ProblemExtras = {},
  ref: { readonly ref?: string } = {},
): SocketProblem {
  const kind = PROBLEMS[reason];
  const { status, title, detail } = kind;
  const retry = "retryAfterS" in kind ? { retry_after_s: kind.retryAfterS } : {};
  return { type: "problem", reason, status, title, detail, ...extras, ...retry, ...ref };
}
