import { BEARER_PROTOCOL_PREFIX } from "../../../src/region/socket-constants.ts";
import type { KnownPlayer } from "../world.ts";
import type { Credential } from "./credential.ts";
import { opensSocket } from "./document.ts";
import type { PlannedRequest } from "./planned-request.ts";
import type { Secrets } from "./request-of.ts";

type Header = readonly [name: string, value: string];

const SUBPROTOCOLS = "sec-websocket-protocol";

/** The planned headers, and those that show who sends the request; to a socket's operation a token is a subprotocol. */
export function credentialHeaders(
  { operation, credential, headers }: PlannedRequest,
  actor: KnownPlayer,
  stranger: KnownPlayer,
  { apiKey, metricsToken, identity, identityElsewhere }: Secrets,
): Header[] {
  const key = keyOf(credential, apiKey);
  const keyHeaders: Header[] = key === null ? [] : [["x-api-key", key]];
  const tokens: Partial<Record<Credential, string>> = {
    player: actor.token,
    stranger: stranger.token,
    "key and player": actor.token,
    identity: identity.token,
    metrics: metricsToken,
    "wrong token": "wrong",
    "tampered token": tampered(actor.token),
    "unsigned token": unsigned(actor.token),
    "identity elsewhere": identityElsewhere,
    "key and wrong token": "wrong",
    "wrong key and player": actor.token,
  };
  const token = tokens[credential];
  if (operation !== null && opensSocket(operation)) return [...keyHeaders, ...withSubprotocol(headers, token)];
  if (token !== undefined) return [...keyHeaders, ["authorization", `Bearer ${token}`], ...headers];
  if (credential !== "no bearer") return [...keyHeaders, ...headers];
  return [["authorization", `Basic ${Buffer.from(`x:${actor.token}`).toString("base64")}`], ...headers];
}

function keyOf(credential: Credential, apiKey: string): string | null {
  if (credential === "wrong key" || credential === "wrong key and player") return "wrong-key-0123456789abcdef";
  return credential === "key" || credential === "key and player" || credential === "key and wrong token"
    ? apiKey
    : null;
}

function withSubprotocol(headers: readonly Header[], token: string | undefined): Header[] {
  return headers.map(([name, value]): Header => {
    if (name !== SUBPROTOCOLS || token === undefined) return [name, value];
    return [name, `${value}, ${BEARER_PROTOCOL_PREFIX}${token}`];
  });
}

function tampered(token: string): string {
  const [header = "", claims = "", signature = ""] = token.split(".");
  return `${header}.${claims}.${signature.slice(1)}${signature.slice(0, 1)}`;
}

function unsigned(token: string): string {
  const [, claims = ""] = token.split(".");
  return `${Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url")}.${claims}.`;
}
