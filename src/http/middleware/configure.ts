import type { MiddlewareHandler } from "hono";
import { ConfigError, configOf } from "../../env.ts";
import type { LogLevel } from "../../log.ts";
import { Log } from "../../log.ts";
import type { AppEnv } from "../app-env.ts";
import { problem } from "../problem.ts";

/** One log for each level: a request's fields come with its one line. */
const logs = new Map<LogLevel, Log>();

/** Gives the call its configuration. With a faulty one the service answers nothing but what is wrong with it. */
export const configure: MiddlewareHandler<AppEnv> = (c, next) => {
  c.set("log", logOf("error"));
  try {
    c.set("config", configOf(c.env));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    c.get("log").error("misconfigured", error, { request_id: c.get("requestId") });
    return Promise.resolve(problem(c, "misconfigured", { detail: `${error.problems.join(". ")}.` }));
  }
  c.set("log", logOf(c.get("config").logLevel));
  return next();
};

function logOf(level: LogLevel): Log {
  const log = logs.get(level) ?? new Log(level);
  logs.set(level, log);
  return log;
}
