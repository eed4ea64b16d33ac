import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";
import type { z } from "zod";
import { ProblemSchema } from "./answers.ts";
import type { CallLog } from "./call-log.ts";

const TRIES = 5;
/** Where the service does not say when. */
const RETRY_AFTER_MS = 500;
const ANSWER_WITHIN_MS = 30_000;

export interface Call<Schema extends z.ZodType> {
  /** Under which name its latency and errors are counted. */
  readonly kind: string;
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Statuses besides success that are an answer too, of the same schema. */
  readonly accepts?: readonly number[];
  readonly answer: Schema;
}

/** A call that did not bring the answer it should. It is in the call log already. */
export class CallError extends Error {}

type Attempt<Value> =
  | { readonly type: "answer"; readonly value: Value }
  | {
      readonly type: "failure";
      readonly reason: string;
      /** Null: the same call would fail again. */
      readonly retryAfterMs: number | null;
      readonly isUnexpected: boolean;
    };

/** Sends calls to one address: at most `concurrency` in flight, each measured, every call safe to repeat. */
export class Transport {
  readonly #url: string;
  readonly #calls: CallLog;
  readonly #signal: AbortSignal;
  readonly #limit: ReturnType<typeof pLimit>;

  constructor(url: string, concurrency: number, calls: CallLog, signal: AbortSignal) {
    this.#url = url.replace(/\/+$/, "");
    this.#calls = calls;
    this.#signal = signal;
    this.#limit = pLimit(concurrency);
  }

  /**
   * Tries again after "slow down", "in a moment" and broken connections. Each of these is counted all the same, and a
   * "slow down" that does not end is held against the service like any other error.
   *
   * @throws {CallError} on any other answer than a success of the schema's shape
   */
  async send<Schema extends z.ZodType>(call: Call<Schema>): Promise<z.infer<Schema>> {
    for (let attemptNumber = 1; ; attemptNumber++) {
      const attempt = await this.#limit(() => this.#attempt(call));
      if (attempt.type === "answer") return attempt.value;
      const isLast = attempt.retryAfterMs === null || attemptNumber === TRIES;
      this.#calls.failed(call.kind, attempt.reason, attempt.isUnexpected || isLast);
      if (isLast) throw new CallError(`${call.kind}: ${attempt.reason}`);
      await sleep(attempt.retryAfterMs, undefined, { signal: this.#signal });
    }
  }

  async #attempt<Schema extends z.ZodType>(call: Call<Schema>): Promise<Attempt<z.infer<Schema>>> {
    this.#signal.throwIfAborted();
    const startMs = performance.now();
    let response: Response;
    let text: string;
    try {
      response = await fetch(this.#url + call.path, {
        method: call.method,
        headers: call.body === undefined ? call.headers : { ...call.headers, "content-type": "application/json" },
        body: call.body === undefined ? null : JSON.stringify(call.body),
        signal: AbortSignal.any([this.#signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      });
      text = await response.text();
    } catch (error) {
      this.#signal.throwIfAborted();
      return {
        type: "failure",
        reason: `no answer (${reasonOf(error)})`,
        retryAfterMs: RETRY_AFTER_MS,
        isUnexpected: true,
      };
    }
    this.#calls.answered(call.kind, performance.now() - startMs);
    return readAnswer(response, text, call);
  }
}

function readAnswer<Schema extends z.ZodType>(
  response: Response,
  text: string,
  { answer: schema, accepts = [] }: Call<Schema>,
): Attempt<z.infer<Schema>> {
  const json = parseJson(text);
  if (!response.ok && !accepts.includes(response.status)) {
    const problem = ProblemSchema.safeParse(json);
    const name = problem.success ? (problem.data.type.split(/[:/]/).at(-1) ?? "") : "no problem document";
    const isSlowDown = response.status === 429;
    const retryAfterMs = isSlowDown || response.status === 503 ? retryAfterMsOf(response) : null;
    return { type: "failure", reason: `${response.status} ${name}`, retryAfterMs, isUnexpected: !isSlowDown };
  }
  const answer = schema.safeParse(json);
  if (answer.success) return { type: "answer", value: answer.data };
  const where = answer.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
  return { type: "failure", reason: `answer of another shape (${where})`, retryAfterMs: null, isUnexpected: true };
}

function retryAfterMsOf(response: Response): number {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return seconds >= 0 ? seconds * 1_000 : RETRY_AFTER_MS;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `fetch` hides the reason, such as ECONNRESET, in the error's cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error) return "code" in cause ? String(cause.code) : cause.message;
  return error.name;
}
