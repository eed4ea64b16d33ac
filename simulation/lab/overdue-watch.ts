import type { Ticket } from "../../src/core/ticket.ts";
import { canFillTeams } from "../can-fill-teams.ts";
import type { GameShape } from "./game-shape.ts";
import { mapsOf } from "./map-choice.ts";
import type { Policy } from "./policy.ts";

/** A policy that is watched for tickets it left waiting past the cap although a match was there. */
export interface OverdueWatch {
  readonly policy: Policy;
  /** Ticks that began with a ticket past the cap. */
  overdueTicks(): number;
  /** Of these, the ones after which such a ticket still waited and those to complete a match with it. */
  misses(): number;
}

/**
 * Holds a policy to its cap.
 *
 * 1. After a tick look at every ticket that is past the cap and still waits.
 * 2. All others were there for it, except those who were matched for the sake of another overdue ticket. Of a policy
 *    without passes, except those who were matched.
 * 3. For each map that the ticket would play: if parties of those who would play it too fill the teams around it, the
 *    policy missed a match.
 *
 * @param capS the policy's cap
 */
export function watchOverdue(policy: Policy, shape: GameShape, capS: number): OverdueWatch {
  let overdueTicks = 0;
  let misses = 0;
  return {
    policy: {
      arrived: (ticket) => policy.arrived(ticket),
      tick: (waiting, nowMs) => {
        const made = policy.tick(waiting, nowMs);
        const overdue = waiting.filter(({ enqueuedAtMs }) => nowMs - enqueuedAtMs >= capS * 1000);
        if (overdue.length === 0) return made;
        overdueTicks += 1;
        const matched = new Set(made.flatMap(({ teams }) => teams.flat()));
        const preferred = made.filter(({ pass }) => pass === null || pass === "overdue");
        const gone = new Set(preferred.flatMap(({ teams }) => teams.flat()));
        const there = waiting.filter((ticket) => !gone.has(ticket));
        if (overdue.some((ticket) => !matched.has(ticket) && canPlay(ticket, there, shape))) misses += 1;
        return made;
      },
    },
    overdueTicks: () => overdueTicks,
    misses: () => misses,
  };
}

/** Whether there is a match with this ticket among those who are there, itself included. */
function canPlay(ticket: Ticket, there: readonly Ticket[], { teams, teamSize }: GameShape): boolean {
  return mapsOf(ticket).some((map) => {
    const others = there.filter((other) => other !== ticket && mapsOf(other).includes(map));
    const sizes = others.map(({ players }) => players.length);
    return canFillTeams(teams, teamSize, sizes, teamSize - ticket.players.length);
  });
}
