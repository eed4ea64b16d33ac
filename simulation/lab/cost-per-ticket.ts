import type { Ticket } from "../../src/core/ticket.ts";
import type { Run } from "./run-trace.ts";

/**
 * What a run cost the first tickets of its trace on average, in 1v1: half of its pair's difference and its own wait, so
 * that a pair costs |Δrating| + a·(sum of both waits).
 *
 * Whoever was never matched waited until the trace's end: leaving the difficult ones alone must not pay.
 *
 * @param tickets how many, from the first on
 * @param pointsPerSecond `a`
 * @returns rating points
 */
export function costPerTicket({ trace, matches }: Run, tickets: number, pointsPerSecond: number): number {
  const fates = new Map<Ticket, { readonly difference: number; readonly endedAtMs: number }>();
  for (const { teams, madeAtMs } of matches) {
    const pair = teams.flat();
    const mus = pair.flatMap(({ players }) => players.map(({ mu }) => mu));
    const fate = { difference: Math.max(...mus) - Math.min(...mus), endedAtMs: madeAtMs };
    for (const ticket of pair) fates.set(ticket, fate);
  }
  const judged = trace.arrivals.slice(0, tickets);
  const total = judged.reduce((sum, { ticket }) => {
    const { difference, endedAtMs } = fates.get(ticket) ?? { difference: 0, endedAtMs: trace.durationMs };
    return sum + difference / 2 + (pointsPerSecond * (endedAtMs - ticket.enqueuedAtMs)) / 1000;
  }, 0);
  return total / judged.length;
}
