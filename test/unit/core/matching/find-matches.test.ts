import { describe, expect, it } from "vitest";
import { densityAt, emptyDensity, withArrivals } from "../../../../src/core/matching/density.ts";
import { findMatches } from "../../../../src/core/matching/find-matches.ts";
import type { Matching } from "../../../../src/core/matching/found-match.ts";
import type { Ticket } from "../../../../src/core/ticket.ts";
import { anEvenDensity } from "../../builders/a-density.ts";
import { aMode } from "../../builders/a-mode.ts";
import { aPlayer } from "../../builders/a-player.ts";
import { aSolo, aTicket } from "../../builders/a-ticket.ts";

const plain = { sigmaWeight: 0, isSigmaAware: false, overdue: { naturalWaits: 1_000, leastS: 3_600, mostS: 3_600 } };
const duel = aMode({ ...plain, teamSize: 1 });
const duos = aMode({ ...plain, pointsPerSecond: 0.5, balanceWeight: 4, partyParityWeight: 0 });
/** At half a point per second: a natural tolerance of 1 point in 2v2, of 0.7 in 1v1. */
const busy = anEvenDensity(1);
/** Where hardly anybody comes, nearly any group is ripe. */
const cold = anEvenDensity(2e-5);

/** Players of each match, each team sorted. */
function lineups(matching: Matching): string[][][] {
  return matching.matches.map(({ teams }) => teams.map((tickets) => namesOf(tickets).sort()));
}

function namesOf(tickets: readonly Ticket[]): string[] {
  return tickets.flatMap(({ players }) => players.map(({ playerId }) => playerId));
}

function foursome(mus: readonly number[], overrides: Partial<Ticket> & { sigma?: number } = {}): Ticket[] {
  return ["ann", "bob", "cay", "dan"].map((playerId, index) => aSolo(playerId, mus[index] ?? 25, overrides));
}

describe("findMatches", () => {
  it("finds nothing among nobody, and among too few", () => {
    expect(findMatches([], duos, cold, 0)).toEqual({ matches: [], unmatched: [] });
    const three = foursome([25, 25, 25]).slice(0, 3);
    expect(findMatches(three, duos, cold, 0)).toEqual({ matches: [], unmatched: three });
  });

  it("matches four equal new players at the first look in a region that just woke, with the mode as it comes", () => {
    const density = densityAt(withArrivals(emptyDensity(0), [25, 25, 25, 25], 0), 250);
    expect(findMatches(foursome([25, 25, 25, 25]), aMode(), density, 250).matches).toHaveLength(1);
  });

  it("plays the best and the worst of four against the two between", () => {
    const [lineup] = lineups(findMatches(foursome([24, 25, 26, 27]), duos, cold, 0));
    expect(lineup?.sort()).toEqual([
      ["ann", "dan"],
      ["bob", "cay"],
    ]);
  });

  it("keeps a party on one team", () => {
    const party = aTicket({ players: [aPlayer("ann", 30), aPlayer("bob", 20)] });
    const matching = findMatches([party, aSolo("cay", 31), aSolo("dan", 19)], duos, cold, 0);
    expect(lineups(matching)[0]?.sort()).toEqual([
      ["ann", "bob"],
      ["cay", "dan"],
    ]);
  });

  it("leaves those waiting who are too far apart for a busy region, until they have waited", () => {
    const pair = [aSolo("ann", 20), aSolo("bob", 25)];
    expect(findMatches(pair, duel, busy, 5_000)).toEqual({ matches: [], unmatched: pair });
    expect(findMatches(pair, duel, busy, 20_000).matches).toHaveLength(1);
  });

  it("takes those who came first when ratings are equal", () => {
    const tickets = [
      aSolo("late", 25, { enqueuedAtMs: 3_000 }),
      aSolo("early", 25, { enqueuedAtMs: 1_000 }),
      aSolo("middle", 25, { enqueuedAtMs: 2_000 }),
    ];
    expect(namesOf(findMatches(tickets, duel, cold, 3_000).unmatched)).toEqual(["late"]);
  });

  it("treats a ticket from the future, after the clock stepped back, as new", () => {
    const at = (mus: readonly number[]) => mus.map((mu) => aSolo(`p${mu}`, mu, { enqueuedAtMs: 60_000 }));
    expect(findMatches(at([22, 28]), duel, busy, 0).matches).toHaveLength(0);
    expect(findMatches(at([25, 25.1]), duel, busy, 0).matches).toHaveLength(1);
  });

  it("counts the waiting of each player, not of each ticket", () => {
    // Cost 10. Two of four waited 20 s: tolerance 1 + 0.2·((½·10 + ½·20)/2)² = 12.25; one of four: 8.8.
    const withWaiting = (duoAtMs: number, soloAtMs: number) => [
      aTicket({ players: [aPlayer("ann", 25), aPlayer("bob", 25)], enqueuedAtMs: duoAtMs }),
      aSolo("cay", 20, { enqueuedAtMs: soloAtMs }),
      aSolo("dan", 30, { enqueuedAtMs: 20_000 }),
    ];
    expect(findMatches(withWaiting(0, 20_000), duos, busy, 20_000).matches).toHaveLength(1);
    expect(findMatches(withWaiting(20_000, 0), duos, busy, 20_000).matches).toHaveLength(0);
  });

  it("says which pass made a match: for the overdue, of neighbours, of those whom neighbours left", () => {
    const mode = aMode({ ...plain, teamSize: 1, overdue: { naturalWaits: 1_000, leastS: 60, mostS: 60 } });
    const fresh = (playerId: string, mu: number, avoid: readonly string[] = []) =>
      aSolo(playerId, mu, { enqueuedAtMs: 90_000, constraints: { avoid } });
    const tickets = [
      aSolo("overdue", 2),
      fresh("nearest", 8),
      fresh("ann", 15),
      fresh("bob", 15.1),
      fresh("cay", 25),
      fresh("between", 25.1, ["cay", "dan"]),
      fresh("dan", 25.2),
    ];
    const { matches, unmatched } = findMatches(tickets, mode, anEvenDensity(0.1), 90_000);
    expect(matches.map(({ pass, teams }) => [pass, ...namesOf(teams.flat()).sort()])).toEqual([
      ["overdue", "nearest", "overdue"],
      ["exact", "ann", "bob"],
      ["leftover", "cay", "dan"],
    ]);
    expect(namesOf(unmatched)).toEqual(["between"]);
  });

  it("never lets tickets meet that differ in what must be the same", () => {
    const mode = aMode({ ...plain, teamSize: 1, attributes: { build: { rule: "same", default: "1" } } });
    const other = aSolo("bob", 25, { constraints: { attributes: { build: "2" } } });
    expect(findMatches([aSolo("ann", 25), other], mode, cold, 0).matches).toHaveLength(0);
    const matching = findMatches([aSolo("ann", 25), other, aSolo("cay", 30)], mode, cold, 0);
    expect(lineups(matching)[0]?.flat().sort()).toEqual(["ann", "cay"]);
  });
});

describe("hard rules", () => {
  it("bind the whole match to each ticket's maximum rating gap, over players and with the end included", () => {
    const careful = (gap: number) =>
      foursome([20, 21, 22, 26]).with(1, aSolo("bob", 21, { constraints: { maxRatingGap: gap } }));
    expect(findMatches(careful(5), duos, cold, 0).matches).toHaveLength(0);
    expect(findMatches(careful(6), duos, cold, 0).matches).toHaveLength(1);
    const party = aTicket({ players: [aPlayer("ann", 10), aPlayer("bob", 40)] });
    const picky = aSolo("cay", 25, { constraints: { maxRatingGap: 20 } });
    expect(findMatches([party, picky, aSolo("dan", 25)], duos, cold, 0).matches).toHaveLength(0);
  });

  it("bind every match to the mode's maximum rating gap, where no ticket has rules too", () => {
    const within = (maxRatingGap: number) => aMode({ ...plain, maxRatingGap });
    expect(findMatches(foursome([20, 21, 22, 26]), within(5), cold, 0).matches).toHaveLength(0);
    expect(findMatches(foursome([20, 21, 22, 26]), within(6), cold, 0).matches).toHaveLength(1);
  });

  it("never give way to waiting", () => {
    const pair = [aSolo("ann", 20, { constraints: { maxRatingGap: 4 } }), aSolo("bob", 25)];
    expect(findMatches(pair, duel, cold, 24 * 3_600_000).matches).toHaveLength(0);
  });

  it("keep an avoided player out of the match, on either team, whoever came first", () => {
    const tickets = foursome([24, 25, 26, 27]);
    const shy = (playerId: string) => tickets.with(0, aSolo("ann", 24, { constraints: { avoid: [playerId] } }));
    for (const name of ["bob", "cay", "dan"]) expect(findMatches(shy(name), duos, cold, 0).matches).toHaveLength(0);
    expect(findMatches(shy("eve"), duos, cold, 0).matches).toHaveLength(1);
  });

  it("let a player be matched who avoids themselves by mistake", () => {
    const odd = aSolo("ann", 25, { constraints: { avoid: ["ann"] } });
    expect(findMatches([odd, aSolo("bob", 25)], duel, cold, 0).matches).toHaveLength(1);
  });

  it("give each team its roles", () => {
    const mode = aMode({ ...plain, teamSize: 2, roles: { tank: 1, healer: 1 } });
    const as = (playerId: string, mu: number, role: string) =>
      aTicket({ players: [{ ...aPlayer(playerId, mu), roles: [role] }] });
    const tickets = [as("ann", 27, "tank"), as("bob", 26, "healer"), as("cay", 25, "healer"), as("dan", 24, "tank")];
    // The fairest teams would be both tanks against both healers.
    expect(lineups(findMatches(tickets, mode, cold, 0))[0]?.sort()).toEqual([
      ["ann", "cay"],
      ["bob", "dan"],
    ]);
  });
});

describe("MATCH_BETA", () => {
  it("makes a group of new players wait that is ripe without it", () => {
    const tickets = foursome([25, 25, 25, 25]);
    expect(findMatches(tickets, aMode({ ...plain, sigmaWeight: 0 }), busy, 0).matches).toHaveLength(1);
    expect(findMatches(tickets, aMode({ ...plain, sigmaWeight: 1 }), busy, 0).matches).toHaveLength(0);
  });

  it("does not make settled players wait as it does new ones", () => {
    const mode = aMode({ ...plain, sigmaWeight: 0.5 });
    expect(findMatches(foursome([25, 25, 25, 25], { sigma: 1 }), mode, busy, 0).matches).toHaveLength(1);
    expect(findMatches(foursome([25, 25, 25, 25], { sigma: 8 }), mode, busy, 0).matches).toHaveLength(0);
  });

  it("prefers the surer of two groups that share a ticket", () => {
    const tickets = [
      aSolo("new", 24.1, { sigma: 8 }),
      aSolo("between", 25, { sigma: 4 }),
      aSolo("sure", 26, { sigma: 1 }),
    ];
    const left = (sigmaWeight: number) =>
      namesOf(findMatches(tickets, aMode({ ...plain, teamSize: 1, sigmaWeight }), cold, 0).unmatched);
    expect(left(0)).toEqual(["sure"]);
    expect(left(2)).toEqual(["new"]);
  });
});
