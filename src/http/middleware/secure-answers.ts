import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";

/** For every answer. JSON is no page: a browser that shows it as one runs and loads nothing, nor within another page. */
const HEADERS = {
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
} as const;

/** A year. Not for subdomains: whether they have TLS nobody knows here. */
const STRICT_TRANSPORT = "max-age=31536000";

/**
 * Sets the security headers before the answer is made, so also problems have them; a 101, which is made elsewhere, is
 * left as it is. What is answered to a credential is for its holder: no cache may keep it. The pages at /docs have their
 * headers from `public/_headers`.
 */
export const secureAnswers: MiddlewareHandler<AppEnv> = (c, next) => {
  for (const [name, value] of Object.entries(HEADERS)) c.header(name, value);
  // Asked before the configuration is read, as a faulty one is answered too; production is the default there as well.
  if (c.env.ENVIRONMENT !== "development") c.header("strict-transport-security", STRICT_TRANSPORT);
  const hasCredential = c.req.header("x-api-key") !== undefined || c.req.header("authorization") !== undefined;
  if (hasCredential) c.header("cache-control", "no-store");
  return next();
};
