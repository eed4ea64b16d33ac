import type { Json } from "../json.ts";
import type { KnownPlayer, World } from "../world.ts";
import { credentialHeaders } from "./credential-headers.ts";
import type { BodyEncoding, PlannedBody, PlannedRequest } from "./planned-request.ts";

export interface Secrets {
  readonly apiKey: string;
  readonly metricsToken: string;
  /** A player of the game's identity provider. */
  readonly identity: KnownPlayer;
  /** A token that the provider made for another service. */
  readonly identityElsewhere: string;
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
  const actor = planned.credential === "identity" ? secrets.identity : world.player(planned.actor);
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
  const tokenOf = { player: actor, identity: actor, stranger }[String(planned.credential)]?.playerId ?? null;
  return {
    method: planned.method,
    path,
    headers: [
      ...credentialHeaders(planned, actor, stranger, secrets),
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
