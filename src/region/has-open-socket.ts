import { holderOf } from "./socket-holder.ts";

/**
 * Whether a player can be told something now. It only looks, so it can be asked while the region wakes: the platform
 * holds the sockets, also while there is no region in memory.
 */
export function hasOpenSocket(
  platform: Pick<DurableObjectState, "getWebSockets">,
  playerId: string,
  nowMs: number,
): boolean {
  return platform.getWebSockets(playerId).some((socket) => isOpen(socket) && holderOf(socket).expiresAtMs > nowMs);
}

export function isOpen(socket: WebSocket): boolean {
  return socket.readyState === WebSocket.READY_STATE_OPEN;
}
