import { errorMessage } from "./error-message.ts";

export type LogLevel = "debug" | "info" | "warn" | "error" | "off";

/** What an event may carry. Ids and numbers only: never a token, a key, a header or a body. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined | readonly string[]>>;

const RANK: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3, off: 4 };

/** One JSON line per event. `event` is a stable name such as `match_formed`; fields are in `snake_case`. */
export class Log {
  readonly #least: number;
  readonly #context: LogFields;

  constructor(level: LogLevel, context: LogFields = {}) {
    this.#least = RANK[level];
    this.#context = context;
  }

  debug(event: string, fields: LogFields = {}): void {
    if (RANK.debug >= this.#least) console.debug(this.#line("debug", event, fields));
  }

  info(event: string, fields: LogFields = {}): void {
    if (RANK.info >= this.#least) console.log(this.#line("info", event, fields));
  }

  warn(event: string, fields: LogFields = {}): void {
    if (RANK.warn >= this.#least) console.warn(this.#line("warn", event, fields));
  }

  /** `error` keeps its message only: stacks stay out of the log's one line and out of every answer. */
  error(event: string, error: unknown, fields: LogFields = {}): void {
    if (RANK.error < this.#least) return;
    console.error(this.#line("error", event, { ...fields, error: errorMessage(error) }));
  }

  #line(level: LogLevel, event: string, fields: LogFields): string {
    return JSON.stringify({ time: new Date().toISOString(), level, event, ...this.#context, ...fields });
  }
}
