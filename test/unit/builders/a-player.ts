import { DEFAULT_RATING } from "../../../src/core/mode.ts";
import type { TicketPlayer } from "../../../src/core/ticket.ts";

/** A new player, unless a rating is given. */
export function aPlayer(playerId: string, mu = DEFAULT_RATING.mu, sigma = DEFAULT_RATING.sigma): TicketPlayer {
  return { playerId, mu, sigma };
}
