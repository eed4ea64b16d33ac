import { z } from "zod";

/** Whose socket it is. Kept with the socket by the platform, so it outlives the object's memory. */
const SocketHolderSchema = z.object({ playerId: z.string(), expiresAtMs: z.number(), connectedAtMs: z.number() });
export type SocketHolder = Readonly<z.infer<typeof SocketHolderSchema>>;

/** Who wants to connect, as the Worker found out from the token. */
export type Visitor = Pick<SocketHolder, "playerId" | "expiresAtMs">;

const PLAYER_HEADER = "x-muster-player";
const EXPIRY_HEADER = "x-muster-expires-at-ms";

/** The upgrade as the region gets it: it names the player and carries no token. */
export function upgradeRequest({ playerId, expiresAtMs }: Visitor): Request {
  const headers = { upgrade: "websocket", [PLAYER_HEADER]: playerId, [EXPIRY_HEADER]: String(expiresAtMs) };
  return new Request("https://region/socket", { headers });
}

/** The reverse. Only the Worker can reach a region, so what it says is so. */
export function visitorOf(request: Request): Visitor {
  return {
    playerId: z.string().min(1).parse(request.headers.get(PLAYER_HEADER)),
    expiresAtMs: z.coerce.number().positive().parse(request.headers.get(EXPIRY_HEADER)),
  };
}

export function holderOf(socket: WebSocket): SocketHolder {
  return SocketHolderSchema.parse(socket.deserializeAttachment());
}
