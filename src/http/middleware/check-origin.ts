import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";
import { problem } from "../problem.ts";

/**
 * CORS does not hold for WebSockets: a browser opens one from any page and only says which. Where the game's origins
 * are configured, pages of others are refused; who is no browser sends no origin. Without configured origins anybody may
 * connect: a token has to be sent, and no browser adds one by itself.
 */
export const checkOrigin: MiddlewareHandler<AppEnv> = (c, next) => {
  const { corsOrigins } = c.get("config");
  const origin = c.req.header("origin");
  const isAllowed = origin === undefined || corsOrigins.length === 0 || corsOrigins.includes(origin);
  return isAllowed || origin === new URL(c.req.url).origin ? next() : Promise.resolve(problem(c, "foreign_origin"));
};
