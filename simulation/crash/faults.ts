import { InjectedFailure } from "./injected-failure.ts";
import type { StepRandom } from "./step-random.ts";
import type { Tally } from "./tally.ts";

/** What becomes of a call to something outside. */
export interface Fate {
  /** - `lost`: it never arrives - `silent`: it arrives, and the answer does not - `failed`, `unanswered`: the same, told. */
  readonly fate: "fine" | "failed" | "unanswered" | "lost" | "silent";
  /** On the way there and back. */
  readonly thereMs: number;
  readonly backMs: number;
}

type Weather = "calm" | "windy" | "storm" | "outage";
export type Service = "d1" | "queue" | "rpc" | "hub";

/** Faults come in spells, as outages do: so many steps share their weather, which is drawn by these weights. */
const CLIMATES = {
  usual: {
    spellSteps: 400,
    weights: [
      ["calm", 6],
      ["windy", 3],
      ["storm", 1],
    ],
  },
  /** For short runs: everything that can go wrong does, soon. */
  stormy: {
    spellSteps: 300,
    weights: [
      ["calm", 2],
      ["windy", 2],
      ["storm", 2],
    ],
  },
} as const;
export type Climate = keyof typeof CLIMATES;
const SERVICES: readonly Service[] = ["d1", "queue", "rpc", "hub"];
const SKIES = [...SERVICES, "crash", "storage", "alarm"] as const;
type Sky = (typeof SKIES)[number];
/** Of all calls, the share that goes wrong. */
const SHARE: Readonly<Record<Weather, number>> = { calm: 0.002, windy: 0.08, storm: 0.6, outage: 1 };
/** So long after a silence the production code may still complain of it: its longest patience, and then some. */
const COMPLAINTS_MS = 120_000;

/** What goes wrong, and when: all of it drawn from the step's own sequence. */
export class Faults {
  readonly #random: StepRandom;
  readonly #spell: StepRandom;
  readonly #tally: Tally;
  readonly #now: () => number;
  readonly #climate: (typeof CLIMATES)[Climate];
  readonly #silentUntilMs = new Map<Service, number>();
  #weather = calm();
  /** Off: nothing goes wrong any more. */
  isOn = true;

  constructor(random: StepRandom, spell: StepRandom, tally: Tally, now: () => number, climate: Climate) {
    this.#random = random;
    this.#spell = spell;
    this.#tally = tally;
    this.#now = now;
    this.#climate = CLIMATES[climate];
  }

  /**
   * The weather follows from the seed and the step's number alone.
   *
   * @param outage what answers nobody in this step; null: nothing in particular
   */
  begin(step: number, outage: Service | null = null): void {
    const { spellSteps, weights } = this.#climate;
    this.#spell.begin(Math.floor(step / spellSteps), 1);
    for (const sky of SKIES) this.#weather[sky] = this.#spell.weighted<Weather>(weights);
    if (outage === null) return;
    this.#tally.count(`${outage} outage`);
    this.#weather[outage] = "outage";
  }

  /** @param usualMs how long a call usually takes in each direction */
  fateOf(service: Service, usualMs: number): Fate {
    const random = this.#random;
    const thereMs = random.between(0, usualMs);
    const backMs = random.between(0, usualMs);
    const weather = this.#weather[service];
    if (!this.isOn || !random.chance(SHARE[weather])) return { fate: "fine", thereMs, backMs };
    const fate = random.weighted([
      ["fine", weather === "outage" ? 0 : 2],
      ["failed", 3],
      ["unanswered", weather === "outage" ? 0 : 3],
      ["lost", 1],
      ["silent", weather === "outage" ? 0 : 1],
    ]);
    this.#tally.count(`${service} ${fate === "fine" ? "slow" : fate}`);
    // A call that takes longer than its caller waits may still arrive, long after it was tried again.
    const slowMs = random.chance(0.3) ? 60_000 : 4_000;
    const trouble = { fate, thereMs: random.between(0, slowMs), backMs: random.between(0, slowMs) };
    const untilMs = this.#now() + trouble.thereMs + trouble.backMs + COMPLAINTS_MS;
    this.#silentUntilMs.set(service, Math.max(this.#silentUntilMs.get(service) ?? 0, untilMs));
    return trouble;
  }

  /** Whether somebody who waits for a service may say that it does not answer. */
  mayBeSilent(service: Service): boolean {
    return this.#now() <= (this.#silentUntilMs.get(service) ?? Number.NEGATIVE_INFINITY);
  }

  /** @throws when storage is to fail now */
  storage(): void {
    if (!this.isOn || !this.#random.chance(SHARE[this.#weather.storage] / 40)) return;
    this.#tally.count("storage failed");
    throw new InjectedFailure("storage failed");
  }

  /** How long after its time an alarm comes. */
  alarmLatenessMs(): number {
    const isLate = this.isOn && this.#random.chance(SHARE[this.#weather.alarm]);
    if (!isLate) return this.#random.between(0, 20);
    this.#tally.count("alarm late");
    return this.#random.between(20, this.#random.chance(0.3) ? 60_000 : 8_000);
  }

  /** Whether the platform cannot call the alarm's handler, time after time, until it gives the alarm up. */
  isAlarmDoomed(): boolean {
    return this.isOn && this.#random.chance(SHARE[this.#weather.alarm] / 20);
  }

  /** Whether a process is to end in this step. */
  isCrashDue(): boolean {
    return this.isOn && this.#random.chance(SHARE[this.#weather.crash] / 4);
  }

  /** Whether something rare happens; never once faults are off. */
  happens(name: string, probability: number): boolean {
    if (!this.isOn || !this.#random.chance(probability)) return false;
    this.#tally.count(name);
    return true;
  }
}

function calm(): Record<Sky, Weather> {
  return { d1: "calm", queue: "calm", rpc: "calm", hub: "calm", crash: "calm", storage: "calm", alarm: "calm" };
}
