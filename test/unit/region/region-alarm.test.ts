import { describe, expect, it } from "vitest";
import { RegionAlarm } from "../../../src/region/region-alarm.ts";

const NOW_MS = 1_000_000;

/** An object that just woke, with what its storage holds of an alarm. */
async function anAlarm(storedMs: number | null) {
  const storage = {
    alarmMs: storedMs,
    getAlarm: async () => storage.alarmMs,
    setAlarm: async (atMs: number | Date) => {
      storage.alarmMs = Number(atMs);
    },
  };
  const alarm = new RegionAlarm(storage);
  await alarm.refresh();
  return { alarm, storage };
}

describe("an alarm", () => {
  it("is only ever moved earlier", async () => {
    const { alarm, storage } = await anAlarm(null);
    await alarm.wakeBy(NOW_MS + 500, NOW_MS);
    expect(alarm.wakeBy(NOW_MS + 900, NOW_MS)).toBeNull();
    expect(storage.alarmMs).toBe(NOW_MS + 500);
    await alarm.wakeBy(NOW_MS + 100, NOW_MS);
    expect(storage.alarmMs).toBe(NOW_MS + 100);
    expect(alarm.takeRowsWritten()).toBe(2);
  });

  it("is never set for now: the platform stalls on that", async () => {
    const { alarm, storage } = await anAlarm(null);
    await alarm.wakeBy(NOW_MS - 5_000, NOW_MS);
    expect(storage.alarmMs).toBe(NOW_MS + 1);
  });

  it("is set again once it is ten seconds overdue", async () => {
    const { alarm, storage } = await anAlarm(NOW_MS - 9_999);
    expect(alarm.wakeBy(NOW_MS + 250, NOW_MS)).toBeNull();
    await alarm.wakeBy(NOW_MS + 250, NOW_MS + 1);
    expect(storage.alarmMs).toBe(NOW_MS + 250);
  });
});

describe("a lost alarm", () => {
  it("is told of once: nothing was armed, and something was due", async () => {
    const { alarm } = await anAlarm(null);
    await alarm.wakeBy(NOW_MS + 250, NOW_MS);
    expect([alarm.takeLoss(), alarm.takeLoss()]).toEqual([true, false]);
  });

  it("is one that storage holds and that has not come for ten seconds", async () => {
    const { alarm } = await anAlarm(NOW_MS - 10_000);
    await alarm.wakeBy(NOW_MS + 250, NOW_MS);
    expect(alarm.takeLoss()).toBe(true);
  });

  it("is one that this object had set and storage does not know, whenever the next thing is due", async () => {
    const { alarm, storage } = await anAlarm(null);
    await alarm.wakeBy(NOW_MS + 3_600_000, NOW_MS);
    expect(alarm.takeLoss()).toBe(false);
    storage.alarmMs = null;
    await alarm.refresh();
    await alarm.wakeBy(NOW_MS + 3_600_000, NOW_MS + 300_000);
    expect(alarm.takeLoss()).toBe(true);
  });

  it.each<[string, number | null, number | null]>([
    ["nothing is to be done", null, null],
    ["the next thing is far away, as a lost socket's lease on waking", null, NOW_MS + 4_000],
    ["the alarm is still to come", NOW_MS + 200, NOW_MS + 250],
    ["the alarm is a little late", NOW_MS - 3_000, NOW_MS + 250],
  ])("it is not when %s", async (_, storedMs, wakeMs) => {
    const { alarm } = await anAlarm(storedMs);
    await alarm.wakeBy(wakeMs, NOW_MS);
    expect(alarm.takeLoss()).toBe(false);
  });

  it("it is not when the object was woken by its alarm, which storage does not show meanwhile", async () => {
    const { alarm } = await anAlarm(null);
    await alarm.wakeBy(NOW_MS + 250, NOW_MS);
    alarm.fired();
    await alarm.wakeBy(NOW_MS + 1_000, NOW_MS);
    expect(alarm.takeLoss()).toBe(false);
  });
});
