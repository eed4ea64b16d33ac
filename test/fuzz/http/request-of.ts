import type { Json } from "../json.ts";
import type { KnownPlayer, World } from "../world.ts";
import type { Credential } from "./credential.ts";
import type { BodyEncoding, PlannedBody, PlannedRequest } from "./planned-request.ts";

export interface Secrets {
  readonly apiKey: string;
  readonly metricsToken: string;
}

/** A request as it goes out. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer | null;
  /** Whether the body goes out without a length. */
  readonly isChunked: boolean;
  /** What the body says, where it says just that; undefined: it is sent damaged, or as another type. */
  readonly json: Json | undefined;
  /** Whose id stands in the path or the body, where one does. */
  readonly playerId: string | null;
  /** Whose token it shows, if it is that of a player and nothing else. */
  readonly tokenOf: string | null;
}

/** The planned request in the present world: references become ids, credentials and bodies become bytes. */
export function requestOf(planned: PlannedRequest, world: World, secrets: Secrets): SentRequest {
  const actor = world.player(planned.actor);
  const stranger = world.player(planned.actor + 1);
  const resolvedPath = planned.path.map((part) =>
    "text" in part ? part.text : encodeURIComponent(world.meaning(part.value, actor).toWellFormed()),
  );
  const query = planned.query.map((pair) => pair.map((text) => encodeURIComponent(text.toWellFormed())).join("="));
  const path = resolvedPath.join("") + (query.length === 0 ? "" : `?${query.join("&")}`);
  const value = planned.body === null ? undefined : world.resolved(planned.body.value, actor);
  const { body, isChunked } = bodyOf(planned.body, value);
  const contentType = planned.body?.contentType ?? null;
  const isSound = planned.body?.encoding === "plain" && contentType === "application/json";
  const tokenOf = { player: actor, stranger }[String(planned.credential)]?.playerId ?? null;
  return {
    method: planned.method,
    path,
    headers: [
      ...credentialHeaders(planned.credential, actor, stranger, secrets),
      ...planned.headers,
      ...(contentType === null ? [] : [["content-type", contentType] as const]),
    ],
    body,
    isChunked,
    json: isSound ? value : undefined,
    playerId: playerIn(planned, value, world, actor),
    tokenOf,
  };
}

function playerIn({ operation, path }: PlannedRequest, body: Json | undefined, world: World, actor: KnownPlayer) {
  if (operation?.path.includes("{player_id}")) {
    const part = path.find((one) => "value" in one);
    return part !== undefined && "value" in part ? world.meaning(part.value, actor) : null;
  }
  const isObject = typeof body === "object" && body !== null && "player_id" in body;
  return isObject && typeof body.player_id === "string" ? body.player_id : null;
}

function credentialHeaders(
  credential: Credential,
  actor: KnownPlayer,
  stranger: KnownPlayer,
  { apiKey, metricsToken }: Secrets,
): (readonly [string, string])[] {
  const key = ["x-api-key", apiKey] as const;
  const wrongKey = ["x-api-key", "wrong-key-0123456789abcdef"] as const;
  const bearer = (token: string) => ["authorization", `Bearer ${token}`] as const;
  const [header = "", claims = "", signature = ""] = actor.token.split(".");
  switch (credential) {
    case "none":
      return [];
    case "key":
      return [key];
    case "player":
      return [bearer(actor.token)];
    case "stranger":
      return [bearer(stranger.token)];
    case "key and player":
      return [key, bearer(actor.token)];
    case "metrics":
      return [bearer(metricsToken)];
    case "wrong key":
      return [wrongKey];
    case "wrong token":
      return [bearer("wrong")];
    case "tampered token":
      return [bearer(`${header}.${claims}.${signature.slice(1)}${signature.slice(0, 1)}`)];
    case "unsigned token":
      return [bearer(`${Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url")}.${claims}.`)];
    case "key and wrong token":
      return [key, bearer("wrong")];
    case "wrong key and player":
      return [wrongKey, bearer(actor.token)];
    case "no bearer":
      return [["authorization", `Basic ${Buffer.from(`x:${actor.token}`).toString("base64")}`]];
  }
}

const TOO_MANY_BYTES = 20_000;

function bodyOf(planned: PlannedBody | null, value: Json | undefined): Pick<SentRequest, "body" | "isChunked"> {
  if (planned === null || value === undefined) return { body: null, isChunked: false };
  return { body: encoded(JSON.stringify(value), planned.encoding), isChunked: planned.encoding === "chunked" };
}

function encoded(text: string, encoding: BodyEncoding): Buffer {
  switch (encoding) {
    case "plain":
    case "chunked":
      return Buffer.from(text);
    case "truncated":
      return Buffer.from(text.slice(0, text.length / 2));
    case "empty":
      return Buffer.alloc(0);
    case "invalid UTF-8":
      return Buffer.concat([
        Buffer.from(text.slice(0, -1)),
        Buffer.from([0xff, 0xc0, 0x80]),
        Buffer.from(text.slice(-1)),
      ]);
    case "byte order mark":
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]);
    case "twice":
      return Buffer.from(text + text);
    case "padded":
      return Buffer.from(`\n\t  ${text}  \r\n`);
    case "too large":
      return Buffer.concat([Buffer.from(text), Buffer.alloc(TOO_MANY_BYTES, " ")]);
  }
}
