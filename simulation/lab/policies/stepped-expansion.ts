import type { Ticket } from "../../../src/core/ticket.ts";
import { ticketRating } from "../../../src/core/ticket.ts";
import { fillGroup } from "../fill-group.ts";
import type { GameShape } from "../game-shape.ts";
import { playersOf } from "../game-shape.ts";
import type { Policy, PolicyMatch } from "../policy.ts";
import { fairSplits } from "../split-teams.ts";

/** From some age on a ticket accepts ratings this far from its own. */
interface Step {
  readonly fromS: number;
  readonly width: number;
}

/** Oldest first. */
const STEPS: readonly Step[] = [
  { fromS: 60, width: Number.POSITIVE_INFINITY },
  { fromS: 30, width: 8 },
  { fromS: 10, width: 4 },
  { fromS: 0, width: 2 },
];

/**
 * Amazon FlexMatch's way, as its guide sets up expansions: a rule that relaxes in steps.
 *
 * 1. Go through the tickets from the oldest. Each is an anchor, and its own age says how far from it a rating may be.
 * 2. Fill the match with the oldest tickets within that width; whether they would accept the anchor is not asked.
 * 3. A full group is split as fairly as can be and leaves the line.
 *
 * @param widthFactor makes every step so many times as wide: its knob
 */
export function steppedExpansion(shape: GameShape, widthFactor: number): Policy {
  const split = fairSplits(shape);
  return {
    arrived: () => {},
    tick: (waiting, nowMs) => {
      const matches: PolicyMatch[] = [];
      const rated = waiting.map((ticket) => ({ ticket, rating: ticketRating(ticket) }));
      const taken = new Set<Ticket>();
      for (const { ticket: anchor, rating: middle } of rated) {
        if (taken.has(anchor)) continue;
        const width = widthFactor * widthAt(nowMs - anchor.enqueuedAtMs);
        const near = rated.filter(({ ticket, rating }) => Math.abs(rating - middle) <= width && !taken.has(ticket));
        const others = near.map(({ ticket }) => ticket).filter((ticket) => ticket !== anchor);
        const members = fillGroup([anchor, ...others], playersOf(shape));
        const teams = members === null ? null : split(members);
        if (members === null || teams === null) continue;
        matches.push({ teams, pass: null });
        for (const ticket of members) taken.add(ticket);
      }
      return matches;
    },
  };
}

function widthAt(ageMs: number): number {
  return STEPS.find(({ fromS }) => ageMs >= fromS * 1000)?.width ?? 0;
}
