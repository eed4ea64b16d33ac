export interface ShrinkSettings {
  /** Whether a history of these steps still fails in the same way. */
  readonly fails: (steps: readonly number[]) => Promise<boolean>;
  readonly attempts: number;
  /** Whether there is time for another attempt. */
  readonly hasTime: () => boolean;
  readonly attempted?: (attempts: number, left: number) => void;
}

export interface Shrunk {
  readonly steps: readonly number[];
  readonly attempts: number;
  /** Whether no single step can be left out; false: there was no time to find out. */
  readonly isShortest: boolean;
}

/** Of a long history, the first tries: often the last few steps fail by themselves. */
const SUFFIXES = [50, 200, 1_000, 5_000, 25_000, 100_000];

/**
 * Shortens a history that fails, by leaving steps out (delta debugging; Zeller and Hildebrandt, "Simplifying and Isolating
 * Failure-Inducing Input", 2002).
 *
 * 1. It already ends with the step at which it failed.
 * 2. Try its last steps alone, few at first.
 * 3. Leave out one half, then the other; then quarters, and so on down to single steps. What still fails is kept.
 * 4. When single steps were tried and some could be left out, try single steps again.
 *
 * @param steps fails, as the caller has seen
 */
export async function shrink(steps: readonly number[], settings: ShrinkSettings): Promise<Shrunk> {
  const attempt = new Attempts(settings);
  let left = await shortestSuffix(steps, attempt);
  let size = Math.ceil(left.length / 2);
  let isShortest = left.length === 0;
  while (size >= 1 && left.length > 0 && attempt.mayGoOn) {
    const before = left.length;
    left = await withoutChunks(left, size, attempt);
    isShortest = size === 1 && left.length === before && attempt.mayGoOn;
    if (isShortest) break;
    size = size === 1 ? 1 : Math.ceil(Math.min(size, left.length) / 2);
  }
  return { steps: left, attempts: attempt.count, isShortest };
}

async function shortestSuffix(steps: readonly number[], attempt: Attempts): Promise<readonly number[]> {
  for (const length of SUFFIXES) {
    if (length >= steps.length) break;
    const suffix = steps.slice(-length);
    if (await attempt.fails(suffix)) return suffix;
  }
  return steps;
}

/** From the end: what comes late matters least to what comes before it. */
async function withoutChunks(steps: readonly number[], size: number, attempt: Attempts): Promise<readonly number[]> {
  let left = steps;
  for (let end = left.length; end > 0; end -= size) {
    const rest = left.toSpliced(Math.max(0, end - size), Math.min(size, end));
    if (await attempt.fails(rest)) left = rest;
  }
  return left;
}

class Attempts {
  readonly #settings: ShrinkSettings;
  count = 0;

  constructor(settings: ShrinkSettings) {
    this.#settings = settings;
  }

  get mayGoOn(): boolean {
    return this.count < this.#settings.attempts && this.#settings.hasTime();
  }

  /** False also when nothing may be tried any more. */
  async fails(steps: readonly number[]): Promise<boolean> {
    if (!this.mayGoOn) return false;
    this.count += 1;
    const isFailing = await this.#settings.fails(steps);
    this.#settings.attempted?.(this.count, steps.length);
    return isFailing;
  }
}
