import { expect, it } from "vitest";
import type { PlannedAnswer } from "../../../../simulation/lab/ready-check/answer-habits.ts";
import { PlannedAnswers, USUAL_HABITS } from "../../../../simulation/lab/ready-check/answer-habits.ts";
import { percentile } from "../../../../simulation/statistics.ts";
import { aLabTicket, aRun } from "../builders/a-line.ts";
import { someHabits } from "../builders/a-ready-check-run.ts";

const PLAYERS = 4_000;
const { trace } = aRun(
  [],
  Array.from({ length: PLAYERS }, (_, index) => aLabTicket(index, 25)),
);
const playerIds = trace.arrivals.flatMap(({ ticket }) => ticket.players.map(({ playerId }) => playerId));

function share(answers: readonly PlannedAnswer[], is: (answer: PlannedAnswer) => boolean): number {
  return answers.filter(is).length / answers.length;
}

it("declines, misses and lets lapse as often as the habits say, and takes as long", () => {
  const planned = new PlannedAnswers(trace, { ...USUAL_HABITS, lapseShare: 0.2 }, 7);
  const answers = playerIds.map((playerId) => planned.next(playerId));
  const shares = [
    share(answers, ({ answer }) => answer === "decline") / 0.1,
    share(answers, ({ isShown }) => !isShown) / 0.05,
    share(answers, ({ isShown, answer }) => isShown && answer === null) / 0.2,
  ];
  for (const ofExpected of shares) expect(Math.abs(ofExpected - 1)).toBeLessThan(0.15);
  const takeS = answers.map(({ afterMs }) => afterMs / 1_000);
  expect(percentile(takeS, 0.5)).toBeCloseTo(3, 0);
  expect(Math.max(...takeS)).toBe(11.5);
});

it("gives a player the same answers whoever else was asked before", () => {
  const [one, other] = [new PlannedAnswers(trace, USUAL_HABITS, 1), new PlannedAnswers(trace, USUAL_HABITS, 1)];
  const [first = "", second = ""] = playerIds;
  const alone = [one.next(first), one.next(first)];
  const between = [other.next(first), other.next(second), other.next(second), other.next(first)];
  expect([between[0], between[3]]).toEqual(alone);
});

it("keeps to a player's first answer where habits last, and draws anew where they do not", () => {
  const repeats = (isLasting: boolean) => {
    const planned = new PlannedAnswers(trace, someHabits({ declineShare: 0.5, isLasting }), 3);
    const firsts = playerIds.map((playerId) => planned.next(playerId).answer);
    return playerIds.filter((playerId, index) => planned.next(playerId).answer === firsts[index]).length;
  };
  expect(repeats(true)).toBe(PLAYERS);
  expect(repeats(false) / PLAYERS).toBeCloseTo(0.5, 1);
});
