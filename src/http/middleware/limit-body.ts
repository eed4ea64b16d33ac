import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { LIMITS } from "../../core/limits.ts";
import type { AppEnv } from "../app-env.ts";
import { problem } from "../problem.ts";

/** Refuses larger bodies, with or without a content length, before anything reads them. */
export const limitBody: MiddlewareHandler<AppEnv> = bodyLimit({
  maxSize: LIMITS.bodyBytes,
  onError: (c) => problem(c, "body_too_large"),
});
