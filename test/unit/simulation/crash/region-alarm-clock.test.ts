import { describe, expect, it } from "vitest";
import { Faults } from "../../../../simulation/crash/faults.ts";
import { InjectedFailure } from "../../../../simulation/crash/injected-failure.ts";
import { ObjectStorage } from "../../../../simulation/crash/platform/object-storage.ts";
import { RegionAlarmClock } from "../../../../simulation/crash/platform/region-alarm-clock.ts";
import { VirtualTime } from "../../../../simulation/crash/platform/virtual-time.ts";
import { StepRandom } from "../../../../simulation/crash/step-random.ts";
import { Tally } from "../../../../simulation/crash/tally.ts";
import type { Region } from "../../../../src/region/region.ts";

/** A clock whose alarm rings exactly in time, for a handler that does what the test says. */
function aClock(handle: () => Promise<void>) {
  const time = new VirtualTime(0);
  const tally = new Tally();
  const rang: number[] = [];
  const storage = new ObjectStorage({
    time,
    flushMs: () => 0,
    mayFail: () => {},
    durable: () => {},
    alarmChanged: () => clock.changed(),
  });
  const random = new StepRandom(1);
  const faults = new Faults(random, random, tally, () => time.nowMs, "usual");
  faults.isOn = false;
  faults.alarmLatenessMs = () => 0;
  // Only its alarm is ever called.
  const region = { alarm: handle } as unknown as Region;
  const clock: RegionAlarmClock = new RegionAlarmClock({
    time,
    faults,
    tally,
    storage,
    broke: (what, error) => {
      throw new Error(what, { cause: error });
    },
    enter: (act, heard) => {
      rang.push(time.nowMs);
      void act(region).then(() => heard({ type: "answered", answer: undefined }));
    },
  });
  const pass = async (ms: number) => {
    const untilMs = time.nowMs + ms;
    for (let next = time.takeNext(untilMs); next !== null; next = time.takeNext(untilMs)) {
      next.act();
      await new Promise(setImmediate);
    }
  };
  return { clock, storage, tally, rang, pass };
}

const HOUR_MS = 3_600_000;
const failing = () => Promise.reject(new InjectedFailure("storage failed"));

describe("an object's alarm", () => {
  it("rings once, when it is due, and is set no more", async () => {
    const { storage, rang, pass } = aClock(async () => {});
    storage.setAlarm(500);
    await pass(HOUR_MS);
    expect(rang).toEqual([500]);
    expect(storage.alarmMs).toBeNull();
  });

  it("rings at the last time that was set", async () => {
    const { storage, rang, pass } = aClock(async () => {});
    storage.setAlarm(500);
    storage.setAlarm(200);
    await pass(HOUR_MS);
    expect(rang).toEqual([200]);
  });

  it("rings again after a failure, later each time, and is dropped for good after six more", async () => {
    const { storage, rang, tally, pass } = aClock(failing);
    storage.setAlarm(1_000);
    await pass(HOUR_MS);
    expect(rang.map((ms) => ms / 1_000)).toEqual([1, 3, 7, 15, 31, 63, 127]);
    expect(tally.of("alarm dropped")).toBe(1);
    expect(storage.alarmMs).toBeNull();
  });

  it("that was set by a handler which failed stands for the retry, with all its own", async () => {
    let rings = 0;
    const { storage, rang, tally, pass } = aClock(async () => {
      rings += 1;
      if (rings > 10) return;
      storage.setAlarm(rings * 10_000);
      await failing();
    });
    storage.setAlarm(1_000);
    await pass(HOUR_MS);
    expect(rang).toHaveLength(11);
    expect(tally.of("alarm dropped")).toBe(0);
  });

  it("rings again when the object ended in the middle of it", async () => {
    let isHanging = true;
    const { clock, storage, rang, pass } = aClock(() => (isHanging ? new Promise(() => {}) : Promise.resolve()));
    storage.setAlarm(500);
    await pass(1_000);
    expect(clock.isRinging).toBe(true);
    isHanging = false;
    clock.crashed();
    await pass(HOUR_MS);
    expect(rang).toEqual([500, 1_001]);
  });
});
