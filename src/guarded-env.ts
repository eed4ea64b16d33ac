import { DatabaseHealth, guardDatabase } from "./db/guarded-database.ts";
import type { Env } from "./env.ts";

/**
 * Somebody waits for each call, so a read that is not there after 3 s is not worth more of their time; D1's usual answer
 * takes tens of milliseconds. A write that is given up may have happened, so it gets longer.
 */
const LIMITS = { readMs: 3_000, writeMs: 5_000 };

/** What this isolate knows of D1. */
const health = new DatabaseHealth();
const guarded = new WeakMap<Env, Env>();

/** The bindings for requests: every call to D1 has a time limit, whoever makes it. The same for the same bindings. */
export function guardedEnv(env: Env): Env {
  const known = guarded.get(env) ?? { ...env, DB: guardDatabase(env.DB, health, LIMITS) };
  guarded.set(env, known);
  return known;
}
