import { Region } from "../../../src/region/region.ts";
import type { Faults } from "../faults.ts";
import { isInjected } from "../injected-failure.ts";
import type { ReleaseName, Releases } from "../releases.ts";
import type { StepRandom } from "../step-random.ts";
import type { Tally } from "../tally.ts";
import { inLife, Life } from "./life.ts";
import type { ObjectStorage } from "./object-storage.ts";
import { RegionAlarmClock } from "./region-alarm-clock.ts";
import { regionContext } from "./region-context.ts";
import { RegionSockets } from "./region-sockets.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** What a caller gets: an answer, or no word of what became of the call. */
export type Heard<Answer> = { readonly type: "answered"; readonly answer: Answer } | { readonly type: "unknown" };

export interface RegionHostSettings {
  readonly name: string;
  readonly releases: Releases;
  readonly time: VirtualTime;
  readonly random: StepRandom;
  readonly faults: Faults;
  readonly tally: Tally;
  readonly storage: ObjectStorage;
  /** A frame has reached its player. */
  readonly told: (playerId: string, frame: string) => void;
  /** The object has come back, with all it knows from storage. */
  readonly woken: (life: Life) => void;
  /** It is about to come back. */
  readonly waking: () => void;
  /** The production code threw where it must not. */
  readonly broke: (what: string, error: unknown) => void;
}

/**
 * Where one region's object lives: made when it is needed, called one event after the other, killed at any platform
 * call, and made again from what its storage still has.
 */
export class RegionHost {
  readonly name: string;
  readonly storage: ObjectStorage;
  readonly sockets: RegionSockets;
  readonly alarm: RegionAlarmClock;
  readonly #settings: RegionHostSettings;
  #release: ReleaseName = "whole";
  #life: Life | null = null;
  #region: Region | null = null;
  /** Ends when the object takes events. */
  #waking: Promise<void> = Promise.resolve();
  #unanswered = new Set<() => void>();

  constructor(settings: RegionHostSettings) {
    this.#settings = settings;
    this.name = settings.name;
    this.storage = settings.storage;
    this.sockets = new RegionSockets(settings);
    this.alarm = new RegionAlarmClock({ ...settings, enter: (act, heard) => this.#enter(act, heard) });
  }

  /** Null: nobody has woken it since its last end. */
  get life(): Life | null {
    return this.#life?.isDead === true ? null : this.#life;
  }

  /** Something else asks the region for something, over a network. @param heard called once; never, where nobody answers */
  call<Answer>(act: (region: Region) => Promise<Answer>, heard: (heard: Heard<Answer>) => void): void {
    const { time, faults } = this.#settings;
    const { fate, thereMs, backMs } = faults.fateOf("rpc", 10);
    if (fate === "lost") return;
    if (fate === "failed") {
      time.after(thereMs, () => heard({ type: "unknown" }));
      return;
    }
    const answered = (outcome: Heard<Answer>) => {
      if (fate !== "silent") time.after(backMs, () => heard(fate === "fine" ? outcome : { type: "unknown" }));
    };
    time.after(thereMs, () => this.#enter(act, answered));
  }

  /** The process ends at once. */
  crash(): void {
    const life = this.#life;
    if (life === null) return;
    life.isDead = true;
    this.bury();
  }

  get release(): ReleaseName {
    return this.#release;
  }

  /** The object ends, and its next life runs another release. */
  deploy(release: ReleaseName): void {
    this.#release = release;
    if (this.#life !== null) this.#life.diedAt = "by a deploy";
    this.crash();
  }

  /** The process ends at one of its next platform calls. */
  crashSoon(calls: number): void {
    if (this.life !== null) this.life.callsLeft = calls;
  }

  /** The object falls asleep: memory is gone, sockets stay. Only when nothing is under way, as the platform does it. */
  sleep(): boolean {
    if (this.life === null || this.#unanswered.size > 0 || this.alarm.isRinging || this.storage.hasUnflushed)
      return false;
    this.life.isDead = true;
    this.#life = null;
    this.#region = null;
    return true;
  }

  /** Takes note of a life that has ended on its own. To be called after each event. */
  bury(): void {
    const { random, tally } = this.#settings;
    if (this.#life?.isDead !== true) return;
    tally.count(`crashed ${this.#life.diedAt ?? "from outside"}`);
    this.#life = null;
    this.#region = null;
    this.storage.crash(random.fraction());
    this.sockets.dropAll();
    for (const unanswered of this.#unanswered) unanswered();
    this.#unanswered = new Set();
    this.alarm.crashed();
  }

  /** Runs code as the region's, in its present life. */
  enterSocket(act: (region: Region) => Promise<void>): void {
    if (this.life === null) this.#wake();
    this.#enter(act, () => {});
  }

  #enter<Answer>(act: (region: Region) => Promise<Answer>, heard: (heard: Heard<Answer>) => void): void {
    const life = this.life ?? this.#wake();
    const lost = () => heard({ type: "unknown" });
    if (life === null) {
      lost();
      return;
    }
    this.#unanswered.add(lost);
    const answered = (answer: Answer) => {
      if (life.isDead || !this.#unanswered.delete(lost)) return;
      heard({ type: "answered", answer });
    };
    const failed = (error: unknown) => {
      if (life.isDead || !this.#unanswered.delete(lost)) return;
      if (!isInjected(error)) this.#settings.broke("a call failed", error);
      lost();
    };
    inLife(life, () => {
      this.#waking
        .then(() => {
          const region = this.#region;
          if (life.isDead || region === null) return;
          // A planned crash may also come before anything is done.
          life.called("before an event");
          return act(region).then((answer) => this.storage.gate("answers", () => answered(answer)));
        })
        .catch(failed);
    });
  }

  /** Null: it could not be made. */
  #wake(): Life | null {
    const { faults, random, tally, releases, broke, woken } = this.#settings;
    this.#settings.waking();
    const life = new Life(this.name, (act) => this.storage.whenDurable(act));
    this.#life = life;
    tally.count("region woken");
    if (faults.happens("crash planned on waking", 0.02)) life.callsLeft = random.below(8);
    try {
      inLife(life, () => {
        const context = regionContext({
          ...this.#settings,
          life,
          sockets: this.sockets,
          waking: (work) => {
            this.#waking = work.then(() => {
              if (!life.isDead) woken(life);
            });
            this.#waking.catch((error: unknown) => this.#failedToWake(life, error));
          },
        });
        this.#region = new Region(context, releases[this.#release]);
      });
      return life;
    } catch (error) {
      life.isDead = true;
      if (!isInjected(error)) broke("the region cannot wake", error);
      return null;
    }
  }

  #failedToWake(life: Life, error: unknown): void {
    life.isDead = true;
    if (!isInjected(error)) this.#settings.broke("the region cannot wake", error);
  }
}
