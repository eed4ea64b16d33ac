import fc from "fast-check";
import { expect, test } from "vitest";
import { checkTicket } from "../../../src/core/check-ticket.ts";
import { formMatch } from "../../../src/core/form-match.ts";
import type { Ticket, TicketPlayer } from "../../../src/core/ticket.ts";
import { aPlayer } from "../builders/a-player.ts";
import { askedConstraints, tickets } from "../builders/asked-constraints.ts";
import { aHunt } from "../builders/hunt-mode.ts";

const LOCATIONS = ["EUW", "EUNE", "NA"];
const RUNS = { numRuns: 2_000 };
const hunt = aHunt();

test("every refusal points at what the call says, or at what it leaves out", () => {
  let refused = 0;
  fc.assert(
    fc.property(tickets, askedConstraints, (players, asked) => {
      const checked = checkTicket(players, asked, hunt, LOCATIONS);
      if (checked.ok) return;
      refused += 1;
      const body = {
        party: players.map(({ playerId }) => playerId),
        constraints: {
          max_rating_gap: asked.maxRatingGap,
          avoid: asked.avoid,
          roles: asked.roles,
          latency_ms: asked.latencyMs,
          attributes: asked.attributes,
        },
      };
      for (const { pointer } of checked.refusal.problems) {
        if (pointer === "/constraints/attributes/build") continue;
        // Roles that the players said themselves: the call can say others.
        if (pointer === "/constraints/roles" && players.some(({ roles }) => roles !== undefined)) continue;
        expect([pointer, valueAt(body, pointer)]).not.toEqual([pointer, undefined]);
      }
    }),
    RUNS,
  );
  expect(refused).toBeGreaterThan(100);
});

test("a ticket in normal form stays as it is", () => {
  let accepted = 0;
  fc.assert(
    fc.property(tickets, askedConstraints, (players, asked) => {
      const once = checkTicket(players, asked, hunt, LOCATIONS);
      if (!once.ok) return;
      accepted += 1;
      expect(checkTicket(once.value.players, once.value.constraints, hunt, LOCATIONS)).toEqual(once);
    }),
    RUNS,
  );
  expect(accepted).toBeGreaterThan(100);
});

test("whoever is taken can be matched: with players of the same kind who ask for nothing", () => {
  fc.assert(
    fc.property(tickets, askedConstraints, (players, asked) => {
      const checked = checkTicket(players, asked, hunt, LOCATIONS);
      if (!checked.ok) return;
      const ticket: Ticket = { ticketId: "asked", mode: "hunt", enqueuedAtMs: 0, ...checked.value };
      const { build, crossplay } = ticket.constraints.attributes ?? {};
      const easy = (playerId: string): Ticket => ({
        ticketId: playerId,
        mode: "hunt",
        players: [aPlayer(playerId, players[0]?.mu)],
        enqueuedAtMs: 0,
        constraints: { attributes: { build: build ?? "", crossplay: crossplay ?? true } },
      });
      const mates = ["m1", "m2", "m3"].slice(players.length).map(easy);
      const teams = [[ticket, ...mates], ["r1", "r2", "r3"].map(easy)];
      const match = formMatch({ pass: "exact", teams }, hunt, "match-1", 1, 0);
      expect(new Set(match.teams[0]?.players.map(({ role }) => role))).toEqual(new Set(["tank", "healer", null]));
      expect(spreadOf(match.teams.flatMap((team) => team.players))).toBeLessThanOrEqual(
        Math.min(30, asked.maxRatingGap ?? 30),
      );
    }),
    RUNS,
  );
});

/** What a JSON pointer finds; undefined: nothing. */
function valueAt(body: unknown, pointer: string): unknown {
  let found = body;
  for (const step of pointer.split("/").slice(1)) {
    if (typeof found !== "object" || found === null) return undefined;
    found = new Map(Object.entries(found)).get(step.replaceAll("~1", "/").replaceAll("~0", "~"));
  }
  return found;
}

function spreadOf(players: readonly Pick<TicketPlayer, "mu">[]): number {
  const mus = players.map(({ mu }) => mu);
  return Math.max(...mus) - Math.min(...mus);
}
