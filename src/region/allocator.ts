import type { Connection } from "../core/connection.ts";
import { LIMITS } from "../core/limits.ts";
import type { AllocatorConfig } from "../env.ts";
import { readBounded } from "../read-bounded.ts";
import { webhookHeaders } from "../webhook-signature.ts";
import type { AllocationBody } from "../wire/allocation.ts";
import { AssignmentSchema } from "../wire/assignment.ts";

const TIMEOUT_MS = 5_000;

/** What came of one call to the game's allocator. `status`: of HTTP, or what happened instead of an answer. */
export type AllocatorAnswer =
  | { readonly type: "assigned"; readonly status: string; readonly connection: Connection }
  /** It will be done: a server is to claim the match. */
  | { readonly type: "taken"; readonly status: string }
  /** There will never be a server for this match. */
  | { readonly type: "refused"; readonly status: string }
  /** To be tried again; `retryAfterMs`: not before so long, 0: it did not say. */
  | { readonly type: "failed"; readonly status: string; readonly retryAfterMs: number };

/**
 * The game's allocator, behind one signed POST.
 *
 * 1. 200 or 201 with a connection: the match has its server. 202 or 204: a server will claim the match by itself.
 * 2. 410 or 422 as a problem document: no server, ever. A bare 410 or 422 may come from a proxy that knows nothing of
 *    the game, so it counts as a failure.
 * 3. Anything else, no answer within 5 s, one of more than 16 KB, one that makes no sense: a failure, to be tried again.
 *    Also a redirect: it would carry who plays and a valid signature to an address that nobody configured.
 */
export class Allocator {
  readonly #config: AllocatorConfig;
  readonly #now: () => number;
  readonly #timeoutMs: number;

  constructor(config: AllocatorConfig, now: () => number, timeoutMs = TIMEOUT_MS) {
    this.#config = config;
    this.#now = now;
    this.#timeoutMs = timeoutMs;
  }

  /** Asks for a server, under the match's id at every try. Never throws. */
  async ask(allocation: AllocationBody): Promise<AllocatorAnswer> {
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), this.#timeoutMs);
    try {
      return await this.#answer(await this.#post(allocation, giveUp.signal));
    } catch {
      return failed(giveUp.signal.aborted ? "timeout" : "network");
    } finally {
      clearTimeout(timer);
    }
  }

  async #post(allocation: AllocationBody, signal: AbortSignal): Promise<Response> {
    const { url, key } = this.#config;
    const body = JSON.stringify(allocation);
    const signed = await webhookHeaders(key, allocation.match_id, body, this.#now());
    const headers = { "content-type": "application/json", "user-agent": "Muster", ...signed };
    return fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
  }

  async #answer(response: Response): Promise<AllocatorAnswer> {
    const status = String(response.status);
    if (response.status === 200 || response.status === 201) {
      const connection = readConnection(await readBounded(response, LIMITS.allocatorAnswerBytes));
      return connection === null ? failed("malformed") : { type: "assigned", status, connection };
    }
    await response.body?.cancel();
    if (response.status === 202 || response.status === 204) return { type: "taken", status };
    const isProblem = response.headers.get("content-type")?.startsWith("application/problem+json") === true;
    if (isProblem && (response.status === 410 || response.status === 422)) return { type: "refused", status };
    return failed(status, retryAfterMs(response.headers.get("retry-after"), this.#now()));
  }
}

function failed(status: string, retryAfterMs = 0): AllocatorAnswer {
  return { type: "failed", status, retryAfterMs };
}

/** @param text null: it was too long */
function readConnection(text: string | null): Connection | null {
  if (text === null) return null;
  try {
    return AssignmentSchema.safeParse(JSON.parse(text)).data?.connection ?? null;
  } catch {
    return null;
  }
}

/** Seconds or a date (RFC 9110, 10.2.3). 0: neither. */
function retryAfterMs(header: string | null, nowMs: number): number {
  if (header === null) return 0;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - nowMs;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : 0;
}
