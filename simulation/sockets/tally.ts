import type { Reaction } from "./behaviour.ts";

/** What a run's players did and went through, counted. */
export interface Tally {
  /** Sockets opened, reconnects included. */
  sockets: number;
  /** Frames heard, pongs not counted. */
  messages: number;
  readonly prompts: Record<Reaction, number>;
  /** Connections that broke. */
  breakdowns: number;
  /** Players who never came back. */
  gone: number;
  /** Attempts to queue that were refused because of a cool-down. */
  keptOut: number;
  /** Players who left because their cool-down was too long for them. */
  gaveUp: number;
}

export function emptyTally(): Tally {
  const prompts = { accept: 0, decline: 0, lapse: 0, ghost: 0 };
  return { sockets: 0, messages: 0, prompts, breakdowns: 0, gone: 0, keptOut: 0, gaveUp: 0 };
}
