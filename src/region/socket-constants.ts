/**
 * What client and region must write alike, byte for byte. In a file of its own, which imports nothing, so that the
 * client is not built with the schemas of `protocol.ts` and their library.
 */
export const SOCKET_PROTOCOL = "muster.v1";

/** The token comes as a second subprotocol, because a browser can set no header and an address ends up in logs. */
export const BEARER_PROTOCOL_PREFIX = "bearer.";

/** Sent exactly so, a ping is answered by the platform and does not even wake the region. */
export const PING = JSON.stringify({ type: "ping" });
export const PONG = JSON.stringify({ type: "pong" });

/** Why the region closes a socket, by the code that a client sees. */
export const CLOSINGS = {
  token_expired: { code: 4001, reason: "The token has expired. Connect again with a fresh one." },
  replaced: { code: 4002, reason: "The player opened more sockets than one player may have; the oldest goes." },
  flooding: { code: 4003, reason: "Too many messages. Connect again in a moment and send fewer." },
  moved: { code: 4004, reason: "The player moved to another region. Connect again with a fresh token." },
  silent: { code: 4005, reason: "No ping for a long time. Connect again if you are there." },
  region_closed: { code: 4006, reason: "The region is closed. Connect again with a fresh token." },
  revoked: {
    code: 4007,
    reason: "The player's tokens were taken back. Only a fresh token opens a socket again, if any.",
  },
} as const;
export type ClosingName = keyof typeof CLOSINGS;
