import type { Hook } from "@hono/zod-openapi";
import type { ZodError } from "zod";
import { inputErrorsOf } from "../wire/input-errors.ts";
import type { Problem } from "../wire/problem.ts";
import type { AppEnv } from "./app-env.ts";
import { problem } from "./problem.ts";

type Target = Parameters<Hook<unknown, AppEnv, string, unknown>>[0]["target"];
type Issue = ZodError["issues"][number];
type InputErrors = NonNullable<Problem["errors"]>;

/** Answers 422 for whatever a route's schemas refuse, naming each faulty field. */
export const answerInvalidInput: Hook<unknown, AppEnv, string, Response | undefined> = (result, c) => {
  if (result.success) return undefined;
  return problem(c, "invalid_input", { errors: inputErrors(result.target, result.error.issues) });
};

/** Each faulty field by its pointer (RFC 6901): into the body, or `#/query/limit` and the like for other inputs. */
export function inputErrors(target: Target, issues: readonly Issue[]): InputErrors {
  return inputErrorsOf(issues, PLACES[target]);
}

const PLACES: Partial<Record<Target, string>> = { param: "#/path", query: "#/query", header: "#/header" };
