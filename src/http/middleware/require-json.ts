import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";
import { problem } from "../problem.ts";

/**
 * For routes whose body may be left out: a body of another type would be taken for none, and what it says be lost.
 * Whether there is a body the headers tell; a request that came over a proxy may carry an empty one.
 */
export const requireJson: MiddlewareHandler<AppEnv> = (c, next) => {
  const contentType = c.req.header("content-type");
  const hasBody = contentType !== undefined || Number(c.req.header("content-length") ?? "0") > 0;
  const isJson = /^application\/json\s*(;|$)/i.test(contentType ?? "");
  return hasBody && !isJson ? Promise.resolve(problem(c, "unsupported_media_type")) : next();
};
