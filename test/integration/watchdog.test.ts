import { runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import worker from "../../src/index.ts";
import { Log } from "../../src/log.ts";
import { Metrics } from "../../src/metrics/metrics.ts";
import type { Region } from "../../src/region/region.ts";
import { keepAlive } from "../../src/watchdog.ts";
import { KEY } from "./http-support.ts";
import { LostDatabase } from "./lost-database.ts";
import { aCall, alarmOf, eventually, playersInMatch, queuedPlayers, regionObject, restart } from "./region-support.ts";
import { registerPlayers } from "./results-support.ts";

const CRON = { cron: "*/5 * * * *", scheduledTime: 0, noRetry: () => {} };

/** Four in line, and the alarm that should match them is gone, as after the platform's six tries. */
async function playersWithoutAlarm(region: string): Promise<string[]> {
  const players = await queuedPlayers(region, 3);
  const [last = ""] = await registerPlayers(1, region);
  await runInDurableObject(regionObject(region), async (object: Region, state) => {
    await object.enqueue(aCall(last));
    await state.storage.deleteAlarm();
  });
  return [...players, last];
}

async function areMatched(region: string, players: readonly string[]): Promise<boolean> {
  const states = await Promise.all(players.map((playerId) => regionObject(region).stateOf(playerId)));
  return states.every(({ type }) => type === "matched");
}

/** As the hub has it. */
async function rearmedIn(region: string): Promise<number> {
  const response = await exports.default.fetch(new Request("http://muster/metrics", { headers: KEY }));
  const page = await response.text();
  const line = page.split("\n").find((text) => text.startsWith(`muster_alarms_rearmed_total{region="${region}"}`));
  return line === undefined ? Number.NaN : Number(line.split(" ").at(-1));
}

async function rearmedOnce(region: string): Promise<unknown> {
  return eventually(async () => ((await rearmedIn(region)) === 1 ? true : null));
}

describe("a region that lost its alarm", () => {
  it("goes on matching after the next cron, and that is counted", async () => {
    const players = await playersWithoutAlarm("EUW");
    await scheduler.wait(1_500);
    expect(await areMatched("EUW", players)).toBe(false);
    await worker.scheduled(CRON, env);
    await eventually(async () => ((await areMatched("EUW", players)) ? true : null));
    await rearmedOnce("EUW");
  });

  it("does so too when it had fallen asleep meanwhile", async () => {
    const players = await playersWithoutAlarm("NA");
    await restart("NA");
    await worker.scheduled(CRON, env);
    await eventually(async () => ((await areMatched("NA", players)) ? true : null));
    await rearmedOnce("NA");
  });

  it("is found out also where the next thing to do is far away", async () => {
    await playersInMatch("KR");
    await runInDurableObject(regionObject("KR"), (_, state) => state.storage.deleteAlarm());
    await worker.scheduled(CRON, env);
    expect(await alarmOf("KR")).not.toBeNull();
    await rearmedOnce("KR");
  });

  it("had an alarm whose handler failed because nothing could be written, not even the next alarm", async () => {
    const players = await queuedPlayers("BR", 3);
    const [last = ""] = await registerPlayers(1, "BR");
    await runInDurableObject(regionObject("BR"), async (object: Region, state) => {
      await object.enqueue(aCall(last));
      await state.storage.deleteAlarm();
      await scheduler.wait(300);
      const heal = poison(state);
      await expect(object.alarm()).rejects.toThrow("no room");
      heal();
    });
    await worker.scheduled(CRON, env);
    await eventually(async () => ((await areMatched("BR", [...players, last])) ? true : null));
  });
});

describe("an ordinary wake", () => {
  it("counts nothing: asleep with an alarm, alone in line, in a match, or with nothing to do", async () => {
    await queuedPlayers("OCE", 4);
    // Its own alarm wakes it, at the moment that it had before it fell asleep.
    await restart("OCE");
    await queuedPlayers("JPN", 1);
    const { players } = await playersInMatch("LAS");
    await restart("LAS");
    for (let turn = 0; turn < 3; turn += 1) {
      await worker.scheduled(CRON, env);
      await scheduler.wait(300);
    }
    expect(await areMatched("LAS", players)).toBe(true);
    for (const region of ["OCE", "JPN", "LAS", "LAN"]) expect([region, await rearmedIn(region)]).toEqual([region, 0]);
  });
});

describe("a region that cannot be woken", () => {
  it("stops no other and not the cron, whether it fails or hangs", async () => {
    const woken: string[] = [];
    const getByName = (name: string) => ({
      wake: (): Promise<void> => {
        if (name === "EUW") return Promise.reject(new Error("Network connection lost."));
        if (name === "NA") return new Promise(() => {});
        woken.push(name);
        return Promise.resolve();
      },
    });
    const REGION = new Proxy(env.REGION, {
      get: (target, key) => (key === "getByName" ? getByName : Reflect.get(target, key)),
    });
    await keepAlive({ ...env, REGION }, CRON, new Metrics(), new Log("off"), 30);
    expect(woken).toEqual(env.REGIONS.split(" ").filter((name) => name !== "EUW" && name !== "NA"));
  });
});

describe("the hourly cron", () => {
  it("wakes the regions also while D1 is out, and leaves old idempotency keys for the next hour", async () => {
    const woken: string[] = [];
    const REGION = new Proxy(env.REGION, {
      get: (target, key) =>
        key === "getByName"
          ? (name: string) => ({ wake: async () => void woken.push(name) })
          : Reflect.get(target, key),
    });
    const lost = new LostDatabase(env.DB, "fail");
    await keepAlive({ ...env, REGION, DB: lost.db }, { ...CRON, cron: "7 * * * *" }, new Metrics(), new Log("off"));
    expect(woken).toHaveLength(env.REGIONS.split(" ").length);
    expect(lost.calls).toBeGreaterThan(0);
  });
});

/** Storage that takes neither rows nor an alarm. @returns makes it take them again */
function poison({ storage }: DurableObjectState): () => void {
  const setAlarm = storage.setAlarm.bind(storage);
  storage.sql.exec("CREATE TRIGGER full BEFORE INSERT ON matches BEGIN SELECT RAISE(ABORT, 'no room'); END");
  Object.defineProperty(storage, "setAlarm", { configurable: true, value: () => Promise.reject(new Error("no room")) });
  return () => {
    storage.sql.exec("DROP TRIGGER full");
    Object.defineProperty(storage, "setAlarm", { configurable: true, value: setAlarm });
  };
}
