import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AskedLease } from "../../../src/core/queue-calls.ts";
import { aPlayer } from "../builders/a-player.ts";
import { SLEEPY_MODES, SleepingRegion } from "../builders/a-sleeping-region.ts";

const { defaultMode: mode } = SLEEPY_MODES;
const LEASES = {
  socket: { asked: { kind: "socket" }, ms: mode.socketGraceS * 1_000 },
  http: { asked: { kind: "http" }, ms: mode.httpLeaseS * 1_000 },
  system: { asked: { kind: "http", ms: 41_000 }, ms: 41_000 },
} as const satisfies Record<string, { readonly asked: AskedLease; readonly ms: number }>;

type Kind = keyof typeof LEASES;
const kind = fc.constantFrom<Kind[]>("socket", "http", "system");
const afterMs = fc.constantFrom(100, 3_000, 9_999, 10_000, 10_001, 12_000, 29_500, 61_000, 200_000);

/** What happens in a region around somebody who says nothing. */
interface Visit {
  readonly afterMs: number;
  /** `poll`: the system asks about all who wait. The rest is others who come, connect and go. */
  readonly type: "poll" | "look" | "come" | "connect" | "disconnect";
  readonly other: string;
}
const visits: fc.Arbitrary<Visit[]> = fc.array(
  fc.record({
    afterMs,
    type: fc.constantFrom("poll" as const, "look" as const, "come" as const, "connect" as const, "disconnect" as const),
    other: fc.constantFrom("xen", "yun", "zoe"),
  }),
  { minLength: 5, maxLength: 40, size: "max" },
);

/** Ann takes a place for herself and Bob. */
function come(region: SleepingRegion, of: Kind): void {
  const players = [aPlayer("ann"), aPlayer("bob")];
  region.happen((queue, nowMs) => {
    queue.enqueueParty({ players, mode, constraints: {}, code: null, lease: LEASES[of].asked }, nowMs);
  });
}

function connect(region: SleepingRegion, playerId: string): void {
  region.happen((queue, nowMs) => {
    if (!region.sockets.includes(playerId)) region.sockets.push(playerId);
    queue.leases.connected(playerId, nowMs);
  });
}

function lose(region: SleepingRegion, playerId: string): void {
  if (!region.sockets.includes(playerId)) return;
  region.sockets.splice(region.sockets.indexOf(playerId), 1);
  region.happen((queue, nowMs) => queue.leases.disconnected(playerId, nowMs));
}

function happen(region: SleepingRegion, { type, other }: Visit): void {
  if (type === "connect") connect(region, other);
  else if (type === "disconnect") lose(region, other);
  else if (type === "look") region.happen(() => {});
  else if (type === "come") {
    const request = { player: aPlayer(other), mode, constraints: {}, isSystem: true, release: false };
    region.happen((queue, nowMs) => queue.enqueue(request, nowMs));
  } else {
    region.happen((queue, nowMs) => {
      for (const playerId of ["ann", "bob", other]) queue.leases.seen(playerId, nowMs, true);
    });
  }
}

/** Lets all of it happen, and then nothing for a while. @returns after how long the ticket ended; Infinity: it did not */
function timeToEndMs(region: SleepingRegion, all: readonly Visit[]): number {
  const sinceMs = region.nowMs;
  for (const visit of all) {
    region.pass(visit.afterMs);
    happen(region, visit);
  }
  region.pass(600_000);
  return region.endedAtMs("ann") - sinceMs;
}

describe("however often the region sleeps", () => {
  it("the ticket of somebody whose socket was lost ends after its lease, and soon after", () => {
    fc.assert(
      fc.property(kind, fc.constantFrom("ann", "bob"), visits, visits, (of, absent, before, after) => {
        const region = new SleepingRegion();
        connect(region, "ann");
        connect(region, "bob");
        come(region, of);
        for (const visit of before) {
          region.pass(visit.afterMs);
          happen(region, visit);
        }
        lose(region, absent);
        const tookMs = timeToEndMs(region, after);
        const { ms } = LEASES[of];
        expect(tookMs).toBeGreaterThanOrEqual(ms);
        expect(tookMs).toBeLessThanOrEqual(ms + 5_000 + 1_000);
      }),
      { numRuns: 300 },
    );
  });

  it("the ticket of somebody who stops calling ends a lease to a lease and a half later, and soon after", () => {
    const quiet = visits.map((all) => all.filter(({ type }) => type !== "poll"));
    const calls = fc.array(fc.record({ afterS: fc.integer({ min: 0, max: 40 }), visit: fc.boolean() }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(kind, calls, quiet, (of, calls, after) => {
        const region = new SleepingRegion();
        come(region, of);
        if (of === "socket") region.happen((queue, nowMs) => queue.leases.seen("ann", nowMs));
        const { ms } = LEASES[of];
        for (const { afterS, visit } of calls) {
          region.pass(Math.min(afterS * 1_000, ms - 1));
          if (visit) region.happen(() => {});
          // The second call of an instant is no news.
          for (const _ of [1, 2]) region.happen((queue, nowMs) => queue.leases.seen("ann", nowMs));
        }
        expect(region.endedAtMs("ann")).toBe(Number.POSITIVE_INFINITY);
        const tookMs = timeToEndMs(region, after);
        expect(tookMs).toBeGreaterThanOrEqual(ms);
        expect(tookMs).toBeLessThanOrEqual(1.5 * ms + 5_000 + 1_000);
      }),
      { numRuns: 300 },
    );
  });

  it("whoever keeps a socket open keeps their place", () => {
    fc.assert(
      fc.property(kind, visits, (of, all) => {
        const region = new SleepingRegion();
        connect(region, "ann");
        come(region, of);
        expect(timeToEndMs(region, all)).toBe(Number.POSITIVE_INFINITY);
      }),
      { numRuns: 30 },
    );
  });
});
