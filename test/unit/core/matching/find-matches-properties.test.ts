import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bestSplit } from "../../../../src/core/matching/best-split.ts";
import type { FoundMatch } from "../../../../src/core/matching/find-matches.ts";
import { findMatches } from "../../../../src/core/matching/find-matches.ts";
import { toleranceOf } from "../../../../src/core/matching/tolerance.ts";
import type { Mode } from "../../../../src/core/mode.ts";
import type { Constraints, Ticket, TicketPlayer } from "../../../../src/core/ticket.ts";
import { aMode } from "../../builders/a-mode.ts";
import { aPlayer } from "../../builders/a-player.ts";
import { aSolo, aTicket } from "../../builders/a-ticket.ts";

const NOW_MS = 300_000;
const NEVER_OVERDUE_MS = 3_600_000;
const MOST_TICKETS = 16;

interface Pool {
  readonly mode: Mode;
  readonly density: number;
  readonly tickets: readonly Ticket[];
}

/** Whole points as often as fractions, and few times, so that ties happen. */
const mu = fc.oneof(fc.integer({ min: 15, max: 35 }), fc.double({ min: 0, max: 50, noNaN: true }));
const sigma = fc.double({ min: 0.8, max: 8.4, noNaN: true });
const playerIndex = fc.nat({ max: MOST_TICKETS - 1 });
const constraints: fc.Arbitrary<Constraints> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.record({ maxRatingGap: fc.integer({ min: 0, max: 20 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      avoid: fc.array(
        playerIndex.map((index) => `p${index}-0`),
        { maxLength: 3 },
      ),
    }),
  },
);

/** Pools of up to 16 tickets in modes from 1v1 to three teams of three, with parties and rules. */
const pools: fc.Arbitrary<Pool> = fc
  .record({ teams: fc.integer({ min: 2, max: 3 }), teamSize: fc.integer({ min: 1, max: 3 }) })
  .chain((shape) => {
    const seat = fc.record({
      members: fc.array(fc.tuple(mu, sigma), { minLength: 1, maxLength: shape.teamSize }),
      isParty: fc.boolean(),
      enqueuedAtMs: fc.constantFrom(0, 200_000, 290_000, NOW_MS),
      constraints,
    });
    return fc.record({
      mode: fc
        .record({ sigmaWeight: fc.constantFrom(0, 0.1, 1), overdueAfterMs: fc.constantFrom(150_000, NEVER_OVERDUE_MS) })
        .map((rules) => aMode({ ...shape, ...rules })),
      density: fc.constantFrom(2e-5, 0.01, 1),
      tickets: fc.array(seat, { maxLength: MOST_TICKETS }).map((seats) =>
        seats.map(({ members, isParty, enqueuedAtMs, constraints }, index) => {
          const seated = isParty ? members : members.slice(0, 1);
          const players = seated.map(([mu, sigma], member) => aPlayer(`p${index}-${member}`, mu, sigma));
          return aTicket({ players, enqueuedAtMs, constraints });
        }),
      ),
    });
  });

function find({ tickets, mode, density }: Pool) {
  return findMatches(tickets, mode, () => density, NOW_MS);
}

function playersOf(match: FoundMatch): TicketPlayer[] {
  return match.teams.flat().flatMap((ticket) => ticket.players);
}

function rangeOf(match: FoundMatch): number {
  const mus = playersOf(match).map((player) => player.mu);
  return Math.max(...mus) - Math.min(...mus);
}

/** Holds for every match of 10,000 pools. */
function everyMatch(isRight: (match: FoundMatch, pool: Pool) => boolean): void {
  let matches = 0;
  fc.assert(
    fc.property(pools, (pool) => {
      for (const match of find(pool).matches) {
        matches += 1;
        if (!isRight(match, pool)) return false;
      }
      return true;
    }),
    { numRuns: 10_000 },
  );
  expect(matches).toBeGreaterThan(1_000);
}

/** What the group would cost, and what it may: computed from the players alone. */
function costAndTolerance(match: FoundMatch, mode: Mode, density: number): { cost: number; tolerance: number } {
  const players = playersOf(match);
  const sums = match.teams.map((team) => team.flatMap((ticket) => ticket.players).reduce((sum, { mu }) => sum + mu, 0));
  const agesS = match.teams.flat().flatMap((ticket) => ticket.players.map(() => (NOW_MS - ticket.enqueuedAtMs) / 1000));
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    cost:
      rangeOf(match) +
      (4 * (Math.max(...sums) - Math.min(...sums))) / mode.teamSize +
      mode.sigmaWeight * meanOf(players.map((player) => player.sigma)),
    tolerance: toleranceOf(mode, density, meanOf(agesS), Math.max(...agesS)),
  };
}

describe("findMatches, for any pool", () => {
  it("puts every ticket into exactly one match or back into line", () => {
    fc.assert(
      fc.property(pools, (pool) => {
        const { matches, unmatched } = find(pool);
        const seen = [...matches.flatMap((match) => match.teams.flat()), ...unmatched];
        return seen.length === pool.tickets.length && new Set(seen).size === seen.length;
      }),
      { numRuns: 10_000 },
    );
  });

  it("fills every team of the mode, no more and no less", () => {
    everyMatch((match, { mode }) => {
      const sizes = match.teams.map((team) => team.flatMap((ticket) => ticket.players).length);
      return sizes.length === mode.teams && sizes.every((size) => size === mode.teamSize);
    });
  });

  it("never goes past a maximum rating gap", () => {
    everyMatch((match) =>
      match.teams.flat().every(({ constraints }) => rangeOf(match) <= (constraints.maxRatingGap ?? Infinity)),
    );
  });

  it("never brings a player together with one who is avoided", () => {
    everyMatch((match) =>
      match.teams.flat().every((ticket) => {
        const others = match.teams.flat().filter((other) => other !== ticket);
        const met = others.flatMap((other) => other.players).map((player) => player.playerId);
        return !met.some((playerId) => ticket.constraints.avoid?.includes(playerId));
      }),
    );
  });

  it("never takes a group that costs more than its tolerance, unless somebody in it is overdue", () => {
    everyMatch((match, { mode, density }) => {
      if (match.teams.flat().some((ticket) => NOW_MS - ticket.enqueuedAtMs >= mode.overdueAfterMs)) return true;
      const { cost, tolerance } = costAndTolerance(match, mode, density);
      return cost <= tolerance + 1e-9;
    });
  });

  it("divides every group as fairly as can be", () => {
    everyMatch((match, { mode }) => {
      const units = match.teams.flat().map((ticket) => ({
        size: ticket.players.length,
        ratingSum: ticket.players.reduce((sum, { mu }) => sum + mu, 0),
      }));
      const sums = match.teams.map((team) =>
        team.flatMap((ticket) => ticket.players).reduce((sum, { mu }) => sum + mu, 0),
      );
      const fairest = bestSplit(units, mode.teams, mode.teamSize)?.imbalance ?? Number.NaN;
      return Math.max(...sums) - Math.min(...sums) <= fairest + 1e-9;
    });
  });

  it("finds the same matches in whatever order the tickets come", () => {
    const shuffled = pools.chain((pool) =>
      fc
        .shuffledSubarray([...pool.tickets], { minLength: pool.tickets.length })
        .map((tickets) => ({ pool, shuffledPool: { ...pool, tickets } })),
    );
    fc.assert(
      fc.property(shuffled, ({ pool, shuffledPool }) => {
        expect(find(shuffledPool)).toEqual(find(pool));
      }),
      { numRuns: 2_000 },
    );
  });

  it("changes nothing that it is given", () => {
    fc.assert(
      fc.property(pools, (pool) => {
        const before = structuredClone(pool.tickets);
        find(pool);
        expect(pool.tickets).toEqual(before);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("nobody waits forever without a rule of their own", () => {
  const soloists = (count: { minLength: number; maxLength: number }) =>
    fc
      .array(fc.tuple(mu, sigma), count)
      .map((ratings) => ratings.map(([mu, sigma], index) => aSolo(`p${index}`, mu, { sigma })));
  const density = fc.double({ min: 2e-5, max: 1_000, noNaN: true });
  /**
   * The tolerance reaches any cost within √5/2·cost/a. Over mu 0 to 50 a 2v2 costs at most
   * 50 (range) + 4·50/2 (one at 50 with three at 0) + 0.1·8.4 (sigma): 338 s at half a point per second.
   */
  const boundMs = Math.ceil(((Math.sqrt(5) / 2) * (50 + 100 + 0.84) * 1_000) / 0.5);
  const onlyTolerance = aMode({ overdueAfterMs: NEVER_OVERDUE_MS });

  it("any four players of 2v2 are matched once the oldest is overdue, however many arrive elsewhere", () => {
    fc.assert(
      fc.property(soloists({ minLength: 4, maxLength: 4 }), density, (tickets, rho) => {
        const others = tickets.slice(1).map((ticket) => ({ ...ticket, enqueuedAtMs: 30_000 }));
        const waiting = [...tickets.slice(0, 1), ...others];
        expect(findMatches(waiting, aMode({ overdueAfterMs: 30_000 }), () => rho, 30_000).matches).toHaveLength(1);
      }),
      { numRuns: 5_000 },
    );
  });

  it("any four players of 2v2 are matched within 338 seconds even where nobody is ever overdue", () => {
    expect(boundMs).toBeLessThan(338_000);
    fc.assert(
      fc.property(soloists({ minLength: 4, maxLength: 4 }), density, (tickets, rho) => {
        expect(findMatches(tickets, onlyTolerance, () => rho, boundMs).matches).toHaveLength(1);
      }),
      { numRuns: 5_000 },
    );
  });

  it("after as long every tick that finds four players waiting matches some of them", () => {
    fc.assert(
      fc.property(soloists({ minLength: 4, maxLength: 40 }), density, (tickets, rho) => {
        let waiting: readonly Ticket[] = tickets;
        while (waiting.length >= 4) {
          const { matches, unmatched } = findMatches(waiting, onlyTolerance, () => rho, boundMs);
          expect(matches.length).toBeGreaterThan(0);
          waiting = unmatched;
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
