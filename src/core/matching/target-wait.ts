import type { Mode } from "../mode.ts";

/** What the controller of one mode remembers. */
export interface KnobState {
  /** `a` as it stands now. */
  readonly pointsPerSecond: number;
  readonly adjustedAtMs: number;
  /** Of the players matched since then. */
  readonly waitSumS: number;
  readonly players: number;
}

/** Players who wait at the moment; those who were just matched are gone. */
export interface Waiting {
  readonly players: number;
  readonly meanAgeS: number;
}

type Controlled = Pick<Mode, "pointsPerSecond" | "targetWaitS">;

const LEAST_PERIOD_MS = 60_000;
/** So many players' waits move the knob by half of what countless ones would. */
const HALF_TRUSTED_PLAYERS = 20;
const LARGEST_STEP = 2;
/** How far the knob may go from where the mode has it, to either side. */
const REACH = 20;

export function initialKnob(mode: Controlled, nowMs: number): KnobState {
  return { pointsPerSecond: mode.pointsPerSecond, adjustedAtMs: nowMs, waitSumS: 0, players: 0 };
}

/** A saved knob under what the mode says today: its reach may have moved. */
export function restoredKnob(saved: KnobState, mode: Controlled): KnobState {
  return { ...saved, pointsPerSecond: withinReach(saved.pointsPerSecond, mode) };
}

export function withMatched(state: KnobState, players: number, waitS: number): KnobState {
  return { ...state, waitSumS: state.waitSumS + players * waitS, players: state.players + players };
}

/**
 * Moves `a` towards the mean wait that the mode names.
 *
 * 1. Once a minute, or once a target wait where that is longer: a change shows only in the waits that come after it.
 * 2. r = mean wait of the n players matched since the last step / target. Waiting goes with 1/√a (θ = √(a·k/2ρ),
 *    τ = θ/a), so a·r² would be the whole way at once. The waits are noisy and partly older than the last change, so
 *    a·r it is, half of the way: with the waits a period late the whole way would be the edge of oscillation.
 * 3. Few waits say little: a ← a·(1 + s·(r − 1)), s = n/(n + 20). This settles where the mean of r is 1. A power,
 *    a·r^s, settles where the mean of ln r is 0: with 4 players a step the mean wait would stay 15 % above the target.
 * 4. A period in which nobody was matched says nothing, unless those who wait have waited longer than the target in
 *    the mean: then their age, which is less than their wait will be, stands for it. Too few for a match are never seen
 *    here, because their mode does not tick: no knob could help them.
 * 5. No step is larger than a factor of 2, and a stays within a₀/20 to a₀·20 of what the mode says.
 *
 * Worked: a = 0.5, target 10 s, 40 players waited 20 s: r = 2, s = 2/3, a ← 0.5·(1 + 2/3) = 0.83.
 *
 * @param waiting asked only when nobody was matched
 * @returns `state` itself when it is not time yet, or nothing was learned
 */
export function adjusted(
  state: KnobState,
  mode: Controlled & { readonly targetWaitS: number },
  waiting: () => Waiting,
  nowMs: number,
): KnobState {
  if (nowMs - state.adjustedAtMs < Math.max(LEAST_PERIOD_MS, mode.targetWaitS * 1_000)) return state;
  const seen = state.players > 0 ? { ...state, meanS: state.waitSumS / state.players } : seenIn(waiting());
  if (state.players === 0 && seen.meanS <= mode.targetWaitS) return state;
  const trust = seen.players / (seen.players + HALF_TRUSTED_PLAYERS);
  const step = clamp(1 + trust * (seen.meanS / mode.targetWaitS - 1), 1 / LARGEST_STEP, LARGEST_STEP);
  return initialKnob({ ...mode, pointsPerSecond: withinReach(state.pointsPerSecond * step, mode) }, nowMs);
}

function seenIn({ players, meanAgeS }: Waiting) {
  return { players, meanS: meanAgeS };
}

function withinReach(pointsPerSecond: number, { pointsPerSecond: initial }: Controlled): number {
  return clamp(pointsPerSecond, initial / REACH, initial * REACH);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
