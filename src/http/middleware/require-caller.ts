import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";
import { problem } from "../problem.ts";

/** The system or any player; whether it is the right player the route says. */
export const requireCaller: MiddlewareHandler<AppEnv> = (c, next) => {
  const { isSystem, player, identity } = c.get("caller");
  if (isSystem || player !== null) return next();
  return Promise.resolve(problem(c, identity === null ? "credentials_needed" : "not_registered"));
};
