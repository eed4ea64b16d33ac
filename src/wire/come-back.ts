/** Whoever is turned away waits so long, and up to so much longer: they must not all come back at once. */
const COME_BACK_AFTER_MS = 3_000;
const SPREAD_MS = 6_000;

/** When whoever an overloaded region turns away is to come back. @param share 0 to 1, drawn anew for each of them */
export function comeBackAtMs(nowMs: number, share: number): number {
  return nowMs + COME_BACK_AFTER_MS + Math.floor(share * SPREAD_MS);
}
