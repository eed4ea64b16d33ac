import fc from "fast-check";
import type { Queue } from "../../../src/core/queue.ts";
import type { Answer } from "../../../src/core/ready-check-calls.ts";
import { EVENT_PLAYERS } from "./event-world.ts";
import { idOf } from "./party-events.ts";

type AnswerKind = "ack" | "accept" | "decline";

/** Some players answer, one after the other, in one way. */
export interface ReadyCheckEvent {
  readonly type: "answer";
  readonly kind: AnswerKind;
  readonly players: readonly number[];
  /** What they say besides what they are asked: 0, or another round. */
  readonly roundsOff: number;
  /** To which match: their own, or so many ready checks ago, whoever is in it. */
  readonly match: "own" | number;
}

/** An answer that counted. */
export interface TakenAnswer extends Answer {
  readonly kind: AnswerKind;
}

const player = fc.nat({ max: EVENT_PLAYERS.length - 1 });
const everybody = EVENT_PLAYERS.map((_, index) => index);
const own = { type: fc.constant("answer" as const), roundsOff: fc.constant(0), match: fc.constant("own" as const) };

/** Mostly right answers of many, so that ready checks get somewhere. */
export const readyCheckEvent: fc.Arbitrary<ReadyCheckEvent> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ ...own, kind: fc.constant("accept" as const), players: fc.constant(everybody) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      ...own,
      kind: fc.constantFrom("ack" as const, "accept" as const),
      players: fc.uniqueArray(player, { minLength: 2, maxLength: 6 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ...own,
      kind: fc.constant("decline" as const),
      players: fc.array(player, { minLength: 1, maxLength: 1 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("answer" as const),
      kind: fc.constantFrom<AnswerKind>("ack", "accept", "decline"),
      players: fc.array(player, { minLength: 1, maxLength: 1 }),
      roundsOff: fc.constantFrom(-1, 0, 1),
      match: fc.oneof(fc.constant("own" as const), fc.nat({ max: 2 })),
    }),
  },
);

export interface Answered {
  readonly taken: readonly TakenAnswer[];
}

/** Lets players answer and returns which answers counted. */
export function happenToReadyChecks(
  queue: Queue,
  event: ReadyCheckEvent,
  proposedIds: readonly string[],
  nowMs: number,
): Answered {
  const taken: TakenAnswer[] = [];
  for (const playerId of event.players.map(idOf)) {
    const asked = queue.readyCheckOf(playerId, nowMs);
    const matchId = event.match === "own" ? asked?.matchId : proposedIds.at(-1 - event.match);
    const answer = { playerId, matchId: matchId ?? "never-made-EUW", round: (asked?.round ?? 1) + event.roundsOff };
    const outcome = say(queue, event.kind, answer, nowMs);
    if (outcome.ok) taken.push({ ...answer, kind: event.kind });
  }
  return { taken };
}

/** Which answers an event's own answer tells of. */
export function answersOf(answer: unknown): readonly TakenAnswer[] {
  return typeof answer === "object" && answer !== null && "taken" in answer ? (answer as Answered).taken : [];
}

function say(queue: Queue, kind: AnswerKind, answer: Answer, nowMs: number) {
  switch (kind) {
    case "ack":
      return queue.acknowledge(answer, nowMs);
    case "accept":
      return queue.accept(answer, nowMs);
    case "decline":
      return queue.decline(answer, nowMs);
  }
}
