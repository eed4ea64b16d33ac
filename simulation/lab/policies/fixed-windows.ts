import type { Ticket } from "../../../src/core/ticket.ts";
import type { GameShape } from "../game-shape.ts";
import { playersOf } from "../game-shape.ts";
import { haveMapInCommon } from "../map-choice.ts";
import { neighbourWindows } from "../neighbour-windows.ts";
import type { Policy, PolicyMatch } from "../policy.ts";
import { fairSplits } from "../split-teams.ts";

/**
 * Open Match's example of a match function and its default evaluator: sorted windows of a width that never changes.
 *
 * 1. Sort the tickets by rating; every run of neighbours that holds the players of a match is a window.
 * 2. A window whose ratings lie within `width` is a proposal, scored by how close they are.
 * 3. Take proposals from the closest on, skipping those that share a ticket with one taken.
 *
 * @param width rating points from the lowest to the highest ticket
 */
export function fixedWindows(shape: GameShape, width: number): Policy {
  const split = fairSplits(shape);
  return {
    arrived: () => {},
    tick: (waiting) => {
      const matches: PolicyMatch[] = [];
      const taken = new Set<Ticket>();
      const proposals = neighbourWindows(waiting, playersOf(shape)).filter(
        ({ members, range }) => range <= width && haveMapInCommon(members),
      );
      for (const { members } of proposals.sort((a, b) => a.range - b.range)) {
        if (members.some((ticket) => taken.has(ticket))) continue;
        const teams = split(members);
        if (teams === null) continue;
        matches.push({ teams, pass: null });
        for (const ticket of members) taken.add(ticket);
      }
      return matches;
    },
  };
}
