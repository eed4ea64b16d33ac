import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { LIMITS } from "../../core/limits.ts";
import type { AppEnv } from "../app-env.ts";
import { problem } from "../problem.ts";

const limitUnknownLength: MiddlewareHandler<AppEnv> = bodyLimit({
  maxSize: LIMITS.bodyBytes,
  onError: (c) => problem(c, "body_too_large"),
});

/**
 * Refuses larger bodies before anything reads them. HTTP holds a body to its content length, so a small one needs no
 * look at the body: making a stream of it costs a tenth of an enqueue call.
 */
export const limitBody: MiddlewareHandler<AppEnv> = (c, next) => {
  const length = c.req.header("content-length");
  const isKnownSmall = length !== undefined && Number(length) <= LIMITS.bodyBytes;
  if (isKnownSmall && c.req.header("transfer-encoding") === undefined) return next();
  return limitUnknownLength(c, next);
};
