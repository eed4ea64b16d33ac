import type { Env } from "../env.ts";
import { regionStub } from "../region/directory.ts";
import type { RegionRpc } from "../region/rpc.ts";
import { isOverloaded, RegionUnavailable } from "./outside-failures.ts";

/**
 * Asks a region's object. A call that failed on its way is made once more, with a new stub: the old one stays broken.
 * An overloaded object is left in peace. Every call of `RegionRpc` is safe to repeat.
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
    return await ask(regionStub(env, region));
  } catch (error) {
    if (!isWorthRepeating(error)) throw new RegionUnavailable(region, error);
  }
  try {
    return await ask(regionStub(env, region));
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
