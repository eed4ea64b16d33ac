import type { Seat } from "../../../src/core/proposal.ts";
import type { Store } from "./a-store.ts";
import type { TakenAnswer } from "./ready-check-events.ts";

/** What players are known to have been shown and to have accepted, by what they said themselves. */
export class AnswersHeard {
  readonly #store: Store;
  readonly #shown = new Set<string>();
  readonly #accepted = new Set<string>();
  /** `ticket match` of seats that outlived a restart: nobody is missed for an ack there. */
  readonly #unmissed = new Set<string>();

  constructor(store: Store) {
    this.#store = store;
  }

  hear(answers: readonly TakenAnswer[]): void {
    for (const { kind, playerId, matchId, round } of answers) {
      if (kind !== "decline") this.#shown.add(questionKey(playerId, matchId, round));
      if (kind === "accept") this.#accepted.add(questionKey(playerId, matchId, round));
    }
  }

  /** What was shown is known from now on only as far as it is stored. */
  restarted(): void {
    this.#shown.clear();
    for (const { matchId, seats } of this.#store.proposals.values()) {
      for (const { ticketId, acked, round } of seats) {
        this.#unmissed.add(`${ticketId} ${matchId}`);
        for (const playerId of acked) this.#shown.add(questionKey(playerId, matchId, round));
      }
    }
  }

  wasShown(question: string): boolean {
    return this.#shown.has(question);
  }

  /** When time ends a seat: at the deadline, or at the time to ack if a client that was there did not. */
  lapsesAtMs({ ticketId, round, ackDue, deadlineMs }: Seat, matchId: string): number {
    if (ackDue === undefined || this.#unmissed.has(`${ticketId} ${matchId}`)) return deadlineMs;
    const isShown = ackDue.playerIds.every((playerId) => this.wasShown(questionKey(playerId, matchId, round)));
    return isShown ? deadlineMs : ackDue.deadlineMs;
  }

  wasAccepted(question: string): boolean {
    return this.#accepted.has(question);
  }
}

/** One question to one player. */
export function questionKey(playerId: string, matchId: string, round: number): string {
  return `${playerId} ${matchId} ${round}`;
}
