import type { TokenSource } from "./client-options.ts";
import type { Clock } from "./clock.ts";
import { MatchmakingError } from "./matchmaking-error.ts";
import { readProblem } from "./read-problem.ts";
import { serviceUrl } from "./service-url.ts";

/** What is used of the standard's fetch; those of browsers, Node and Workers fit. */
export type FetchLike = (url: string, init: FetchInit) => Promise<ResponseLike>;

export interface FetchInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export interface ResponseLike {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

export interface HttpSettings {
  readonly url: string;
  readonly token: TokenSource | undefined;
  readonly apiKey: string | undefined;
  readonly fetch: FetchLike;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly longestRetryMs: number;
  readonly random: () => number;
  readonly clock: Clock;
}

export interface HttpCall {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of the client's own. */
  readonly token?: string | undefined;
  /**
   * Whether the call may be repeated when it is not known whether it was served (503). One that was turned away at the
   * door (`rate_limited`) always may.
   */
  readonly isSafeToRepeat: boolean;
}

/** Retries are spread over this much more than what was asked for, so that those turned away together do not come together. */
const SPREAD = 0.25;

/**
 * Calls the service.
 *
 * @returns the body of a 2xx answer
 * @throws a MatchmakingError: the service's problem, or `timeout`, `unreachable`, `unreadable_answer`
 */
export async function callService<Body>(call: HttpCall, settings: HttpSettings): Promise<Body> {
  for (let repeated = 0; ; repeated += 1) {
    try {
      const text = await exchange(call, settings);
      // The service's own answer, in the shape that its schema says.
      return JSON.parse(text) as Body;
    } catch (error) {
      if (!(error instanceof MatchmakingError)) throw error;
      const waitMs = repeated < settings.retries ? repeatAfterMs(error, call, settings) : null;
      if (waitMs === null) throw error;
      await new Promise<void>((resolve) => settings.clock.setTimer(resolve, waitMs));
    }
  }
}

/** Null: not to be repeated. */
function repeatAfterMs(
  { status, reason, retryAfterS }: MatchmakingError,
  { isSafeToRepeat }: HttpCall,
  { longestRetryMs, random }: HttpSettings,
): number | null {
  // A player who is cooling down gets 429 too; that is an answer.
  const isTransient = reason === "rate_limited" || (status === 503 && isSafeToRepeat);
  if (!isTransient || retryAfterS === undefined) return null;
  const waitMs = retryAfterS * 1_000;
  return waitMs <= longestRetryMs ? waitMs * (1 + SPREAD * random()) : null;
}

async function exchange(call: HttpCall, settings: HttpSettings): Promise<string> {
  const { fetch, timeoutMs, clock } = settings;
  const headers = await headersOf(call, settings);
  const abort = new AbortController();
  const cancelTimer = clock.setTimer(() => abort.abort(), timeoutMs);
  try {
    const response = await fetch(urlOf(call, settings.url), {
      method: call.method,
      headers,
      signal: abort.signal,
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    });
    const text = await response.text();
    if (response.ok && isJson(response)) return text;
    throw response.ok ? unreadable(response.status) : (readProblem(response, text) ?? unreadable(response.status));
  } catch (error) {
    if (error instanceof MatchmakingError) throw error;
    throw abort.signal.aborted ? tooLate(timeoutMs, error) : unreachable(error);
  } finally {
    cancelTimer();
  }
}

function urlOf({ path, query = {} }: HttpCall, address: string): string {
  const url = serviceUrl(address, path);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url.href;
}

async function headersOf(call: HttpCall, { token: source, apiKey }: HttpSettings): Promise<Record<string, string>> {
  const token = call.token ?? (typeof source === "function" ? await source() : source);
  return {
    accept: "application/json",
    ...(call.body !== undefined && { "content-type": "application/json" }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(apiKey !== undefined && { "x-api-key": apiKey }),
    ...call.headers,
  };
}

function isJson({ headers }: ResponseLike): boolean {
  return headers.get("content-type")?.startsWith("application/json") ?? false;
}

function unreadable(status: number): MatchmakingError {
  return new MatchmakingError({
    reason: "unreadable_answer",
    title: "The answer cannot be read",
    detail: `What answers at this address is no matchmaking service, or one that is behind something else (${status}).`,
    status,
  });
}

function tooLate(timeoutMs: number, cause: unknown): MatchmakingError {
  return new MatchmakingError({
    reason: "timeout",
    title: "No answer in time",
    detail: `The service did not answer within ${timeoutMs / 1_000} s. The call may have been served all the same.`,
    cause,
  });
}

function unreachable(cause: unknown): MatchmakingError {
  return new MatchmakingError({
    reason: "unreachable",
    title: "The service cannot be reached",
    detail: "There is no connection, or the service does not take calls from this page's origin (CORS_ORIGINS).",
    cause,
  });
}
