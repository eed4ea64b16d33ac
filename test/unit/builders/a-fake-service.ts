import type { FetchInit, FetchLike, ResponseLike } from "../../../client/http-request.ts";

export interface Request extends FetchInit {
  readonly url: string;
}

interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An Error is a broken connection. */
export type Answer = HttpAnswer | Error | "silence";

/** An HTTP service that answers what the test says, in turn, and the last for ever. */
export function aService(...answers: readonly Answer[]): {
  readonly fetch: FetchLike;
  readonly requests: Request[];
} {
  const requests: Request[] = [];
  const fetch: FetchLike = async (url, init) => {
    const answer = answers[Math.min(requests.length, answers.length - 1)];
    requests.push({ ...init, url });
    if (answer === "silence") return await aborted(init.signal);
    if (answer === undefined || answer instanceof Error) throw answer ?? new TypeError("no service");
    return response(answer);
  };
  return { fetch, requests };
}

/** A problem document as the service writes it. */
export function aProblem(status: number, reason: string, extras: object = {}, retryAfterS?: number): HttpAnswer {
  const body = {
    type: `urn:muster:problem:${reason}`,
    title: "Title",
    status,
    detail: "Detail.",
    instance: "request-1",
  };
  return {
    status,
    body: { ...body, ...extras },
    headers: {
      "content-type": "application/problem+json",
      ...(retryAfterS !== undefined && { "retry-after": String(retryAfterS) }),
    },
  };
}

export function anAnswer(body: unknown): HttpAnswer {
  return { status: 200, body };
}

function response({ status, body, headers = { "content-type": "application/json" } }: HttpAnswer): ResponseLike {
  return {
    ok: status < 300,
    status,
    headers: { get: (name) => headers[name] ?? null },
    text: async () => (typeof body === "string" ? body : JSON.stringify(body)),
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
  });
}
