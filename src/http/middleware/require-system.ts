import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";
import { problem } from "../problem.ts";

export const requireSystem: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { isSystem, player, identity } = c.get("caller");
  const isNobody = player === null && identity === null;
  if (!isSystem) return problem(c, isNobody ? "credentials_needed" : "system_only");
  await next();
};
