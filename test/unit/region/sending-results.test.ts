import { describe, expect, it } from "vitest";
import { CONFIRMED_WITHIN_MS } from "../../../src/core/limits.ts";
import { EMPTY_QUEUE_STATE } from "../../../src/core/queue-state.ts";
import type { ResultMessage } from "../../../src/core/result-message.ts";
import { Log } from "../../../src/log.ts";
import { Metrics } from "../../../src/metrics/metrics.ts";
import { LiveRegion } from "../../../src/region/live-region.ts";
import { RegionBackground } from "../../../src/region/region-background.ts";
import { aMatch, aTeam } from "../builders/a-match.ts";
import { hostedModes } from "../builders/a-match-without-server.ts";

const SENT: QueueSendBatchResponse = { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } };

/** A region that was just restored, with so many results on their way since time 0. */
function aWorld(results: number, nowMs = 0) {
  const matches = Array.from({ length: results }, (_, index) =>
    aMatch({
      matchId: `match-${index}`,
      rev: index + 1,
      status: "reporting",
      teams: [aTeam("teamA", `a-${index}`), aTeam("teamB", `b-${index}`)],
      result: { placements: { teamA: 1, teamB: 2 }, reportedAtMs: 0 },
    }),
  );
  const places = { region: "EUW", modes: hostedModes(), locations: [], platform: { getWebSockets: () => [] } };
  const state = { ...EMPTY_QUEUE_STATE, matches, exportedThroughRev: results };
  const live = new LiveRegion({ ...places, write: async () => {} }, state, nowMs);
  const clock = { nowMs };
  const queue = { isOut: false, isHanging: false, isFull: false, sent: [] as string[], calls: 0 };
  const works: Promise<void>[] = [];
  const background = new RegionBackground({
    region: "EUW",
    live,
    results: {
      sendBatch: async (messages) => {
        queue.calls += 1;
        if (queue.isOut) throw new Error("Network connection lost.");
        if (queue.isHanging) return new Promise<never>(() => {});
        for (const { body } of messages as Iterable<MessageSendRequest<ResultMessage>>) queue.sent.push(body.matchId);
        return SENT;
      },
    },
    sendTimeoutMs: 20,
    allocator: null,
    event: (act) => {
      if (queue.isFull) throw new Error("no room");
      const outcome = act(live.queue, clock.nowMs);
      live.committed(live.queue.takeChanges(), clock.nowMs);
      return outcome;
    },
    metrics: new Metrics(),
    log: new Log("off"),
    now: () => clock.nowMs,
    waitUntil: (work) => works.push(work),
    ended: () => {},
  });
  /** Does what is due at that time, until it is done. */
  const runAt = async (atMs: number) => {
    clock.nowMs = atMs;
    background.start();
    await Promise.all(works.splice(0));
  };
  return { live, queue, background, runAt };
}

describe("results on their way", () => {
  it("are all sent at once after a restart, and again while nobody confirms them", async () => {
    const { queue, background, runAt } = aWorld(60);
    await runAt(0);
    expect([queue.calls, new Set(queue.sent).size]).toEqual([3, 60]);
    expect(background.nextWakeMs()).toBe(5_000);
    await runAt(5_000);
    expect(queue.sent).toHaveLength(120);
  });

  it.each(["isOut", "isHanging"] as const)(
    "wait in the region while the queue %s, one call at a time",
    async (fault) => {
      const { live, queue, background, runAt } = aWorld(60);
      queue[fault] = true;
      const pausesMs: number[] = [];
      let nowMs = 0;
      for (let call = 0; call < 9; call += 1) {
        await runAt(nowMs);
        expect(queue.calls).toBe(call + 1);
        pausesMs.push(background.nextWakeMs() - nowMs);
        nowMs = background.nextWakeMs();
      }
      expect(pausesMs).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map((s) => s * 1_000));
      expect(live.outbox.size).toBe(60);
      queue[fault] = false;
      await runAt(nowMs);
      expect(new Set(queue.sent).size).toBe(60);
      expect(background.nextWakeMs()).toBeGreaterThan(nowMs);
    },
  );

  it("are given up when nobody confirms them for a day, also across a restart, and are sent no more", async () => {
    const { live, queue, runAt } = aWorld(30, CONFIRMED_WITHIN_MS);
    await runAt(CONFIRMED_WITHIN_MS);
    expect(queue.calls).toBe(0);
    const failures = live.queue.matches.withStatus("rating_failed").map(({ failure }) => failure);
    expect(failures).toEqual(Array.from({ length: 30 }, () => "unconfirmed"));
    await runAt(2 * CONFIRMED_WITHIN_MS);
    expect([queue.calls, live.outbox.size]).toEqual([0, 0]);
  });

  it("are sent until then", async () => {
    const { queue, runAt } = aWorld(1, CONFIRMED_WITHIN_MS - 1);
    await runAt(CONFIRMED_WITHIN_MS - 1);
    expect(queue.sent).toEqual(["match-0"]);
  });

  it("have another day once an operator redrives them", async () => {
    const { live, queue, runAt } = aWorld(1, CONFIRMED_WITHIN_MS);
    await runAt(CONFIRMED_WITHIN_MS);
    const redrivenMs = 2 * CONFIRMED_WITHIN_MS;
    live.queue.redriveAll("unconfirmed", 10, redrivenMs);
    live.committed(live.queue.takeChanges(), redrivenMs);
    await runAt(redrivenMs);
    expect(queue.sent).toEqual(["match-0"]);
    await runAt(redrivenMs + CONFIRMED_WITHIN_MS);
    expect(live.queue.matches.withStatus("rating_failed")).toHaveLength(1);
  });

  it("end with a confirmation that comes after they were given up", async () => {
    const { live, runAt } = aWorld(1, CONFIRMED_WITHIN_MS);
    await runAt(CONFIRMED_WITHIN_MS);
    live.queue.rated("match-0", [], CONFIRMED_WITHIN_MS + 1);
    expect(live.queue.takeChanges()).toMatchObject([{ type: "match_finished", match: { status: "finished" } }]);
  });

  it("stay on their way when giving them up cannot be written", async () => {
    const { live, queue, runAt } = aWorld(1, CONFIRMED_WITHIN_MS);
    queue.isFull = true;
    await runAt(CONFIRMED_WITHIN_MS);
    expect(live.outbox.size).toBe(1);
    expect(queue.calls).toBe(0);
  });
});
