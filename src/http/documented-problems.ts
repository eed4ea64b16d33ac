import { ProblemSchema } from "../wire/problem.ts";

const TITLES = {
  400: "The body is not JSON",
  401: "No credentials, or one that is not valid",
  403: "Not allowed with these credentials",
  404: "Unknown",
  409: "In conflict with the present state",
  413: "The body is too large",
  414: "The address is too long",
  415: "The body is not application/json",
  422: "Well-formed but not valid; `errors` names each fault",
  426: "Not a WebSocket's request",
  431: "A header is too large",
  429: "Too many calls; see Retry-After",
  500: "A fault of the service",
  503: "Not available for a moment; see Retry-After",
} as const;

type DocumentedStatus = keyof typeof TITLES;
interface DocumentedProblem {
  readonly description: string;
  readonly headers?: Readonly<Record<string, { description: string; schema: { type: "string" | "integer" } }>>;
  readonly content: { readonly "application/problem+json": { readonly schema: typeof ProblemSchema } };
}

/** Every call can end so: a wrong credential, a player who is locked out, an unfit body, a fault, an outage. */
const EVERYWHERE = [401, 403, 413, 414, 431, 500, 503] as const;

/** The OpenAPI responses for a route's problems: those named, and those that every call can end with. */
export function documentedProblems<const Status extends DocumentedStatus>(
  ...statuses: Status[]
): Record<Status | (typeof EVERYWHERE)[number], DocumentedProblem> {
  const documented = new Map<DocumentedStatus, DocumentedProblem>();
  for (const status of [...statuses, ...EVERYWHERE]) documented.set(status, documentedProblem(status));
  // `fromEntries` forgets which keys there are.
  return Object.fromEntries(documented) as Record<Status | (typeof EVERYWHERE)[number], DocumentedProblem>;
}

function documentedProblem(status: DocumentedStatus): DocumentedProblem {
  const headers = HEADERS[status];
  return {
    description: TITLES[status],
    ...(headers === undefined ? {} : { headers }),
    content: { "application/problem+json": { schema: ProblemSchema } },
  };
}

const RETRY_AFTER = { "retry-after": { description: "Seconds", schema: { type: "integer" } } } as const;
const HEADERS: Partial<Record<DocumentedStatus, NonNullable<DocumentedProblem["headers"]>>> = {
  401: { "www-authenticate": { description: "RFC 6750", schema: { type: "string" } } },
  429: RETRY_AFTER,
  503: RETRY_AFTER,
};
