import type { Ticket } from "../../../src/core/ticket.ts";
import { aPlayer } from "./a-player.ts";

/** A new player's ticket for 2v2, made at time 0. Its id follows from its first player. */
export function aTicket(overrides: Partial<Ticket> = {}): Ticket {
  const players = overrides.players ?? [aPlayer("ann")];
  return {
    ticketId: `ticket-of-${players[0]?.playerId}`,
    mode: "2v2",
    players,
    enqueuedAtMs: 0,
    constraints: {},
    ...overrides,
  };
}

/** A ticket of one player with a rating. */
export function aSolo(playerId: string, mu: number, overrides: Partial<Ticket> & { sigma?: number } = {}): Ticket {
  const { sigma, ...rest } = overrides;
  return aTicket({ players: [aPlayer(playerId, mu, sigma)], ...rest });
}
