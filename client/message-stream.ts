import { MatchmakingError } from "./matchmaking-error.ts";
import type { ServerMessage } from "./wire-types.ts";

type Next = IteratorResult<ServerMessage, undefined>;
const DONE: Next = { done: true, value: undefined };

/**
 * Messages for one `for await`.
 *
 * 1. What comes while nobody asks is kept, in order, up to a limit.
 * 2. Past the limit messages would have to be left out, and a reader that misses one is wrong without knowing it: the
 *    iteration throws instead, once what was kept is read.
 * 3. When the client is closed, what was kept can still be read; then the iteration ends.
 */
export class MessageStream implements AsyncIterableIterator<ServerMessage, undefined> {
  readonly #kept: ServerMessage[] = [];
  readonly #askers: { readonly resolve: (next: Next) => void; readonly reject: (error: unknown) => void }[] = [];
  readonly #limit: number;
  readonly #left: (stream: MessageStream) => void;
  #ending: { readonly error: MatchmakingError | null } | null = null;

  /** @param left called when this needs no more messages */
  constructor(limit: number, left: (stream: MessageStream) => void) {
    this.#limit = limit;
    this.#left = left;
  }

  push(message: ServerMessage): void {
    if (this.#ending !== null) return;
    const asker = this.#askers.shift();
    if (asker !== undefined) asker.resolve({ done: false, value: message });
    else if (this.#kept.length < this.#limit) this.#kept.push(message);
    else this.end(fellBehind(this.#limit));
  }

  /** No more will come. @param error what the reader gets after what was kept; null: the end */
  end(error: MatchmakingError | null): void {
    if (this.#ending !== null) return;
    this.#ending = { error };
    this.#left(this);
    const [first, ...others] = this.#askers.splice(0);
    if (error === null) first?.resolve(DONE);
    else if (first !== undefined) {
      first.reject(error);
      this.#ending = { error: null };
    }
    for (const asker of others) asker.resolve(DONE);
  }

  next(): Promise<Next> {
    const message = this.#kept.shift();
    if (message !== undefined) return Promise.resolve({ done: false, value: message });
    if (this.#ending === null) return new Promise((resolve, reject) => this.#askers.push({ resolve, reject }));
    const { error } = this.#ending;
    this.#ending = { error: null };
    return error === null ? Promise.resolve(DONE) : Promise.reject(error);
  }

  /** The loop was left. */
  return(): Promise<Next> {
    this.#kept.length = 0;
    this.end(null);
    this.#ending = { error: null };
    return Promise.resolve(DONE);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

function fellBehind(limit: number): MatchmakingError {
  return new MatchmakingError({
    reason: "fell_behind",
    title: "The reader of messages() is too slow",
    detail: `More than ${limit} messages waited to be read. Read state, and iterate anew.`,
  });
}
