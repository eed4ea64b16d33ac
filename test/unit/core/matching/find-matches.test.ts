import { describe, expect, it } from "vitest";
import type { Density } from "../../../../src/core/matching/density.ts";
import { densityAt, emptyDensity, withArrivals } from "../../../../src/core/matching/density.ts";
import type { Matching } from "../../../../src/core/matching/find-matches.ts";
import { findMatches } from "../../../../src/core/matching/find-matches.ts";
import type { Ticket } from "../../../../src/core/ticket.ts";
import { aMode } from "../../builders/a-mode.ts";
import { aPlayer } from "../../builders/a-player.ts";
import { aSolo, aTicket } from "../../builders/a-ticket.ts";

const duel = aMode({ name: "1v1", teamSize: 1, sigmaWeight: 0 });
/** At half a point per second: a natural tolerance of 1 point in 2v2, of 0.7 in 1v1. */
const busy: Density = () => 1;
/** Where hardly anybody comes, nearly any group is ripe. */
const cold: Density = () => 2e-5;

/** Players of each match, each team sorted. */
function lineups(matching: Matching): string[][][] {
  return matching.matches.map((match) =>
    match.teams.map((tickets) =>
      tickets
        .flatMap((ticket) => ticket.players)
        .map((player) => player.playerId)
        .sort(),
    ),
  );
}

function waitingPlayers(matching: Matching): string[] {
  return matching.unmatched.flatMap((ticket) => ticket.players).map((player) => player.playerId);
}

function foursome(mus: readonly number[], overrides: Partial<Ticket> & { sigma?: number } = {}): Ticket[] {
  return ["ann", "bob", "cay", "dan"].map((playerId, index) => aSolo(playerId, mus[index] ?? 25, overrides));
}

describe("findMatches", () => {
  it("finds nothing among too few", () => {
    const three = foursome([25, 25, 25]).slice(0, 3);
    expect(findMatches(three, aMode(), cold, 0)).toEqual({ matches: [], unmatched: three });
  });

  it("matches four equal new players at the first look in a region that just woke", () => {
    const density = densityAt(withArrivals(emptyDensity(0), [25, 25, 25, 25], 0), 250);
    expect(lineups(findMatches(foursome([25, 25, 25, 25]), aMode(), density, 250))).toHaveLength(1);
  });

  it("plays the best and the worst of four against the two between", () => {
    expect(lineups(findMatches(foursome([24, 25, 26, 27]), aMode(), cold, 0))).toEqual([
      [
        ["ann", "dan"],
        ["bob", "cay"],
      ],
    ]);
  });

  it("keeps a party on one team", () => {
    const party = aTicket({ players: [aPlayer("ann", 30), aPlayer("bob", 20)] });
    const matching = findMatches([party, aSolo("cay", 31), aSolo("dan", 19)], aMode(), cold, 0);
    expect(lineups(matching)).toEqual([
      [
        ["ann", "bob"],
        ["cay", "dan"],
      ],
    ]);
  });

  it("leaves those waiting who are too far apart for a busy region", () => {
    const matching = findMatches([aSolo("ann", 20), aSolo("bob", 25)], duel, busy, 0);
    expect(matching.matches).toEqual([]);
    expect(waitingPlayers(matching)).toEqual(["ann", "bob"]);
  });

  it("matches the same players once they have waited, long before they are overdue", () => {
    const pair = [aSolo("ann", 20), aSolo("bob", 25)];
    expect(findMatches(pair, duel, busy, 5_000).matches).toHaveLength(0);
    expect(findMatches(pair, duel, busy, 20_000).matches).toHaveLength(1);
  });

  it("takes the closest pairs first", () => {
    const tickets = [aSolo("ann", 20), aSolo("bob", 22), aSolo("cay", 22.1), aSolo("dan", 24.5)];
    const matching = findMatches(tickets, duel, cold, 0);
    expect(lineups(matching)).toEqual([[["bob"], ["cay"]]]);
    expect(waitingPlayers(matching)).toEqual(["ann", "dan"]);
  });

  it("takes those who came first when ratings are equal", () => {
    const tickets = [
      aSolo("late", 25, { enqueuedAtMs: 3_000 }),
      aSolo("early", 25, { enqueuedAtMs: 1_000 }),
      aSolo("middle", 25, { enqueuedAtMs: 2_000 }),
    ];
    expect(lineups(findMatches(tickets, duel, cold, 3_000))).toEqual([[["early"], ["middle"]]]);
  });

  it("treats a ticket from the future, after the clock stepped back, as new", () => {
    const apart = [aSolo("ann", 22, { enqueuedAtMs: 60_000 }), aSolo("bob", 28, { enqueuedAtMs: 60_000 })];
    const near = [aSolo("ann", 25, { enqueuedAtMs: 60_000 }), aSolo("bob", 25, { enqueuedAtMs: 60_000 })];
    expect(findMatches(apart, duel, busy, 0).matches).toHaveLength(0);
    expect(findMatches(near, duel, busy, 0).matches).toHaveLength(1);
  });

  it("counts the waiting of each player, not of each ticket", () => {
    // Cost 10. Two of four waited 20 s: tolerance 1 + 0.2·((½·10 + ½·20)/2)² = 12.25; one of four: 8.8.
    const mode = aMode({ sigmaWeight: 0 });
    const withWaiting = (duoAtMs: number, soloAtMs: number) => [
      aTicket({ players: [aPlayer("ann", 25), aPlayer("bob", 25)], enqueuedAtMs: duoAtMs }),
      aSolo("cay", 20, { enqueuedAtMs: soloAtMs }),
      aSolo("dan", 30, { enqueuedAtMs: 20_000 }),
    ];
    expect(findMatches(withWaiting(0, 20_000), mode, busy, 20_000).matches).toHaveLength(1);
    expect(findMatches(withWaiting(20_000, 0), mode, busy, 20_000).matches).toHaveLength(0);
  });
});

describe("an overdue ticket", () => {
  const mode = aMode({ teamSize: 1, pointsPerSecond: 0.01, overdueAfterMs: 30_000 });

  it("takes any match that the rules allow, at the age that its mode says and not before", () => {
    const pair = [aSolo("ann", 5), aSolo("bob", 45, { enqueuedAtMs: 29_000 })];
    expect(findMatches(pair, mode, busy, 29_999).matches).toHaveLength(0);
    expect(findMatches(pair, mode, busy, 30_000).matches).toHaveLength(1);
  });

  it("does not take a partner away from a match that is ripe", () => {
    const tickets = [
      aSolo("overdue", 20),
      aSolo("ann", 25, { enqueuedAtMs: 30_000, sigma: 0.1 }),
      aSolo("bob", 25, { enqueuedAtMs: 30_000, sigma: 0.1 }),
    ];
    expect(lineups(findMatches(tickets, mode, busy, 30_000))).toEqual([[["ann"], ["bob"]]]);
  });
});

describe("hard rules", () => {
  it("bind the whole match to each ticket's maximum rating gap", () => {
    const tickets = foursome([20, 21, 22, 26]);
    const careful = tickets.with(1, aSolo("bob", 21, { constraints: { maxRatingGap: 5 } }));
    expect(findMatches(tickets, aMode(), cold, 0).matches).toHaveLength(1);
    expect(findMatches(careful, aMode(), cold, 0).matches).toHaveLength(0);
  });

  it("allow a gap that is exactly the maximum", () => {
    const pair = [aSolo("ann", 20, { constraints: { maxRatingGap: 5 } }), aSolo("bob", 25)];
    expect(findMatches(pair, duel, cold, 0).matches).toHaveLength(1);
  });

  it("measure the gap over players, not over the means of parties", () => {
    const party = aTicket({ players: [aPlayer("ann", 10), aPlayer("bob", 40)] });
    const picky = aSolo("cay", 25, { constraints: { maxRatingGap: 20 } });
    expect(findMatches([party, picky, aSolo("dan", 25)], aMode(), cold, 0).matches).toHaveLength(0);
  });

  it("never give way to waiting", () => {
    const pair = [aSolo("ann", 20, { constraints: { maxRatingGap: 4 } }), aSolo("bob", 25)];
    expect(findMatches(pair, duel, cold, 24 * 3_600_000).matches).toHaveLength(0);
  });

  it("keep an avoided player out of the match, whoever came first", () => {
    const shy = aSolo("ann", 25, { constraints: { avoid: ["bob"] } });
    expect(findMatches([shy, aSolo("bob", 25)], duel, cold, 0).matches).toHaveLength(0);
    expect(findMatches([shy, aSolo("cay", 25)], duel, cold, 0).matches).toHaveLength(1);
  });

  it("keep an avoided player off the own team too", () => {
    const tickets = foursome([24, 25, 26, 27]);
    const shy = tickets.with(0, aSolo("ann", 24, { constraints: { avoid: ["dan"] } }));
    expect(findMatches(shy, aMode(), cold, 0).matches).toHaveLength(0);
  });

  it("let a player be matched who avoids themselves by mistake", () => {
    const odd = aSolo("ann", 25, { constraints: { avoid: ["ann"] } });
    expect(findMatches([odd, aSolo("bob", 25)], duel, cold, 0).matches).toHaveLength(1);
  });
});

describe("MATCH_BETA", () => {
  it("makes a group of new players wait that is ripe without it", () => {
    const tickets = foursome([25, 25, 25, 25]);
    expect(findMatches(tickets, aMode({ sigmaWeight: 0 }), busy, 0).matches).toHaveLength(1);
    expect(findMatches(tickets, aMode({ sigmaWeight: 1 }), busy, 0).matches).toHaveLength(0);
  });

  it("does not make settled players wait as it does new ones", () => {
    const mode = aMode({ sigmaWeight: 0.5 });
    expect(findMatches(foursome([25, 25, 25, 25], { sigma: 1 }), mode, busy, 0).matches).toHaveLength(1);
    expect(findMatches(foursome([25, 25, 25, 25], { sigma: 8 }), mode, busy, 0).matches).toHaveLength(0);
  });

  it("prefers the surer of two groups that share a ticket", () => {
    const tickets = [
      aSolo("new", 24, { sigma: 8 }),
      aSolo("between", 25, { sigma: 4 }),
      aSolo("sure", 26, { sigma: 1 }),
    ];
    const withWeight = (sigmaWeight: number) =>
      lineups(findMatches(tickets, aMode({ teamSize: 1, sigmaWeight }), cold, 0));
    expect(withWeight(0)).toEqual([[["new"], ["between"]]]);
    expect(withWeight(0.1)).toEqual([[["between"], ["sure"]]]);
  });
});
