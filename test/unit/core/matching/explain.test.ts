import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explain, MOST_EXPLAINED } from "../../../../src/core/matching/explain.ts";
import type { ModeDefinition } from "../../../../src/core/mode-definition.ts";
import type { Constraints, Ticket } from "../../../../src/core/ticket.ts";
import { ticketRating } from "../../../../src/core/ticket.ts";
import { anEvenDensity } from "../../builders/a-density.ts";
import { aMode } from "../../builders/a-mode.ts";
import { aPlayer } from "../../builders/a-player.ts";
import { aSolo, aTicket } from "../../builders/a-ticket.ts";
import { anyPool, NOW_MS, SMALL_SHAPES } from "../../builders/any-pool.ts";
import { brokenTogether } from "../../builders/broken-rules.ts";
import { isOverdue, worthOf } from "../../builders/match-worth.ts";

const ann = aSolo("ann", 25);

function explained(others: readonly Ticket[], overrides: Partial<ModeDefinition> = {}, nowMs = 0, ticket = ann) {
  const mode = aMode({ pointsPerSecond: 0.5, ...overrides });
  return explain(ticket, [ticket, ...others], mode, anEvenDensity(1), nowMs);
}

function about(playerId: string, constraints: Constraints): Ticket {
  return aSolo(playerId, 25, { constraints });
}

describe("explain", () => {
  it("tells the tolerance now and in 10, 30 and 60 s: 1, 6, 46 and 181 in the worked example", () => {
    const { tolerance, toleranceIn } = explained([]);
    expect([tolerance, toleranceIn[10], toleranceIn[30], toleranceIn[60]].map(Math.round)).toEqual([1, 6, 46, 181]);
  });

  it("counts who is near enough among those whom no rule keeps out", () => {
    const others = [aSolo("bob", 25.9), aSolo("cay", 24.1), aSolo("dan", 26.1), about("eve", { avoid: ["ann"] })];
    expect(explained(others)).toMatchObject({ compatible: 3, nearEnough: 2 });
    expect(explained(others, {}, 10_000)).toMatchObject({ compatible: 3, nearEnough: 3 });
  });

  it("says how many players are still needed", () => {
    expect(explained([]).needed).toBe(3);
    const pair = aTicket({ players: [aPlayer("bob"), aPlayer("cay")] });
    expect(explained([], { teamSize: 4 }, 0, pair).needed).toBe(6);
  });

  it("names the rule that keeps most others out", () => {
    const others = [
      about("bob", { avoid: ["ann"] }),
      aSolo("cay", 10),
      aSolo("dan", 40),
      about("eve", { attributes: { build: "2" } }),
    ];
    const mode: Partial<ModeDefinition> = {
      maxRatingGap: 9,
      attributes: { build: { rule: "same", default: "1" } },
    };
    expect(explained(others, mode)).toMatchObject({
      compatible: 0,
      heldBackBy: { rule: "max_rating_gap", excludes: 2 },
    });
    expect(explained(others.slice(3), mode).heldBackBy).toEqual({ rule: "build", excludes: 1 });
    expect(explained([aSolo("fay", 25)], mode).heldBackBy).toBeNull();
  });

  it("says when only the hard rules will count, and that they do already", () => {
    const overdue = { naturalWaits: 6, leastS: 30, mostS: 60 };
    expect(explained([], { overdue }, 29_999).relaxesAtMs).toBe(30_000);
    expect(explained([], { overdue }, 30_000).relaxesAtMs).toBeNull();
  });

  it("looks at so many others and no more", () => {
    const many = Array.from({ length: MOST_EXPLAINED + 50 }, (_, index) => aSolo(`p${index}`, 25));
    expect(explained(many).compatible).toBeLessThanOrEqual(MOST_EXPLAINED);
    expect(explained(many).compatible).toBeGreaterThanOrEqual(MOST_EXPLAINED - 1);
  });

  it("agrees with the rules, the formulas and the overdue age for any ticket of any pool", () => {
    const pools = anyPool({ shapes: SMALL_SHAPES, hasParties: true, hasRules: true, mostMatches: 3 });
    fc.assert(
      fc.property(pools, ({ tickets, mode, density }) => {
        const [ticket, ...others] = tickets;
        if (ticket === undefined) return;
        const explanation = explain(ticket, tickets, mode, density, NOW_MS);
        const compatible = others.filter((other) => brokenTogether([ticket, other], mode).length === 0);
        const { tolerance } = worthOf([[ticket]], mode, density, NOW_MS);
        const near = compatible.filter((other) => Math.abs(ticketRating(other) - ticketRating(ticket)) <= tolerance);
        expect(explanation).toMatchObject({ compatible: compatible.length, nearEnough: near.length });
        expect(explanation.tolerance).toBeCloseTo(tolerance, 6);
        expect(explanation.heldBackBy === null).toBe(compatible.length === others.length);
        expect(explanation.relaxesAtMs === null).toBe(isOverdue(ticket, mode, density, NOW_MS));
      }),
      { numRuns: 2_000 },
    );
  });
});
