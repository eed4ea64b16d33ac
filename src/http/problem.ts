import type { Context, TypedResponse } from "hono";
import type { Problem } from "../wire/problem.ts";
import type { ProblemReason, ProblemStatus } from "../wire/problem-kinds.ts";
import { PROBLEMS, problemType } from "../wire/problem-kinds.ts";
import type { ProblemExtras } from "../wire/refusal-extras.ts";
import { retryAfterS } from "../wire/retry-after.ts";
import type { AppEnv } from "./app-env.ts";

/** A problem's response, typed by its status: a route that does not document the status does not compile. */
export type ProblemResponse<Reason extends ProblemReason> = Response &
  TypedResponse<Problem, ProblemStatus<Reason>, "json">;

/** Answers with a problem document (RFC 9457). */
export function problem<Reason extends ProblemReason>(
  c: Context<AppEnv>,
  reason: Reason,
  extras: ProblemExtras = {},
): ProblemResponse<Reason> {
  const kind = PROBLEMS[reason];
  const status: ProblemStatus<Reason> = kind.status;
  const body: Problem = {
    type: problemType(reason),
    title: kind.title,
    status,
    detail: kind.detail,
    instance: c.get("requestId"),
    ...extras,
  };
  c.get("notes").problem = reason;
  const headers: Record<string, string> = { "content-type": "application/problem+json" };
  const retryS = retryAfterS(reason, extras, Date.now());
  if (retryS !== null) headers["retry-after"] = String(retryS);
  if (status === 401) headers["www-authenticate"] = WWW_AUTHENTICATE[reason] ?? BEARER;
  return c.json(body, status, headers);
}

const BEARER = 'Bearer realm="muster"';
const WWW_AUTHENTICATE: Partial<Record<ProblemReason, string>> = {
  invalid_credentials: `${BEARER}, error="invalid_token"`,
};
