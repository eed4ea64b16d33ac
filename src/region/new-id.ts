import { monotonicFactory } from "ulid";

const POOL_BYTES = 1_024;

/**
 * Makes ids that sort by time, also within a millisecond (ULIDs). The library draws one random byte for each of 16
 * characters; drawing them from a pool keeps an enqueue from asking the platform 16 times.
 */
export function idFactory(): (nowMs: number) => string {
  const pool = new Uint8Array(POOL_BYTES);
  let used = POOL_BYTES;
  return monotonicFactory(() => {
    if (used === POOL_BYTES) {
      crypto.getRandomValues(pool);
      used = 0;
    }
    // ulid takes a number from 0 to below 1.
    const byte = pool[used++] ?? 0;
    return byte / 256;
  });
}
