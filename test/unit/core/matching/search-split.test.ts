import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RolePlaces } from "../../../../src/core/matching/role-places.ts";
import { searchSplit } from "../../../../src/core/matching/search-split.ts";
import type { Ticket } from "../../../../src/core/ticket.ts";
import { ticketRating } from "../../../../src/core/ticket.ts";
import { aMode } from "../../builders/a-mode.ts";
import { anyGroup, everyLineup, onTeams } from "../../builders/any-group.ts";
import { brokenRules } from "../../builders/broken-rules.ts";

const SHAPES = [
  { teams: 2, teamSize: 2 },
  { teams: 2, teamSize: 3 },
  { teams: 2, teamSize: 4 },
  { teams: 3, teamSize: 2 },
];

describe("searchSplit", () => {
  it("finds a lineup that keeps parties whole and seats their roles exactly if there is one", () => {
    const seen = { possible: 0, impossible: 0 };
    fc.assert(
      fc.property(anyGroup(SHAPES, { hasParties: true, hasRoles: true }), (group) => {
        const { mode } = group;
        const places = new RolePlaces(mode);
        const tickets: Ticket[] = [...group.tickets].sort((a, b) => b.players.length - a.players.length);
        const units = {
          sizes: tickets.map(({ players }) => players.length),
          ratingSums: Float64Array.from(tickets, (ticket) => ticketRating(ticket) * ticket.players.length),
          roleOffers: tickets.map(({ players }) => players.map((player) => places.offerOf(player))),
        };
        const split = searchSplit(units, mode.teams, mode.teamSize, places);
        seen[split === null ? "impossible" : "possible"] += 1;
        if (split !== null) expect(brokenRules(onTeams(tickets, split.teamOf, mode), mode)).toEqual([]);
        else expect(everyLineup(group).filter((lineup) => brokenRules(lineup, mode).length === 0)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
    expect(Math.min(seen.possible, seen.impossible)).toBeGreaterThan(100);
  });

  it("places parties that only fit one way", () => {
    expect(searchSplit(parties([3, 3, 2, 2, 2]), 2, 6, open(6))?.teamOf).toEqual([0, 0, 1, 1, 1]);
  });

  it("says what its teams differ by", () => {
    // 120 + 40 against 60 + 50 + 40, and 3 + 1 bonds against 1 + 1 + 1.
    const units = { sizes: [4, 2, 2, 2, 2], ratingSums: Float64Array.of(120, 60, 40, 40, 50), roleOffers: null };
    const split = searchSplit(units, 2, 6, open(6));
    expect(split?.imbalance).toBe(10);
    expect(split?.bondDifference).toBe(1);
  });

  it("ends without an answer on parties that cannot fill large teams", () => {
    expect(searchSplit(parties([...new Array<number>(21).fill(3), 1]), 4, 16, open(16))).toBeNull();
  });
});

function open(teamSize: number): RolePlaces {
  return new RolePlaces(aMode({ teamSize }));
}

function parties(sizes: readonly number[]) {
  return { sizes, ratingSums: Float64Array.from(sizes, (size) => 25 * size), roleOffers: null };
}
