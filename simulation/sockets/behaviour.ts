import type { Random } from "../random.ts";

/** How often players do what they should not, each from 0 to 1. */
export interface BehaviourRates {
  /** Of the prompts: shown, and declined. */
  readonly declines: number;
  /** Of the prompts: shown, and never answered. */
  readonly lapses: number;
  /** Of the prompts: neither shown nor answered, though the socket is open. */
  readonly ghosts: number;
  /** Of the searches: the socket breaks without a word while the player waits, is asked, or has just been matched. */
  readonly disconnects: number;
}

export const WELL_BEHAVED: BehaviourRates = { declines: 0, lapses: 0, ghosts: 0, disconnects: 0 };

/** What a player does with one prompt. */
export type Reaction = "accept" | "decline" | "lapse" | "ghost";

/** A break in a player's connection. */
export interface Breakdown {
  /** Counted from the beginning of the search, or from the prompt that comes in it. */
  readonly after: "enqueue" | "prompt";
  readonly delayMs: number;
  /** Until the network is there again; null: never, the player is gone. */
  readonly awayMs: number | null;
}

const SHORTEST_THOUGHT_MS = 100;
const LONGEST_THOUGHT_MS = 1_500;
const BREAKS_WITHIN_MS = 2_000;
const LONGEST_ABSENCE_MS = 5_000;
/** Of the breakdowns. */
const NEVER_BACK_SHARE = 0.1;

export function drawReaction({ declines, lapses, ghosts }: BehaviourRates, random: Random): Reaction {
  const point = random.between(0, 1);
  if (point < declines) return "decline";
  if (point < declines + lapses) return "lapse";
  return point < declines + lapses + ghosts ? "ghost" : "accept";
}

/** How long a player looks at a prompt before they answer. */
export function drawThoughtMs(random: Random): number {
  return random.between(SHORTEST_THOUGHT_MS, LONGEST_THOUGHT_MS);
}

/**
 * Whether and how the connection breaks in one search.
 *
 * @param isAsked whether the mode asks its players
 * @param graceS how long the mode keeps a place in line without a socket: whoever comes back does so well within it
 * @returns null: it holds
 */
export function drawBreakdown(
  { disconnects }: BehaviourRates,
  isAsked: boolean,
  graceS: number,
  random: Random,
): Breakdown | null {
  if (random.between(0, 1) >= disconnects) return null;
  const after = isAsked && random.between(0, 1) < 0.5 ? "prompt" : "enqueue";
  const delayMs = random.between(0, BREAKS_WITHIN_MS);
  const isGone = random.between(0, 1) < NEVER_BACK_SHARE;
  const awayMs = random.between(0, Math.min(LONGEST_ABSENCE_MS, (graceS * 1_000) / 3));
  return { after, delayMs, awayMs: isGone ? null : awayMs };
}
