import type { Context } from "hono";
import { PROBLEMS } from "../wire/problem-kinds.ts";
import type { Refusal } from "../wire/refusal-extras.ts";
import { extrasOf } from "../wire/refusal-extras.ts";
import type { AppEnv } from "./app-env.ts";
import { UnknownRefusal } from "./outside-failures.ts";
import type { ProblemResponse } from "./problem.ts";
import { problem } from "./problem.ts";

/**
 * Turns a refusal into its problem, with whatever the refusal knows: the match, the mode, the teams.
 *
 * @throws {UnknownRefusal} while a deploy is under way
 */
export function answerRefusal<Reason extends Refusal["reason"]>(
  c: Context<AppEnv>,
  refusal: Refusal & { readonly reason: Reason },
): ProblemResponse<Reason> {
  if (!Object.hasOwn(PROBLEMS, refusal.reason)) throw new UnknownRefusal(refusal.reason);
  return problem(c, refusal.reason, extrasOf(refusal));
}
