import type { Clock } from "./clock.ts";
import { MatchmakingError } from "./matchmaking-error.ts";
import type { Call, CallType, MessageOf, ReceiptOf } from "./messages.ts";
import type { ServerMessage } from "./wire-types.ts";

export interface PendingCallsSettings {
  readonly clock: Clock;
  readonly replyWithinMs: number;
  /** Sends a frame if the connection is open, else does nothing. */
  readonly send: (frame: string) => void;
}

interface PendingCall {
  readonly frame: string;
  /** @returns whether it was this call's answer */
  readonly answer: (message: ServerMessage) => boolean;
  readonly reject: (error: MatchmakingError) => void;
}

/** What a call says besides its type and its `ref`. */
export type CallTerms<Type extends CallType> = Omit<Call<Type>, "type" | "ref">;

/**
 * Calls that wait for their answer.
 *
 * 1. Each call has a `ref` of its own; the receipt or the problem that repeats it is its answer.
 * 2. A call that is made while nothing is open is sent when something is.
 * 3. One whose socket died before the answer is sent again, with the same ref, after the reconnect. All calls may be
 *    repeated; see `MatchmakingClient` for what each answers then.
 * 4. One without an answer in time is rejected. That says nothing about whether it was served.
 */
export class PendingCalls {
  readonly #settings: PendingCallsSettings;
  readonly #byRef = new Map<string, PendingCall>();
  #made = 0;

  constructor(settings: PendingCallsSettings) {
    this.#settings = settings;
  }

  make<Type extends CallType>(type: Type, terms: CallTerms<Type>): Promise<ReceiptOf<Type>> {
    const { clock, replyWithinMs, send } = this.#settings;
    this.#made += 1;
    const ref = `c${this.#made}`;
    const frame = JSON.stringify({ type, ...terms, ref });
    return new Promise((resolve, reject) => {
      const calledOff = clock.setTimer(() => settle(() => reject(unanswered(type, replyWithinMs))), replyWithinMs);
      const settle = (how: () => void) => {
        calledOff();
        this.#byRef.delete(ref);
        how();
      };
      const answer = (message: ServerMessage) => {
        if (message.type === "problem") settle(() => reject(errorOf(message)));
        else if (isReceipt(message, type)) settle(() => resolve(message));
        else return false;
        return true;
      };
      this.#byRef.set(ref, { frame, answer, reject: (error) => settle(() => reject(error)) });
      send(frame);
    });
  }

  /** The socket is open again: whatever has no answer yet was lost with the last one, or never sent. */
  sendAgain(): void {
    for (const { frame } of this.#byRef.values()) this.#settings.send(frame);
  }

  /** @returns whether the message was somebody's answer */
  answered(message: ServerMessage): boolean {
    if (!("ref" in message) || message.ref === undefined) return false;
    return this.#byRef.get(message.ref)?.answer(message) ?? false;
  }

  rejectAll(error: MatchmakingError): void {
    for (const call of [...this.#byRef.values()]) call.reject(error);
  }
}

function isReceipt<Type extends CallType>(message: ServerMessage, type: Type): message is ReceiptOf<Type> {
  return message.type === `${type}.receipt`;
}

function errorOf({ reason, title, detail, status, retry_after_s, ...problem }: MessageOf<"problem">): MatchmakingError {
  return new MatchmakingError({ reason, title, detail, status, retryAfterS: retry_after_s, problem });
}

function unanswered(type: CallType, replyWithinMs: number): MatchmakingError {
  return new MatchmakingError({
    reason: "timeout",
    title: "No answer in time",
    detail: `Nobody answered ${type} within ${replyWithinMs / 1_000} s. It may have been served all the same: state tells.`,
  });
}
