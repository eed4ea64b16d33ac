import { LIMITS } from "../core/limits.ts";

/** What a problem says unless the call says it better. A client may come back from a 429 or 503, so those say when. */
export type ProblemKind =
  | {
      readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 426 | 500;
      readonly title: string;
      readonly detail: string;
    }
  | { readonly status: 429 | 503; readonly title: string; readonly detail: string; readonly retryAfterS: number };

/** What is wrong with a call whatever it asks for, or with the service. */
export const CALL_PROBLEMS = {
  malformed_json: {
    status: 400,
    title: "Not JSON",
    detail: "Send one JSON object, encoded as UTF-8.",
  },
  unsupported_protocol: {
    status: 400,
    title: "No protocol that is spoken here",
    detail: "Offer the subprotocols muster.v1 and bearer.<token>, in Sec-WebSocket-Protocol.",
  },
  binary_frame: {
    status: 400,
    title: "The frame is not text",
    detail: "Send one JSON object in a text frame.",
  },
  unknown_message: {
    status: 400,
    title: "No such message",
    detail: "Its type is not one that is known here.",
  },
  credentials_needed: {
    status: 401,
    title: "No credentials",
    detail: "Send the API key as x-api-key, or a player's token as Authorization: Bearer <token>.",
  },
  invalid_credentials: {
    status: 401,
    title: "Credentials are not valid",
    detail: "Every credential that is sent must be valid: correct it, or leave it out.",
  },
  system_only: {
    status: 403,
    title: "Only for the game's servers",
    detail: "This needs the API key in x-api-key; a player's token is not enough.",
  },
  not_registered: {
    status: 403,
    title: "Not registered",
    detail: "The identity provider's token is valid, but has no player here yet: POST /players/register with it first.",
  },
  renewed_elsewhere: {
    status: 403,
    title: "Renewed by the identity provider",
    detail: "This token came from the game's identity provider, and so does its successor.",
  },
  unknown_route: {
    status: 404,
    title: "No such call",
    detail: "There is nothing at this path for this method; GET /docs shows every call.",
  },
  body_too_large: {
    status: 413,
    title: "The body is too large",
    detail: `A body may have at most ${LIMITS.bodyBytes} bytes.`,
  },
  frame_too_large: {
    status: 413,
    title: "The frame is too large",
    detail: `A frame may have at most ${LIMITS.frameBytes} bytes.`,
  },
  unsupported_media_type: {
    status: 415,
    title: "The body's type is not supported",
    detail: "Send the body with Content-Type: application/json.",
  },
  invalid_input: {
    status: 422,
    title: "The input is not valid",
    detail: "Correct what errors lists and send the call again.",
  },
  upgrade_needed: {
    status: 426,
    title: "This is a WebSocket",
    detail: "Connect with a WebSocket client: the request needs Upgrade: websocket.",
  },
  rate_limited: {
    status: 429,
    title: "Too many calls",
    detail: "Slow down: wait as long as Retry-After says. Game servers call with the API key and are not limited.",
    retryAfterS: 60,
  },
  internal_error: {
    status: 500,
    title: "Something went wrong here",
    detail: "This is a fault of the service, not of the call. Give the operator the request id, or else the time.",
  },
  misconfigured: {
    status: 503,
    title: "The service is not configured",
    detail: "Its operator has to correct the configuration.",
    retryAfterS: 60,
  },
  identity_provider_unavailable: {
    status: 503,
    title: "The identity provider does not answer",
    detail: "Its keys are needed to check the token, and cannot be had. Send the same call again in a moment.",
    retryAfterS: 5,
  },
  database_unavailable: {
    status: 503,
    title: "The database does not answer",
    detail: "Send the same call again in a moment.",
    retryAfterS: 2,
  },
  region_unavailable: {
    status: 503,
    title: "The region does not answer",
    detail: "Send the same call again in a moment.",
    retryAfterS: 2,
  },
  metrics_unavailable: {
    status: 503,
    title: "The metrics hub does not answer",
    detail: "Scrape again in a moment.",
    retryAfterS: 2,
  },
} as const satisfies Record<string, ProblemKind>;
