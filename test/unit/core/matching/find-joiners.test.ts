import { describe, expect, it } from "vitest";
import { findJoiners } from "../../../../src/core/matching/find-joiners.ts";
import { JoinProspects } from "../../../../src/core/matching/join-prospects.ts";
import type { Opening } from "../../../../src/core/matching/running-match.ts";
import type { Ticket } from "../../../../src/core/ticket.ts";
import { anEvenDensity } from "../../builders/a-density.ts";
import { aSeat, aTeam } from "../../builders/a-match.ts";
import { aMode } from "../../builders/a-mode.ts";
import { aPlayer } from "../../builders/a-player.ts";
import { aSolo, aTicket } from "../../builders/a-ticket.ts";
import { anOpening } from "../../builders/an-opening.ts";

const SIGMA = 1;

/** A seat of a settled player. */
function seat(playerId: string, mu: number, overrides = {}) {
  return aSeat(playerId, { mu, sigma: SIGMA, ...overrides });
}

/** Who left is gone for good. */
function gone(playerId: string, mu = 25) {
  return seat(playerId, mu, { released: true, left: true });
}

function settled(playerId: string, mu: number, overrides: Partial<Ticket> = {}): Ticket {
  return aSolo(playerId, mu, { sigma: SIGMA, ...overrides });
}

/** Ids of the tickets that come, by match and team. */
function whoJoins(
  openings: readonly Opening[],
  waiting: readonly Ticket[],
  { nowMs = 5_000, mode = aMode() } = {},
): Record<string, string[][]> {
  const found = findJoiners(openings, waiting, mode, anEvenDensity(0.01), nowMs);
  return Object.fromEntries(
    found.map(({ opening, teams }) => [
      opening.match.matchId,
      teams.map((tickets) => tickets.map(({ players }) => players.map(({ playerId }) => playerId).join("+"))),
    ]),
  );
}

/** Bob has left Ann, who plays against Cay and Dan. */
const WITHOUT_BOB = anOpening(
  { teams: [aTeam("teamA", seat("ann", 25), gone("bob")), aTeam("teamB", seat("cay", 25), seat("dan", 25))] },
  { teamA: 1 },
);

describe("an open place", () => {
  it("is given to whoever is nearest to those who are there", () => {
    expect(whoJoins([WITHOUT_BOB], [settled("far", 27), settled("near", 24.5), settled("farther", 21)])).toEqual({
      "match-1": [["near"], []],
    });
  });

  it("waits while nobody is close enough, and takes less close ones the longer it has waited", () => {
    expect(whoJoins([WITHOUT_BOB], [settled("far", 30)])).toEqual({});
    const later = { nowMs: 40_000 };
    expect(whoJoins([WITHOUT_BOB], [settled("far", 30, { enqueuedAtMs: 40_000 })], later)).toEqual({
      "match-1": [["far"], []],
    });
  });

  it("is given to nobody who does not fit as a whole", () => {
    const pair = aTicket({ players: [aPlayer("eve", 25, SIGMA), aPlayer("fay", 25, SIGMA)] });
    expect(whoJoins([WITHOUT_BOB], [pair])).toEqual({});
    const both = anOpening(
      { teams: [aTeam("teamA", seat("ann", 25), seat("bob", 25)), aTeam("teamB", gone("cay"), gone("dan"))] },
      { teamB: 2 },
    );
    expect(whoJoins([both], [pair])).toEqual({ "match-1": [[], ["eve+fay"]] });
    const apart = anOpening(
      { teams: [aTeam("teamA", seat("ann", 25), gone("bob")), aTeam("teamB", gone("cay"), seat("dan", 25))] },
      { teamA: 1, teamB: 1 },
    );
    expect(whoJoins([apart], [pair])).toEqual({});
  });

  it("stays open if it was not asked for", () => {
    const onlyB = anOpening(
      { teams: [aTeam("teamA", seat("ann", 25), gone("bob")), aTeam("teamB", gone("cay"), seat("dan", 25))] },
      { teamB: 1 },
    );
    expect(whoJoins([onlyB], [settled("eve", 25), settled("fay", 25)])).toEqual({ "match-1": [[], ["eve"]] });
  });

  it("of the match that has asked longest is filled first", () => {
    const { match, backfill } = WITHOUT_BOB;
    const young = { ...WITHOUT_BOB, backfill: { ...backfill, enqueuedAtMs: 2_000 } };
    const old = {
      ...WITHOUT_BOB,
      match: { ...match, matchId: "match-2" },
      backfill: { ...backfill, ticketId: "z", enqueuedAtMs: 1_000 },
    };
    expect(whoJoins([young, old], [settled("eve", 25)])).toEqual({ "match-2": [["eve"], []] });
  });
});

describe("of two teams with places", () => {
  const TWO_PLACES = { teamA: 1, teamB: 1 };

  it("the weaker one gets the stronger newcomer", () => {
    const opening = anOpening(
      { teams: [aTeam("teamA", seat("ann", 28), gone("bob")), aTeam("teamB", gone("cay"), seat("dan", 22))] },
      TWO_PLACES,
    );
    const waiting = [settled("strong", 27), settled("weak", 23)];
    expect(whoJoins([opening], waiting, { nowMs: 40_000 })).toEqual({ "match-1": [["weak"], ["strong"]] });
  });

  it("both are filled in one tick where enough wait, and one where only one does", () => {
    const opening = anOpening(
      { teams: [aTeam("teamA", seat("ann", 25), gone("bob")), aTeam("teamB", gone("cay"), seat("dan", 25))] },
      TWO_PLACES,
    );
    expect(whoJoins([opening], [settled("eve", 25)])).toEqual({ "match-1": [["eve"], []] });
    expect(whoJoins([opening], [settled("eve", 25), settled("fay", 25)])).toEqual({ "match-1": [["eve"], ["fay"]] });
  });
});

describe("the hard rules", () => {
  const mode = aMode({ maxRatingGap: 10, overdue: { naturalWaits: 0, leastS: 0, mostS: 0 } });

  it.each([
    ["whom somebody there avoids", { limits: [{ ticketId: "ticket-of-ann", avoid: ["eve"] }] }, {}],
    ["who avoids somebody there", {}, { constraints: { avoid: ["dan"] } }],
    ["who is too far from somebody there", { limits: [{ ticketId: "ticket-of-cay", maxRatingGap: 1 }] }, {}],
    ["for whom somebody there is too far", {}, { constraints: { maxRatingGap: 1 } }],
  ])("keep out %s, however long they wait", (_, match, ticket) => {
    const opening = { ...WITHOUT_BOB, match: { ...WITHOUT_BOB.match, ...match } };
    expect(whoJoins([opening], [settled("eve", 27, ticket)], { mode })).toEqual({});
    expect(new JoinProspects().couldJoin(opening, [settled("eve", 27, ticket)], mode)).toBe(false);
  });

  it("of somebody who left are gone with them", () => {
    const limits = [{ ticketId: "ticket-of-bob", maxRatingGap: 1, avoid: ["eve"] }];
    const opening = { ...WITHOUT_BOB, match: { ...WITHOUT_BOB.match, limits } };
    expect(whoJoins([opening], [settled("eve", 27)], { mode })).toEqual({ "match-1": [["eve"], []] });
  });

  it("hold among those who come in one tick", () => {
    const opening = anOpening(
      { teams: [aTeam("teamA", seat("ann", 25), gone("bob")), aTeam("teamB", gone("cay"), seat("dan", 25))] },
      { teamA: 1, teamB: 1 },
    );
    const waiting = [settled("eve", 25), settled("fay", 25, { constraints: { avoid: ["eve"] } }), settled("gil", 26)];
    expect(whoJoins([opening], waiting, { mode })).toEqual({ "match-1": [["eve"], ["gil"]] });
  });

  it("of the mode's rating gap count for the whole match", () => {
    expect(new JoinProspects().couldJoin(WITHOUT_BOB, [settled("eve", 36)], mode)).toBe(false);
    expect(new JoinProspects().couldJoin(WITHOUT_BOB, [settled("eve", 34)], mode)).toBe(true);
  });
});

describe("what a match agreed on", () => {
  const mode = aMode({
    attributes: {
      map: { rule: "overlap", values: ["dust", "mirage", "inferno"] },
      build: { rule: "same", default: 1 },
      stakes: { rule: "range", min: 0, max: 100 },
    },
    maxLatencyMs: 80,
  });
  const terms = {
    attributes: { map: ["dust", "mirage"], build: 1, stakes: { min: 10, max: 20 } },
    locations: ["EUW", "NA"],
  };
  const opening = { ...WITHOUT_BOB, match: { ...WITHOUT_BOB.match, terms }, locations: terms.locations };

  it.each([
    ["who says nothing", {}, true],
    ["who takes all the maps", { attributes: { map: ["dust", "inferno", "mirage"] } }, true],
    ["who takes only one of the maps, because nobody knows which is on", { attributes: { map: ["dust"] } }, false],
    ["of another build", { attributes: { build: 2 } }, false],
    ["of the same build, for all the stakes", { attributes: { build: 1, stakes: { min: 0, max: 20 } } }, true],
    ["for some of the stakes only", { attributes: { build: 1, stakes: { min: 10, max: 15 } } }, false],
    ["who reaches both locations", { latencyMs: { EUW: 10, NA: 80 } }, true],
    ["who reaches one of the locations only", { latencyMs: { EUW: 10, NA: 81 } }, false],
  ])("lets in or keeps out somebody %s", (_, constraints, isAllowed) => {
    expect(new JoinProspects().couldJoin(opening, [settled("eve", 25, { constraints })], mode)).toBe(isAllowed);
  });
});

describe("a match that nobody is left in", () => {
  it("gets nobody", () => {
    const opening = anOpening(
      { teams: [aTeam("teamA", gone("ann"), gone("bob")), aTeam("teamB", gone("cay"), gone("dan"))] },
      { teamA: 1 },
    );
    expect(whoJoins([opening], [settled("eve", 25)])).toEqual({});
    expect(new JoinProspects().couldJoin(opening, [settled("eve", 25)], aMode())).toBe(false);
  });
});
