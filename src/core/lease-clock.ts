import type { Mode } from "./mode.ts";
import type { AskedLease } from "./queue-calls.ts";
import type { TicketLease } from "./ticket.ts";

/** What is stored of a player who may have left, with their ticket. Whoever has an open socket has no clock. */
export interface LeaseClock {
  readonly playerId: string;
  /** Their last sign of life; of somebody who is away the loss of their last socket. See `isWorthStoring`. */
  readonly heardAtMs: number;
  /** Their socket was lost and they were not heard of since. */
  readonly isAway: boolean;
}

/** Leases run out at multiples of this, so that a crowd of them is looked through no more often. */
const GRAIN_MS = 1_000;

/**
 * After waking no lease runs out sooner: whoever was about to come back when the region died can do so. Less than the
 * ten seconds for which the platform keeps an object that nothing happens to, so the region is still awake when this is
 * over and it cannot begin again and again.
 */
const WAKE_GRACE_MS = 5_000;

/** When a lease runs out that began or was renewed at `nowMs`. */
export function runsOutMs(leaseMs: number, nowMs: number): number {
  return Math.ceil((nowMs + leaseMs) / GRAIN_MS) * GRAIN_MS;
}

/**
 * Whether a sign of life is to be stored, which costs a row: only if the stored one is older than half the lease. With
 * 120 s whoever calls every second costs a row a minute.
 */
export function isWorthStoring({ heardAtMs }: { readonly heardAtMs: number }, leaseMs: number, nowMs: number): boolean {
  return nowMs - heardAtMs > leaseMs / 2;
}

/**
 * When a lease runs out that a region which woke at `nowMs` finds stored. Signs of life of up to half a lease may not
 * have been stored, and it must never run out too early; when a socket was lost always is. With 120 s, after a call
 * stored at 0: at 180 s; after a loss with 30 s: at 30 s; either at 205 s if the region woke at 200 s.
 */
export function resumedRunsOutMs({ heardAtMs, isAway }: LeaseClock, leaseMs: number, nowMs: number): number {
  const unstoredMs = isAway ? 0 : leaseMs / 2;
  return Math.max(runsOutMs(leaseMs + unstoredMs, heardAtMs), runsOutMs(WAKE_GRACE_MS, nowMs));
}

/** The lease of a place that is asked for like that. */
export function leaseOf({ kind, ms }: AskedLease, { socketGraceS, httpLeaseS }: Mode): TicketLease {
  return { kind, ms: ms ?? (kind === "socket" ? socketGraceS : httpLeaseS) * 1_000 };
}
