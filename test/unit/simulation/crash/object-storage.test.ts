import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inLife, Life } from "../../../../simulation/crash/platform/life.ts";
import type { ObjectStorageSettings } from "../../../../simulation/crash/platform/object-storage.ts";
import { ObjectStorage } from "../../../../simulation/crash/platform/object-storage.ts";
import { VirtualTime } from "../../../../simulation/crash/platform/virtual-time.ts";

const FLUSH_MS = 10;

async function aStorage(overrides: Partial<ObjectStorageSettings> = {}) {
  const time = new VirtualTime(0);
  const storage = new ObjectStorage({
    time,
    flushMs: () => FLUSH_MS,
    mayFail: () => {},
    durable: () => {},
    alarmChanged: () => {},
    ...overrides,
  });
  storage.exec("CREATE TABLE facts (id INTEGER)");
  // Whatever is written next is of another turn.
  await Promise.resolve();
  pass(time, FLUSH_MS);
  return {
    storage,
    time,
    ids: () => storage.rows("SELECT id FROM facts ORDER BY id").map((row) => Object.values(Object(row))[0]),
  };
}

function pass(time: VirtualTime, ms: number): void {
  const untilMs = time.nowMs + ms;
  for (let next = time.takeNext(untilMs); next !== null; next = time.takeNext(untilMs)) next.act();
}

/** Each write is an event of its own. */
async function write(storage: ObjectStorage, id: number): Promise<void> {
  storage.exec("INSERT INTO facts VALUES (?)", id);
  await Promise.resolve();
}

describe("an object's storage", () => {
  it("keeps, in a crash, some of the latest writes: the oldest, and never one without those before it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        async (count, keep) => {
          const { storage, ids } = await aStorage();
          for (let id = 1; id <= count; id += 1) await write(storage, id);
          storage.crash(keep);
          const kept = Math.floor(keep * (count + 1));
          expect(ids()).toEqual(Array.from({ length: kept }, (_, index) => index + 1));
        },
      ),
      { numRuns: 50 },
    );
  });

  it("loses nothing that was flushed", async () => {
    const { storage, time, ids } = await aStorage();
    await write(storage, 1);
    pass(time, FLUSH_MS);
    await write(storage, 2);
    storage.crash(0);
    expect(ids()).toEqual([1]);
  });

  it("takes writes of one turn as one: a crash keeps all of them or none", async () => {
    const { storage, ids } = await aStorage();
    storage.exec("INSERT INTO facts VALUES (1)");
    storage.exec("INSERT INTO facts VALUES (2)");
    storage.crash(0.4);
    expect(ids()).toEqual([]);
  });

  it("lets out what waits for a write only when it is durable, in order", async () => {
    const { storage, time } = await aStorage();
    const out: string[] = [];
    storage.whenDurable(() => out.push("at once"));
    await write(storage, 1);
    storage.whenDurable(() => out.push("first"));
    await write(storage, 2);
    storage.whenDurable(() => out.push("second"));
    expect(out).toEqual(["at once"]);
    pass(time, FLUSH_MS);
    expect(out).toEqual(["at once", "first", "second"]);
  });

  it("never lets out what waited for a write that was lost", async () => {
    const { storage, time } = await aStorage();
    let isOut = false;
    await write(storage, 1);
    storage.whenDurable(() => {
      isOut = true;
    });
    storage.crash(0);
    pass(time, 10 * FLUSH_MS);
    expect(isOut).toBe(false);
  });

  it("lets out what a planted bug opens the gate for", async () => {
    const { storage } = await aStorage({ openGate: "frames" });
    await write(storage, 1);
    const out: string[] = [];
    storage.gate("answers", () => out.push("answer"));
    storage.gate("frames", () => out.push("frame"));
    expect(out).toEqual(["frame"]);
  });

  it("sets the alarm back to what it was before the first write that is lost", async () => {
    const { storage, time } = await aStorage();
    storage.setAlarm(100);
    pass(time, FLUSH_MS);
    await Promise.resolve();
    storage.setAlarm(200);
    storage.crash(0);
    expect(storage.alarmMs).toBe(100);
  });

  it("undoes a transaction that throws, and nothing else", async () => {
    const { storage, time, ids } = await aStorage();
    await write(storage, 1);
    expect(() =>
      storage.transactionSync(() => {
        storage.exec("INSERT INTO facts VALUES (2)");
        throw new Error("no");
      }),
    ).toThrow("no");
    pass(time, FLUSH_MS);
    expect(ids()).toEqual([1]);
  });

  it("ends a process between its write and anybody's hearing of it, where that is planned", async () => {
    const { storage, time, ids } = await aStorage();
    const life = new Life("region");
    life.callsLeft = 1;
    expect(() => inLife(life, () => storage.exec("INSERT INTO facts VALUES (1)"))).toThrow("the process is gone");
    expect(life).toMatchObject({ isDead: true, diedAt: "after a write" });
    pass(time, FLUSH_MS);
    expect(ids()).toEqual([1]);
  });

  it("says what has become durable, commit by commit", async () => {
    const commits: unknown[] = [];
    const { storage, time } = await aStorage({ durable: (commit) => commits.push(commit) });
    const life = new Life("region");
    life.taken = [{ type: "cool_down_forgotten", playerId: "ann" }];
    inLife(life, () => storage.exec("INSERT INTO facts VALUES (1)"));
    expect(commits).toEqual([]);
    pass(time, FLUSH_MS);
    expect(commits).toEqual([[{ type: "cool_down_forgotten", playerId: "ann" }]]);
  });
});
