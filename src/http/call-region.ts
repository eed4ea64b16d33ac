import type { Env } from "../env.ts";
import { regionStub } from "../region/directory.ts";
import type { RegionRpc } from "../region/rpc.ts";
import { withTimeout } from "../with-timeout.ts";
import { isOverloaded, RegionUnavailable } from "./outside-failures.ts";

/** Longer than a region waits for D1 on behalf of a call, so that its own answer comes first. */
const TIMEOUT_MS = 10_000;

/**
 * Asks a region's object. A call that failed on its way is made once more, with a new stub: the old one stays broken.
 * An overloaded object is left in peace, and one that does not answer: it may still do what it was asked. Every call of
 * `RegionRpc` is safe to repeat.
 *
 * @param region a configured region
 * @throws {RegionUnavailable}
 */
export async function callRegion<Answer>(
  env: Env,
  region: string,
  ask: (stub: RegionRpc) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await withTimeout(ask(regionStub(env, region)), TIMEOUT_MS, "The object");
  } catch (error) {
    if (!isWorthRepeating(error)) throw new RegionUnavailable(region, error);
  }
  try {
    return await withTimeout(ask(regionStub(env, region)), TIMEOUT_MS, "The object");
  } catch (error) {
    throw new RegionUnavailable(region, error);
  }
}

/** See `isOverloaded` for where the marks come from. */
function isWorthRepeating(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isRetryable = "retryable" in error && error.retryable === true;
  return isRetryable && !isOverloaded(error);
}
