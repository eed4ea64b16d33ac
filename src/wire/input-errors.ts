import type { z } from "zod";
import { jsonPointer } from "../core/json-pointer.ts";
import type { Problem } from "./problem.ts";

type InputErrors = NonNullable<Problem["errors"]>;

/**
 * What a schema refused: one error for each faulty field; a refusal of several unknown keys counts as one for each key.
 *
 * @param place where the input stands; empty: it is the body itself
 */
export function inputErrorsOf(issues: readonly z.core.$ZodIssue[], place = ""): InputErrors {
  return issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys")
      return [{ pointer: place + jsonPointer(issue.path), detail: issue.message }];
    return issue.keys.map((key) => ({
      pointer: place + jsonPointer([...issue.path, key]),
      detail: "This key is unknown.",
    }));
  });
}
