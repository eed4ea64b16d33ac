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

type Weather = "calm" | "windy" | "storm";
type Service = "d1" | "queue" | "rpc" | "hub";

/** So many steps share their weather: faults come in spells, as outages do. */
const SPELL_STEPS = 400;
const SERVICES: readonly Service[] = ["d1", "queue", "rpc", "hub"];
/** Of all calls, the share that goes wrong. */
const SHARE: Readonly<Record<Weather, number>> = { calm: 0.002, windy: 0.08, storm: 0.6 };

/** What goes wrong, and when: all of it drawn from the step's own sequence. */
export class Faults {
  readonly #random: StepRandom;
  readonly #spell: StepRandom;
  readonly #tally: Tally;
  #weather: Record<Service | "crash" | "storage", Weather> = calm();
  /** Off: nothing goes wrong any more. */
  isOn = true;

  constructor(random: StepRandom, spell: StepRandom, tally: Tally) {
    this.#random = random;
    this.#spell = spell;
    this.#tally = tally;
  }

  /** The weather follows from the seed and the step's number alone. */
  begin(step: number): void {
    this.#spell.begin(Math.floor(step / SPELL_STEPS), 1);
    for (const name of [...SERVICES, "crash", "storage"] as const) {
      this.#weather[name] = this.#spell.weighted([
        ["calm", 6],
        ["windy", 3],
        ["storm", 1],
      ]);
    }
  }

  /** @param usualMs how long a call usually takes in each direction */
  fateOf(service: Service, usualMs: number): Fate {
    const random = this.#random;
    const thereMs = random.between(0, usualMs);
    const backMs = random.between(0, usualMs);
    if (!this.isOn || !random.chance(SHARE[this.#weather[service]])) return { fate: "fine", thereMs, backMs };
    const fate = random.weighted([
      ["fine", 2],
      ["failed", 3],
      ["unanswered", 3],
      ["lost", 1],
      ["silent", 1],
    ]);
    this.#tally.count(`${service} ${fate === "fine" ? "slow" : fate}`);
    // A call that takes longer than its caller waits may still arrive, long after it was tried again.
    const slowMs = random.chance(0.3) ? 60_000 : 4_000;
    return { fate, thereMs: random.between(0, slowMs), backMs: random.between(0, slowMs) };
  }

  /** @throws when storage is to fail now */
  storage(): void {
    if (!this.isOn || !this.#random.chance(SHARE[this.#weather.storage] / 40)) return;
    this.#tally.count("storage failed");
    throw new Error("injected: storage failed");
  }

  /** Whether a process is to end in this step. */
  isCrashDue(): boolean {
    return this.isOn && this.#random.chance(SHARE[this.#weather.crash] / 20);
  }

  /** Whether something rare happens; never once faults are off. */
  happens(name: string, probability: number): boolean {
    if (!this.isOn || !this.#random.chance(probability)) return false;
    this.#tally.count(name);
    return true;
  }
}

function calm(): Record<Service | "crash" | "storage", Weather> {
  return { d1: "calm", queue: "calm", rpc: "calm", hub: "calm", crash: "calm", storage: "calm" };
}
