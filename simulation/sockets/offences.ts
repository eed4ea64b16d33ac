import type { CoolDown } from "../../client/wire-types.ts";

/** How a player's part in a ready check ended. */
export interface Ending {
  /** They ended it, or let it end, themselves. */
  readonly isTheirDoing: boolean;
  /** They said that the prompt was shown to them, or answered it. */
  readonly wasShown: boolean;
  /** It must cost them something: it was shown for certain, and they declined. */
  readonly isCertain: boolean;
  /** They are told when it happens; otherwise some of the time may have passed. */
  readonly isToldAtOnce: boolean;
  /** What the prompt had said that it would cost. */
  readonly costS: number;
}

/** Told times are to the millisecond, and `seconds` counts from when it was told. */
const TOLERANCE_S = 1;

/** A player's offences as they were told of them; whatever they are punished for must be one, and cost what was said. */
export class Offences {
  /** Seconds for the first, the second … offence; the last one repeats. */
  readonly #scaleS: readonly number[];
  #latest: CoolDown | null = null;
  #punished = 0;

  constructor(scaleS: readonly number[]) {
    this.#scaleS = scaleS;
  }

  /** The last cool-down that was told, over or not. */
  get latest(): CoolDown | null {
    return this.#latest;
  }

  get punished(): number {
    return this.#punished;
  }

  /** Milliseconds since 1970, by the service's clock; 0: never out. */
  get untilMs(): number {
    return this.#latest === null ? 0 : Date.parse(this.#latest.until);
  }

  /** What the next one must cost, in seconds. */
  get nextS(): number {
    return this.#scaleS[Math.min(this.#latest?.offences ?? 0, this.#scaleS.length - 1)] ?? 0;
  }

  /** @returns what is wrong with being told this at the end of a ready check; null: nothing */
  told(coolDown: CoolDown | null, ending: Ending): string | null {
    const { isTheirDoing, wasShown, isCertain, costS } = ending;
    if (coolDown === null || this.isKnown(coolDown)) return isCertain && costS > 0 ? "declined and pays nothing" : null;
    const fault = this.#faultOf(coolDown, ending);
    this.#latest = coolDown;
    this.#punished += 1;
    if (!wasShown) return "is out of the queue for a prompt that was not shown";
    if (!isTheirDoing) return "is out of the queue for what somebody else did";
    return fault;
  }

  /** Whether it is the one that was told last. */
  isKnown(coolDown: CoolDown): boolean {
    return coolDown.until === this.#latest?.until;
  }

  #faultOf({ seconds, offences }: CoolDown, { costS, isToldAtOnce }: Ending): string | null {
    const expected = (this.#latest?.offences ?? 0) + 1;
    if (offences !== expected) return `has ${offences} offences after ${expected - 1}`;
    const isRight = seconds <= costS + TOLERANCE_S && (!isToldAtOnce || seconds >= costS - TOLERANCE_S);
    return isRight ? null : `is out of the queue for ${seconds} s and was told ${costS} s`;
  }
}
