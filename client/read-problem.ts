import type { ResponseLike } from "./http-request.ts";
import { MatchmakingError } from "./matchmaking-error.ts";
import type { Problem } from "./wire-types.ts";

/** What stands before the reason in a problem's `type`. */
const TYPE_PREFIX = "urn:muster:problem:";

/** A problem document (RFC 9457) as an error; null: the answer is none, so somebody else has spoken. */
export function readProblem({ status, headers }: Pick<ResponseLike, "status" | "headers">, text: string) {
  const problem = problemIn(text);
  if (problem === null) return null;
  const { type, title, detail, instance, status: _status, ...extras } = problem;
  const retryAfter = headers.get("retry-after");
  return new MatchmakingError({
    reason: type.slice(TYPE_PREFIX.length),
    title,
    detail,
    status,
    requestId: instance,
    // Seconds; a date, which HTTP allows too, this service never sends.
    retryAfterS: retryAfter !== null && /^\d+$/.test(retryAfter) ? Number(retryAfter) : undefined,
    problem: extras,
  });
}

function problemIn(text: string): Problem | null {
  try {
    const body: unknown = JSON.parse(text);
    return isProblem(body) ? body : null;
  } catch {
    return null;
  }
}

function isProblem(value: unknown): value is Problem {
  if (typeof value !== "object" || value === null) return false;
  const hasType = "type" in value && typeof value.type === "string" && value.type.startsWith(TYPE_PREFIX);
  return hasType && "title" in value && typeof value.title === "string" && "detail" in value;
}
