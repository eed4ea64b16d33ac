import type { Context } from "hono";
import type { AppEnv } from "./app-env.ts";
import type { ProblemResponse } from "./problem.ts";
import { problem } from "./problem.ts";

/** @param pointer the field that holds the name, as in `errors` */
export function answerUnknownRegion(c: Context<AppEnv>, pointer: string): ProblemResponse<"unknown_region"> {
  return problem(c, "unknown_region", {
    errors: [{ pointer, detail: `One of ${c.get("config").regions.join(", ")}` }],
  });
}

/** @param pointer the field that holds the name, as in `errors` */
export function answerUnknownMode(c: Context<AppEnv>, pointer: string): ProblemResponse<"unknown_mode"> {
  const names = [...c.get("config").modes.byName.keys()];
  return problem(c, "unknown_mode", { errors: [{ pointer, detail: `One of ${names.join(", ")}` }] });
}
