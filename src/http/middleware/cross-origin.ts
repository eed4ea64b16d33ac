import type { MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import type { AppEnv } from "../app-env.ts";

const withCors: MiddlewareHandler<AppEnv> = cors({
  origin: (origin, c) => (c.get("config").corsOrigins.includes(origin) ? origin : null),
  allowMethods: ["GET", "POST", "DELETE"],
  allowHeaders: ["authorization", "content-type", "x-api-key", "x-idempotency-key"],
  exposeHeaders: ["x-request-id", "retry-after", "www-authenticate"],
  maxAge: 86_400,
});

/** Lets pages of the configured origins call; where none is configured, no answer says a word about origins. */
export const crossOrigin: MiddlewareHandler<AppEnv> = (c, next) =>
  c.get("config").corsOrigins.length === 0 ? next() : withCors(c, next);
