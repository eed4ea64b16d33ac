import type { ClosingName } from "../src/region/socket-constants.ts";
import { CLOSINGS } from "../src/region/socket-constants.ts";
import { MatchmakingError } from "./matchmaking-error.ts";

/** What to do when a socket has closed: connect again after at least so long, or give up. */
export type AfterClose =
  | { readonly isFinal: false; readonly leastMs: number }
  | { readonly isFinal: true; readonly error: MatchmakingError };

/**
 * Everything that is not the region's final word is a broken connection: a deploy closes all sockets with 1006, networks
 * with that or 1001.
 *
 * @param canRenew whether a fresh token can be asked for
 * @param longestMs the longest wait of the backoff, which is the least for somebody who sent too much
 */
export function afterClose(code: number, canRenew: boolean, longestMs: number): AfterClose {
  switch (code) {
    case CLOSINGS.replaced.code:
      return giveUp("replaced");
    case CLOSINGS.token_expired.code:
      return canRenew ? AT_ONCE : giveUp("token_expired");
    case CLOSINGS.moved.code:
      return canRenew ? AT_ONCE : giveUp("moved");
    case CLOSINGS.region_closed.code:
      return canRenew ? AT_ONCE : giveUp("region_closed");
    case CLOSINGS.revoked.code:
      return canRenew ? AT_ONCE : giveUp("revoked");
    case CLOSINGS.flooding.code:
      return { isFinal: false, leastMs: longestMs };
    default:
      return AT_ONCE;
  }
}

const AT_ONCE = { isFinal: false, leastMs: 0 } as const;

const TITLES = {
  replaced: "Another connection took the place of this one",
  token_expired: "The token has expired",
  moved: "The player moved to another region",
  region_closed: "The player's region is closed",
  revoked: "The player's tokens were taken back",
} as const satisfies Partial<Record<ClosingName, string>>;

function giveUp(reason: keyof typeof TITLES): AfterClose {
  return {
    isFinal: true,
    error: new MatchmakingError({ reason, title: TITLES[reason], detail: CLOSINGS[reason].reason }),
  };
}
