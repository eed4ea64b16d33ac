import type { Context } from "hono";
import type { AppEnv, Notes } from "./app-env.ts";

/** Adds to the call's one log line: what happened, by a stable name, and the ids it happened to. Never a secret. */
export function note(c: Context<AppEnv>, event: string, ids: Notes): void {
  Object.assign(c.get("notes"), ids, { event });
}
