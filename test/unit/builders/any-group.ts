import fc from "fast-check";
import type { Mode } from "../../../src/core/mode.ts";
import { playersPerMatch } from "../../../src/core/mode.ts";
import type { Ticket, TicketPlayer } from "../../../src/core/ticket.ts";
import { aMode } from "./a-mode.ts";
import { aPlayer } from "./a-player.ts";
import { aTicket } from "./a-ticket.ts";
import type { Shape } from "./any-pool.ts";
import { everySplit } from "./every-split.ts";

/** Tickets that together hold exactly the players of a match. Whether they fit on its teams is another question. */
export interface AnyGroup {
  readonly mode: Mode;
  readonly tickets: readonly Ticket[];
}

export function anyGroup(
  shapes: readonly Shape[],
  { hasParties, hasRoles }: { readonly hasParties: boolean; readonly hasRoles: boolean },
): fc.Arbitrary<AnyGroup> {
  return fc
    .record({
      shape: fc.constantFrom(...shapes),
      knobs: fc.record({
        balanceWeight: fc.constantFrom(1, 4),
        isSigmaAware: fc.boolean(),
        sigmaWeight: fc.constantFrom(0, 0.1),
        partyParityWeight: fc.constantFrom(0, 0.5, 10),
      }),
    })
    .map(({ shape, knobs }) => aMode({ ...shape, ...knobs, ...(hasRoles && { roles: rolesOf(shape.teamSize) }) }))
    .chain((mode) => {
      const needed = playersPerMatch(mode);
      return fc.record({
        mode: fc.constant(mode),
        tickets: fc
          .record({
            players: fc.array(anyPlayer(mode), { minLength: needed, maxLength: needed }),
            sizes: fc.array(fc.integer({ min: 1, max: hasParties ? mode.teamSize : 1 }), { maxLength: needed }),
          })
          .map(({ players, sizes }) => asTickets(players, sizes)),
      });
    });
}

/** The group on its teams in every possible way. */
export function everyLineup({ mode, tickets }: AnyGroup): Ticket[][][] {
  const sizes = tickets.map(({ players }) => players.length);
  return everySplit(sizes, mode.teams, mode.teamSize).map((teamOf) => onTeams(tickets, teamOf, mode));
}

/** @param teamOf of each ticket */
export function onTeams(tickets: readonly Ticket[], teamOf: ArrayLike<number>, { teams }: Mode): Ticket[][] {
  return Array.from({ length: teams }, (_, team) => tickets.filter((_, index) => teamOf[index] === team));
}

function rolesOf(teamSize: number): Record<string, number> {
  return teamSize >= 4 ? { tank: 1, healer: 2 } : teamSize >= 2 ? { tank: 1, healer: 1 } : { tank: 1 };
}

function anyPlayer({ roles }: Mode): fc.Arbitrary<Pick<TicketPlayer, "mu" | "sigma" | "roles">> {
  const known = Object.keys(roles);
  return fc.record(
    {
      mu: fc.oneof(fc.integer({ min: 20, max: 30 }), fc.double({ min: 0, max: 50, noNaN: true })),
      sigma: fc.double({ min: 0.8, max: 8.4, noNaN: true }),
      ...(known.length > 0 && { roles: fc.subarray(known, { minLength: 1 }) }),
    },
    { requiredKeys: ["mu", "sigma"] },
  );
}

/** Parties of these sizes while there are players, then single players. */
function asTickets(
  players: readonly Pick<TicketPlayer, "mu" | "sigma" | "roles">[],
  sizes: readonly number[],
): Ticket[] {
  const tickets: Ticket[] = [];
  for (let first = 0; first < players.length; ) {
    const size = sizes[tickets.length] ?? 1;
    const members = players.slice(first, first + size);
    tickets.push(
      aTicket({ players: members.map((player, member) => ({ ...aPlayer(`p${first}-${member}`), ...player })) }),
    );
    first += size;
  }
  return tickets;
}
