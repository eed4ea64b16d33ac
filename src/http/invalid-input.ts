import type { Hook } from "@hono/zod-openapi";
import type { ZodError } from "zod";
import { jsonPointer } from "../core/json-pointer.ts";
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

/** One error for each faulty field; a refusal of several unknown keys counts as one for each key. */
export function inputErrors(target: Target, issues: readonly Issue[]): InputErrors {
  return issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") return [{ pointer: pointerTo(target, issue.path), detail: issue.message }];
    return issue.keys.map((key) => ({
      pointer: pointerTo(target, [...issue.path, key]),
      detail: "This key is unknown.",
    }));
  });
}

const PLACES: Partial<Record<Target, string>> = { param: "#/path", query: "#/query", header: "#/header" };

/** A JSON pointer (RFC 6901) into the body, such as `/constraints/avoid/0`; `#/query/limit` for other inputs. */
function pointerTo(target: Target, path: readonly PropertyKey[]): string {
  return (PLACES[target] ?? "") + jsonPointer(path);
}
