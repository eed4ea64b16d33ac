import type { ClientOptions } from "./client-options.ts";
import { settingsOf } from "./client-options.ts";
import type { Clock } from "./clock.ts";
import { SYSTEM_CLOCK } from "./clock.ts";
import { Connection } from "./connection.ts";
import type { ConnectionStatus } from "./connection-status.ts";
import { HttpClient } from "./http-client.ts";
import type { Unsubscribe } from "./listeners.ts";
import { Listeners } from "./listeners.ts";
import { nextState } from "./live-state.ts";
import { MatchmakingError } from "./matchmaking-error.ts";
import { MessageStream } from "./message-stream.ts";
import type { CallType, MessageOf, MessageType, PlayerState, PromptId, ReceiptOf } from "./messages.ts";
import type { CallTerms } from "./pending-calls.ts";
import { PendingCalls } from "./pending-calls.ts";
import type { ClientMessage, Constraints, ServerMessage } from "./wire-types.ts";

/** What can be listened to: every message by its type, all of them as `message`, and changes of the connection. */
export type ClientEvents = { readonly [Type in MessageType]: MessageOf<Type> } & {
  readonly message: ServerMessage;
  readonly status: ConnectionStatus;
};

interface Connecting {
  readonly resolve: (state: PlayerState) => void;
  readonly reject: (error: MatchmakingError) => void;
}

export interface EnqueueWish {
  /** If absent: the mode the player already waits in, else the default mode. */
  readonly mode?: string | null | undefined;
  readonly constraints?: Constraints | null | undefined;
}

/**
 * A player's connection to matchmaking. It stays connected until `close()`; what was missed while it was not is in the
 * `state` that comes first after each reconnect.
 *
 * Calls resolve with their receipt and reject with a `MatchmakingError`. One that is made while not open waits for the
 * next opening; one whose socket died before the answer is sent again after the reconnect, until `replyWithinMs` is over.
 * If the region had served it the first time, the repetition answers:
 *
 * - `enqueue`: the same ticket and place; `in_match` with the match, if that was made meanwhile.
 * - `cancel`: `not_queued`, since the player is not queued any more; `matched` if they were matched before the first one.
 * - `accept`: the same receipt, also when the match has been made of it; `unknown_ready_check` when nothing came of it.
 * - `decline`: `unknown_ready_check`, since the player is not asked any more; `in_match` if it came too late anyway.
 *
 * In each case the `state` of the reconnect, which comes before that answer, says where the player is.
 */
export class MatchmakingClient {
  /** The same service over HTTP, with the same token. */
  readonly http: HttpClient;
  readonly #connection: Connection;
  readonly #calls: PendingCalls;
  readonly #listeners = new Listeners<ClientEvents>();
  readonly #streams = new Set<MessageStream>();
  readonly #keptMessages: number;
  readonly #clock: Clock;
  readonly #connecting: Connecting[] = [];
  #state: PlayerState | null = null;
  #closedBecause: MatchmakingError | null = null;

  /** @throws if the address is none, or if there is no WebSocket */
  constructor(options: ClientOptions, clock: Clock = SYSTEM_CLOCK) {
    const settings = settingsOf(options);
    this.#clock = clock;
    this.#keptMessages = settings.keptMessages;
    this.http = new HttpClient(options, clock);
    this.#connection = new Connection({
      ...settings,
      clock,
      checkToken: (token) => this.http.renewToken(token),
      opened: (state) => this.#opened(state),
      changed: (status) => this.#listeners.tell("status", status),
      received: (message) => this.#receive(message),
      gaveUp: (error) => this.#end(error),
    });
    this.#calls = new PendingCalls({
      clock,
      replyWithinMs: settings.replyWithinMs,
      send: (frame) => this.#connection.send(frame),
    });
  }

  get status(): ConnectionStatus {
    return this.#connection.status;
  }

  /** The last `state` with everything that came after it; null before the first. Each change makes a new object. */
  get state(): PlayerState | null {
    return this.#state;
  }

  /** Why the connection is closed: `closed` after `close()`, else why trying again would not help; null: it is not. */
  get closedBecause(): MatchmakingError | null {
    return this.#closedBecause;
  }

  /**
   * Connects, and stays connected. A service that cannot be reached is tried until it can.
   *
   * @returns the first `state`; if connected already, what it is now
   * @throws a MatchmakingError if trying again would not help: a token that is not taken, an unknown player, `close()`
   */
  connect(): Promise<PlayerState> {
    if (this.#closedBecause !== null) return Promise.reject(this.#closedBecause);
    if (this.#connection.status === "open" && this.#state !== null) return Promise.resolve(this.#state);
    return new Promise((resolve, reject) => {
      this.#connecting.push({ resolve, reject });
      this.#connection.open();
    });
  }

  /** Listens to messages of one type, to all (`message`) or to the connection (`status`). @returns ends it */
  on<Name extends keyof ClientEvents>(name: Name, listener: (event: ClientEvents[Name]) => void): Unsubscribe {
    return this.#listeners.add(name, listener, false);
  }

  /** As `on`, for the next one only. */
  once<Name extends keyof ClientEvents>(name: Name, listener: (event: ClientEvents[Name]) => void): Unsubscribe {
    return this.#listeners.add(name, listener, true);
  }

  off<Name extends keyof ClientEvents>(name: Name, listener: (event: ClientEvents[Name]) => void): void {
    this.#listeners.remove(name, listener);
  }

  /**
   * All messages from now on, for `for await`. Ends with `close()`; throws when the connection is over for another reason,
   * and when more than `keptMessages` wait to be read.
   */
  messages(): AsyncIterableIterator<ServerMessage> {
    const stream = new MessageStream(this.#keptMessages, (left) => this.#streams.delete(left));
    if (this.#closedBecause === null) this.#streams.add(stream);
    else stream.end(endingOf(this.#closedBecause));
    return stream;
  }

  /** Puts the player in line; of a party its leader puts all. While queued: the same ticket, the same place. */
  enqueue({ mode, constraints }: EnqueueWish = {}): Promise<ReceiptOf<"enqueue">> {
    return this.#call("enqueue", { mode, constraints });
  }

  /** Takes the player, or their whole party, out of the queue. Being matched already is no error: see `outcome`. */
  cancel(): Promise<ReceiptOf<"cancel">> {
    return this.#call("cancel", {});
  }

  /**
   * Says that the prompt was shown to the player; only then can declining it, or letting it lapse, cost anything. Nothing answers it, and
   * while not open it is lost: the `state` after the reconnect asks again.
   */
  ack({ match_id, round }: PromptId): void {
    const message: ClientMessage = { type: "ack", match_id, round };
    this.#connection.send(JSON.stringify(message));
  }

  /** Accepts a ready check. Takes the `match.proposed` message, or `state.proposed`. */
  accept({ match_id, round }: PromptId): Promise<ReceiptOf<"accept">> {
    return this.#call("accept", { match_id, round });
  }

  /** Declines a ready check: the player leaves the queue. `cool_down` says for how long. */
  decline({ match_id, round }: PromptId): Promise<ReceiptOf<"decline">> {
    return this.#call("decline", { match_id, round });
  }

  /** Ends the connection, for good. The player stays in line for the mode's grace period: `cancel()` first if not wanted. */
  close(): void {
    if (this.#closedBecause !== null) return;
    this.#end(closedByCaller());
    this.#connection.close();
  }

  #call<Type extends CallType>(type: Type, terms: CallTerms<Type>): Promise<ReceiptOf<Type>> {
    if (this.#closedBecause !== null) return Promise.reject(this.#closedBecause);
    return this.#calls.make(type, terms);
  }

  #opened(state: PlayerState): void {
    this.#state = state;
    for (const { resolve } of this.#connecting.splice(0)) resolve(state);
    this.#calls.sendAgain();
  }

  #receive(message: ServerMessage): void {
    this.#state = nextState(this.#state, message, this.#clock.now());
    this.#calls.answered(message);
    for (const stream of [...this.#streams]) stream.push(message);
    this.#listeners.tell(message.type, message);
    this.#listeners.tell("message", message);
  }

  #end(error: MatchmakingError): void {
    this.#closedBecause = error;
    for (const { reject } of this.#connecting.splice(0)) reject(error);
    this.#calls.rejectAll(error);
    for (const stream of [...this.#streams]) stream.end(endingOf(error));
  }
}

/** What a reader of messages gets at the end: being closed on purpose is no error. */
function endingOf(error: MatchmakingError): MatchmakingError | null {
  return error.reason === "closed" ? null : error;
}

function closedByCaller(): MatchmakingError {
  return new MatchmakingError({ reason: "closed", title: "Closed", detail: "close() was called on this client." });
}
