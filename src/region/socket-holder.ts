import { z } from "zod";

/** Whose socket it is. Kept with the socket by the platform, so it outlives the object's memory. */
const SocketHolderSchema = z.object({
  playerId: z.string(),
  expiresAtMs: z.number(),
  connectedAtMs: z.number(),
  /** When the token was made; 0: it was opened by a release that did not say. */
  issuedAtMs: z.number().default(0),
});
export type SocketHolder = Readonly<z.infer<typeof SocketHolderSchema>>;

/** Who wants to connect, as the Worker found out from the token. */
export type Visitor = Pick<SocketHolder, "playerId" | "expiresAtMs" | "issuedAtMs">;

const PLAYER_HEADER = "x-muster-player";
const EXPIRY_HEADER = "x-muster-expires-at-ms";
const ISSUE_HEADER = "x-muster-issued-at-ms";

/** The upgrade as the region gets it: it names the player and carries no token. */
export function upgradeRequest({ playerId, expiresAtMs, issuedAtMs }: Visitor): Request {
  const headers = {
    upgrade: "websocket",
    [PLAYER_HEADER]: playerId,
    [EXPIRY_HEADER]: String(expiresAtMs),
    [ISSUE_HEADER]: String(issuedAtMs),
  };
  return new Request("https://region/socket", { headers });
}

/** The reverse. Only the Worker can reach a region, so what it says is so. */
export function visitorOf(request: Request): Visitor {
  return {
    playerId: z.string().min(1).parse(request.headers.get(PLAYER_HEADER)),
    expiresAtMs: z.coerce.number().positive().parse(request.headers.get(EXPIRY_HEADER)),
    issuedAtMs: z.coerce
      .number()
      .min(0)
      .parse(request.headers.get(ISSUE_HEADER) ?? 0),
  };
}

export function holderOf(socket: WebSocket): SocketHolder {
  return SocketHolderSchema.parse(socket.deserializeAttachment());
}
