import { assert } from "../../../src/core/assert.ts";
import type { Random } from "../../random.ts";
import { createRandom } from "../../random.ts";
import type { Trace } from "../trace.ts";

/** How people take it when they are asked. Shares of the questions; whoever is left over accepts. */
export interface AnswerHabits {
  /** Say no, after they saw the question. */
  readonly declineShare: number;
  /** Ghosts: their client shows nothing and says nothing. */
  readonly ghostShare: number;
  /** See the question and let it lapse. */
  readonly lapseShare: number;
  /** Half of those who answer do it within this. */
  readonly medianS: number;
  /** Standard deviation of the answer time's logarithm. */
  readonly logDeviation: number;
  /** Nobody who answers takes longer. */
  readonly longestS: number;
  /** Whoever declines, is a ghost or lets lapse does so every time; else each question is a new draw. */
  readonly isLasting: boolean;
}

/**
 * Assumed, not measured: one question in ten is declined, one in twenty reaches nobody, and people who answer take
 * 3 s in the middle; one in six takes over 5.5 s, one in fifty over 10 s.
 */
export const USUAL_HABITS: AnswerHabits = {
  declineShare: 0.1,
  ghostShare: 0.05,
  lapseShare: 0,
  medianS: 3,
  logDeviation: 0.6,
  longestS: 11.5,
  isLasting: false,
};

/** From the question's sending to the ack's coming in: a client acks by itself, so this is the network's. */
export const ACK_AFTER_MS = 200;

/** What comes back of one question. */
export interface PlannedAnswer {
  /** The client will say that it showed the question. */
  readonly isShown: boolean;
  readonly answer: "accept" | "decline" | null;
  /** From the question to the answer. */
  readonly afterMs: number;
}

/**
 * What each player answers, question by question.
 *
 * A player's first answer is the same whoever asks and however often others were asked before, so is their second …:
 * two ways to run ready checks meet the same people.
 */
export class PlannedAnswers {
  readonly #habits: AnswerHabits;
  readonly #ofPlayer: ReadonlyMap<string, Random>;
  /** What decided a player's first answer. */
  readonly #firstOf = new Map<string, number>();

  constructor({ arrivals }: Trace, habits: AnswerHabits, seed: number) {
    this.#habits = habits;
    const seeds = createRandom(seed);
    const players = arrivals.flatMap(({ ticket }) => ticket.players);
    this.#ofPlayer = new Map(
      players.map(({ playerId }) => [playerId, createRandom(Math.floor(seeds.between(-(2 ** 31), 2 ** 31)))]),
    );
  }

  next(playerId: string): PlannedAnswer {
    const random = this.#ofPlayer.get(playerId);
    assert(random !== undefined, "whoever is asked came with the trace");
    const { declineShare, ghostShare, lapseShare, medianS, logDeviation, longestS } = this.#habits;
    const drawn = random.between(0, 1);
    const first = this.#firstOf.get(playerId) ?? drawn;
    this.#firstOf.set(playerId, first);
    const kind = this.#habits.isLasting ? first : drawn;
    const takesS = Math.min(longestS, medianS * Math.exp(random.normal(0, logDeviation)));
    const afterMs = Math.max(ACK_AFTER_MS, Math.round(takesS * 1_000));
    if (kind < declineShare) return { isShown: true, answer: "decline", afterMs };
    if (kind < declineShare + ghostShare) return { isShown: false, answer: null, afterMs };
    if (kind < declineShare + ghostShare + lapseShare) return { isShown: true, answer: null, afterMs };
    return { isShown: true, answer: "accept", afterMs };
  }
}
