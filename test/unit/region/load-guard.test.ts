import { describe, expect, it, vi } from "vitest";
import { LIMITS } from "../../../src/core/limits.ts";
import { Log } from "../../../src/log.ts";
import { Metrics } from "../../../src/metrics/metrics.ts";
import { LoadGuard } from "../../../src/region/load-guard.ts";
import { aQueue } from "../builders/a-queue.ts";

function aGuard(waitingPlayers = 0) {
  const metrics = new Metrics();
  const log = new Log("off");
  const warned = vi.spyOn(log, "warn");
  const world = { nowMs: 1_000_000, share: 0, waitingPlayers };
  const queue = aQueue();
  vi.spyOn(queue, "playerCount", "get").mockImplementation(() => world.waitingPlayers);
  const guard = new LoadGuard({
    region: "EUW",
    metrics,
    log,
    now: () => world.nowMs,
    random: () => world.share,
    queue: () => queue,
  });
  const sampleOf = async (name: string) => {
    const line = (await metrics.registry.metrics()).split("\n").find((one) => one.startsWith(name));
    return line === undefined ? null : Number(line.split(" ").at(-1));
  };
  const runLate = () => {
    for (let ticks = 0; ticks < LIMITS.lateTicks; ticks += 1) guard.ticked(LIMITS.lateTickMs);
  };
  return { guard, world, warned, sampleOf, runLate };
}

describe("a region that has too much to do", () => {
  it("refuses with a time to come back that is spread over some seconds", () => {
    const { guard, world, runLate } = aGuard();
    runLate();
    expect(guard.refusalOf("enqueue")).toEqual({ reason: "overloaded", untilMs: 1_003_000 });
    world.share = 0.999_999;
    expect(guard.refusalOf("socket")).toEqual({ reason: "overloaded", untilMs: 1_008_999 });
  });

  it("counts whom it turns away by what they wanted, and shows that it does", async () => {
    const { guard, sampleOf, runLate } = aGuard();
    expect(await sampleOf("muster_overloaded{")).toBe(0);
    runLate();
    guard.refusalOf("enqueue");
    guard.refusalOf("enqueue");
    guard.refusalOf("party");
    expect(await sampleOf("muster_overloaded{")).toBe(1);
    expect(await sampleOf('muster_calls_shed_total{region="EUW",kind="enqueue"}')).toBe(2);
    expect(await sampleOf('muster_calls_shed_total{region="EUW",kind="party"}')).toBe(1);
    expect(await sampleOf('muster_calls_shed_total{region="EUW",kind="socket"}')).toBeNull();
  });

  it("lets everybody in again after a while of calm, and logs only when that changes", async () => {
    const { guard, world, warned, sampleOf, runLate } = aGuard();
    expect(guard.refusalOf("enqueue")).toBeNull();
    runLate();
    guard.refusalOf("enqueue");
    world.nowMs += LIMITS.calmForMs - 1;
    expect(guard.refusalOf("enqueue")).not.toBeNull();
    world.nowMs += 1;
    expect(guard.refusalOf("enqueue")).toBeNull();
    expect(guard.refusalOf("enqueue")).toBeNull();
    expect(await sampleOf("muster_overloaded{")).toBe(0);
    expect(warned.mock.calls.map(([event]) => event)).toEqual(["overload_began", "overload_ended"]);
  });
});

describe("a region that is full", () => {
  it("refuses newcomers from the limit on, and takes them again clearly below it", () => {
    const { guard, world } = aGuard(LIMITS.fullPlayers - 1);
    expect(guard.refusalOf("enqueue")).toBeNull();
    world.waitingPlayers = LIMITS.fullPlayers;
    expect(guard.refusalOf("enqueue")).not.toBeNull();
    world.waitingPlayers = LIMITS.roomyPlayers;
    expect(guard.refusalOf("enqueue")).not.toBeNull();
    world.waitingPlayers = LIMITS.roomyPlayers - 1;
    expect(guard.refusalOf("enqueue")).toBeNull();
  });
});
