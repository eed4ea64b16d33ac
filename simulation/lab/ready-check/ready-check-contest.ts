import type { ReadyCheckRules } from "../../../src/core/mode.ts";
import { knownShape } from "../game-shape.ts";
import { shippedMode } from "../lab-modes.ts";
import { knownMix } from "../party-mix.ts";
import { createTrace } from "../trace.ts";
import { traceSettingsOf } from "../trace-kinds.ts";
import type { AnswerHabits } from "./answer-habits.ts";
import { PlannedAnswers, USUAL_HABITS } from "./answer-habits.ts";
import type { ReadyCheckMeasures } from "./measure-ready-checks.ts";
import { measureReadyChecks } from "./measure-ready-checks.ts";
import { playReadyChecks } from "./play-ready-checks.ts";

/** A way to run ready checks, and the people whom it meets. */
export interface ReadyCheckContender {
  readonly label: string;
  /** What differs from the rules as shipped. */
  readonly rules: Partial<ReadyCheckRules>;
  readonly habits: AnswerHabits;
}

export interface ReadyCheckRow {
  readonly label: string;
  readonly habits: AnswerHabits;
  /** One of each seed, in their order. */
  readonly measures: readonly ReadyCheckMeasures[];
}

export const REPAIR: ReadyCheckContender = { label: "repair, as shipped", rules: {}, habits: USUAL_HABITS };

/** Somebody does not accept: everybody else is back in line, with the old place and priority. */
export const DISSOLVE: ReadyCheckContender = { label: "dissolve", rules: { repairS: 0 }, habits: USUAL_HABITS };

const SAME_AGAIN: AnswerHabits = { ...USUAL_HABITS, isLasting: true };

/** The two; the same giving up early on clients that do not ack; the same among people who never change. */
export const READY_CHECK_CONTENDERS: readonly ReadyCheckContender[] = [
  REPAIR,
  DISSOLVE,
  { label: "repair, acks within 4 s", rules: { ackS: 4 }, habits: USUAL_HABITS },
  { label: "dissolve, acks within 4 s", rules: { repairS: 0, ackS: 4 }, habits: USUAL_HABITS },
  { label: "repair, the same decline again", rules: {}, habits: SAME_AGAIN },
  { label: "dissolve, the same decline again", rules: { repairS: 0 }, habits: SAME_AGAIN },
];

/** Where a decline hurts most: ten players, parties whose place is hard to fill. */
const SHAPE = knownShape("5v5");
const TRACE = traceSettingsOf("reference", SHAPE, 1_000, knownMix("p5"));

/** Lets every contender serve the same traces and the same people. Seeds are 1, 2, 3 … */
export function runReadyCheckContest(
  contenders: readonly ReadyCheckContender[],
  seeds: number,
  runEnded: () => void,
): ReadyCheckRow[] {
  const traces = Array.from({ length: seeds }, (_, index) => createTrace(TRACE, index + 1));
  return contenders.map(({ label, rules, habits }) => ({
    label,
    habits,
    measures: traces.map((trace, index) => {
      const answers = new PlannedAnswers(trace, habits, index + 1);
      const measures = measureReadyChecks(playReadyChecks(trace, shippedMode(SHAPE, rules), answers));
      runEnded();
      return measures;
    }),
  }));
}
