import type { Ticket } from "../../src/core/ticket.ts";
import { haveMapInCommon } from "./map-choice.ts";

/**
 * The first tickets of a line that fill the places of a match, each taken if there is still room and a map for it.
 *
 * @returns null where the line ends before the match is full
 */
export function fillGroup(line: Iterable<Ticket>, players: number): Ticket[] | null {
  const members: Ticket[] = [];
  let room = players;
  for (const ticket of line) {
    if (ticket.players.length > room || !haveMapInCommon([...members, ticket])) continue;
    members.push(ticket);
    room -= ticket.players.length;
    if (room === 0) return members;
  }
  return null;
}
