import { afterEach, describe, expect, it, vi } from "vitest";
import { connectionOf } from "../../../src/core/assignment.ts";
import { LIMITS } from "../../../src/core/limits.ts";
import { EMPTY_QUEUE_STATE } from "../../../src/core/queue-state.ts";
import type { LogLevel } from "../../../src/log.ts";
import { Log } from "../../../src/log.ts";
import { Metrics } from "../../../src/metrics/metrics.ts";
import { Allocating } from "../../../src/region/allocating.ts";
import type { AllocatorAnswer } from "../../../src/region/allocator.ts";
import { LiveRegion } from "../../../src/region/live-region.ts";
import { RegionObserver } from "../../../src/region/region-observer.ts";
import { aMatch, aTeam } from "../builders/a-match.ts";
import { hostedModes } from "../builders/a-match-without-server.ts";

const ASSIGNED: AllocatorAnswer = { type: "assigned", status: "200", connection: '{"port":1}' };
const DEADLINE_MS = 20_000;

/** So many matches wait for servers, and an allocator answers when the test says so. */
function aWorld(matches: number, logLevel: LogLevel = "off") {
  const state = {
    ...EMPTY_QUEUE_STATE,
    exportedThroughRev: 0,
    matches: Array.from({ length: matches }, (_, index) => {
      const [one, other] = [`player-${2 * index}`, `player-${2 * index + 1}`];
      const teams = [aTeam("teamA", one), aTeam("teamB", other)];
      const assignment = { type: "awaiting", tickets: [], deadlineMs: DEADLINE_MS } as const;
      return aMatch({ matchId: `match-${index}`, rev: index + 1, teams, assignment });
    }),
  };
  const settings = {
    region: "EUW",
    modes: hostedModes(),
    locations: [],
    write: async () => {},
    platform: { getWebSockets: () => [] },
  };
  const live = new LiveRegion(settings, state, 0);
  const clock = { nowMs: 0 };
  const calls: { matchId: string; answer: (answer: AllocatorAnswer) => Promise<void> }[] = [];
  const works: Promise<void>[] = [];
  let wakes = 0;
  const metrics = new Metrics();
  const log = new Log(logLevel);
  const observer = new RegionObserver("EUW", settings.modes, metrics, log);
  const allocating = new Allocating({
    region: "EUW",
    live,
    allocator: {
      ask: ({ match_id: matchId }) =>
        new Promise((resolve) => {
          const work = works.length;
          calls.push({
            matchId,
            answer: async (answer) => {
              resolve(answer);
              await works[work];
            },
          });
        }),
    },
    event: (act) => {
      const outcome = act(live.queue, clock.nowMs);
      const changes = live.queue.takeChanges();
      live.committed(changes, clock.nowMs);
      observer.committed(changes, clock.nowMs);
      return outcome;
    },
    metrics,
    log,
    now: () => clock.nowMs,
    waitUntil: (work) => works.push(work),
    ended: () => {
      wakes += 1;
    },
  });
  return { live, clock, calls, allocating, wakes: () => wakes };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("asking for servers", () => {
  it("begins after a wake with every match that waits, a few at once", async () => {
    const { allocating, calls } = aWorld(6);
    allocating.start();
    allocating.start();
    expect(calls.map(({ matchId }) => matchId)).toEqual(["match-0", "match-1", "match-2", "match-3"]);
    expect(LIMITS.allocatorCalls).toBe(4);
    expect(allocating.nextWakeMs()).toBe(Number.POSITIVE_INFINITY);
    await calls[2]?.answer(ASSIGNED);
    expect(calls.map(({ matchId }) => matchId)).toEqual(["match-0", "match-1", "match-2", "match-3", "match-4"]);
  });

  it("ends for a match that got its server", async () => {
    const { live, allocating, calls, wakes } = aWorld(1);
    allocating.start();
    await calls[0]?.answer(ASSIGNED);
    expect(live.queue.matches.withStatus("pending").map(connectionOf)).toEqual(['{"port":1}']);
    expect(allocating.nextWakeMs()).toBe(Number.POSITIVE_INFINITY);
    expect(wakes()).toBe(1);
  });

  it("goes on after a failure when it is time, under the same id", async () => {
    const { clock, allocating, calls } = aWorld(1);
    allocating.start();
    await calls[0]?.answer({ type: "failed", status: "503", retryAfterMs: 3_000 });
    expect(allocating.nextWakeMs()).toBe(3_000);
    clock.nowMs = 2_999;
    allocating.start();
    expect(calls).toHaveLength(1);
    clock.nowMs = 3_000;
    allocating.start();
    expect(calls.map(({ matchId }) => matchId)).toEqual(["match-0", "match-0"]);
  });

  it("ends when the allocator has taken the match, which waits on", async () => {
    const { live, allocating, calls } = aWorld(1);
    allocating.start();
    await calls[0]?.answer({ type: "taken", status: "202" });
    expect(allocating.nextWakeMs()).toBe(Number.POSITIVE_INFINITY);
    expect(live.matchesWithoutServer()).toHaveLength(1);
  });

  it("cancels a match that is refused a server", async () => {
    const { live, allocating, calls } = aWorld(1);
    allocating.start();
    await calls[0]?.answer({ type: "refused", status: "410" });
    expect(live.queue.matches.find("match-0")?.status).toBe("cancelled");
    expect(allocating.nextWakeMs()).toBe(Number.POSITIVE_INFINITY);
  });

  it.each<AllocatorAnswer>([
    ASSIGNED,
    { type: "refused", status: "410" },
    { type: "failed", status: "500", retryAfterMs: 0 },
  ])("changes nothing by an answer that comes too late: $type", async (answer) => {
    const { live, clock, allocating, calls } = aWorld(1);
    allocating.start();
    clock.nowMs = DEADLINE_MS;
    live.queue.tick(clock.nowMs);
    live.committed(live.queue.takeChanges(), clock.nowMs);
    const cancelled = live.queue.matches.find("match-0");
    expect(cancelled?.status).toBe("cancelled");
    await calls[0]?.answer(answer);
    expect(live.queue.matches.find("match-0")).toEqual(cancelled);
    expect(allocating.nextWakeMs()).toBe(Number.POSITIVE_INFINITY);
  });

  it("leaves the server that claimed the match first", async () => {
    const { live, allocating, calls } = aWorld(1);
    allocating.start();
    live.queue.assignments.assign("match-0", '{"port":2}', 100);
    live.committed(live.queue.takeChanges(), 100);
    await calls[0]?.answer(ASSIGNED);
    expect(live.queue.matches.withStatus("pending").map(connectionOf)).toEqual(['{"port":2}']);
  });

  it("says in the log what came of it, and nothing of how to get to a server", async () => {
    const lines: string[] = [];
    for (const level of ["log", "warn", "error", "debug"] as const) {
      vi.spyOn(console, level).mockImplementation((line) => lines.push(String(line)));
    }
    const { live, allocating, calls } = aWorld(2, "debug");
    allocating.start();
    live.queue.assignments.assign("match-1", '{"port":2}', 100);
    live.committed(live.queue.takeChanges(), 100);
    await calls[0]?.answer(ASSIGNED);
    await calls[1]?.answer(ASSIGNED);
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(["match_assigned", "allocator_answer_late"]);
    expect(lines.join()).not.toContain("port");
  });
});
