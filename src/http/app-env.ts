import type { Config, Env } from "../env.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { Caller } from "./auth/caller.ts";

/** What a call's one log line will say besides its route and status: an event's name, and ids. Never a secret. */
export type Notes = Record<string, string | number | boolean>;

/**
 * Hono's environment: the bindings, and what the middleware puts into the context of each call. Read it with
 * `c.get("…")`: `c.var` makes an object of all of them at every access, a twentieth of an enqueue call.
 */
export interface AppEnv {
  Bindings: Env;
  Variables: {
    /** Names the call in the log, in the `x-request-id` header and in `instance` of a problem. */
    requestId: string;
    notes: Notes;
    metrics: Metrics;
    config: Config;
    log: Log;
    caller: Caller;
  };
}
