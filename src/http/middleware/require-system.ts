import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";
import { problem } from "../problem.ts";

export const requireSystem: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { isSystem, player } = c.get("caller");
  if (!isSystem) return problem(c, player === null ? "credentials_needed" : "system_only");
  await next();
};
