/** Where the client takes time from; a test drives its own. */
export interface Clock {
  /** Milliseconds; only differences are used, but for how long a player has waited. */
  readonly now: () => number;
  /** Runs once, so many milliseconds from now. @returns calls it off */
  readonly setTimer: (run: () => void, delayMs: number) => () => void;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  setTimer: (run, delayMs) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
