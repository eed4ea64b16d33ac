import type { MiddlewareHandler } from "hono";
import { LIMITS } from "../../core/limits.ts";
import type { AppEnv } from "../app-env.ts";
import { problem } from "../problem.ts";

/** The headers that anything here reads; others are the platform's business. */
const READ_HEADERS = ["authorization", "x-api-key", "x-idempotency-key", "sec-websocket-protocol"];

/**
 * Refuses addresses and headers that no honest client sends, before a pattern or a cipher works on them. Changes no
 * answer, so a socket's upgrade may pass through.
 */
export const limitHead: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (c.req.url.length > LIMITS.urlCharacters) return problem(c, "url_too_long");
  if (READ_HEADERS.some((name) => (c.req.header(name)?.length ?? 0) > LIMITS.headerCharacters)) {
    return problem(c, "header_too_large");
  }
  return next();
};
