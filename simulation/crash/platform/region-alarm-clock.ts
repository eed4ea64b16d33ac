import type { Region } from "../../../src/region/region.ts";
import type { Faults } from "../faults.ts";
import { isInjected } from "../injected-failure.ts";
import type { Tally } from "../tally.ts";
import type { ObjectStorage } from "./object-storage.ts";
import type { Heard } from "./region-host.ts";
import type { VirtualTime } from "./virtual-time.ts";

export interface RegionAlarmClockSettings {
  readonly time: VirtualTime;
  readonly faults: Faults;
  readonly tally: Tally;
  readonly storage: ObjectStorage;
  readonly broke: (what: string, error: unknown) => void;
  /** Lets the region do something, in whatever life it is by then. */
  readonly enter: (act: (region: Region) => Promise<void>, heard: (heard: Heard<void>) => void) => void;
}

/** The platform calls an alarm again so often, then drops it for good. */
const MOST_RETRIES = 6;
const FIRST_RETRY_MS = 2_000;

interface Ring {
  readonly scheduledMs: number;
  readonly retries: number;
}

/**
 * Calls a region when its alarm is due: late at times, twice at times, again when it failed, and after a crash again.
 * An alarm that fails too often is gone, and nobody is told.
 */
export class RegionAlarmClock {
  readonly #settings: RegionAlarmClockSettings;
  #timesSet = 0;
  /** What is being handled. */
  #ringing: Ring | null = null;
  /** How often the one that is set has failed. */
  #retries = 0;

  constructor(settings: RegionAlarmClockSettings) {
    this.#settings = settings;
  }

  get isRinging(): boolean {
    return this.#ringing !== null;
  }

  /** Sees to it that the alarm that is set by now rings. */
  changed(retries = 0): void {
    const { time, faults, storage } = this.#settings;
    const { alarmMs } = storage;
    const set = ++this.#timesSet;
    this.#retries = retries;
    if (alarmMs === null) return;
    time.after(alarmMs - time.nowMs + faults.alarmLatenessMs(), () => {
      if (set === this.#timesSet) this.#ring();
    });
  }

  /** The object is gone: an alarm whose handler did not end comes again. */
  crashed(): void {
    const { storage, time } = this.#settings;
    if (this.#ringing !== null) storage.alarmMs ??= Math.max(this.#ringing.scheduledMs, time.nowMs + 1);
    this.#ringing = null;
    this.changed();
  }

  /** A second call of the handler, as the platform may make. */
  ringTwice(): void {
    const { enter, time } = this.#settings;
    const info = { isRetry: true, retryCount: 1, scheduledTime: time.nowMs };
    enter(
      (region) => region.alarm(info),
      () => {},
    );
  }

  #ring(): void {
    const { time, tally, faults, storage, enter } = this.#settings;
    const ringing = { scheduledMs: storage.takeAlarm() ?? time.nowMs, retries: this.#retries };
    this.#timesSet += 1;
    if (faults.isAlarmDoomed()) {
      // None of its calls has reached the object.
      tally.count("alarm dropped");
      return;
    }
    this.#ringing = ringing;
    const { scheduledMs, retries } = ringing;
    const info = { isRetry: retries > 0, retryCount: retries, scheduledTime: scheduledMs };
    enter(
      (region) => region.alarm(info).catch((error: unknown) => this.#failed(ringing, error)),
      ({ type }) => {
        if (type === "answered" && this.#ringing === ringing) this.#ringing = null;
      },
    );
  }

  #failed(ringing: Ring, error: unknown): void {
    const { time, tally, storage, broke } = this.#settings;
    if (!isInjected(error)) broke("the alarm failed", error);
    if (this.#ringing !== ringing) return;
    this.#ringing = null;
    tally.count("alarm failed");
    // One that was set meanwhile stands for this one.
    if (storage.alarmMs !== null) return;
    if (ringing.retries >= MOST_RETRIES) {
      tally.count("alarm dropped");
      return;
    }
    storage.alarmMs = time.nowMs + FIRST_RETRY_MS * 2 ** ringing.retries;
    this.changed(ringing.retries + 1);
  }
}
