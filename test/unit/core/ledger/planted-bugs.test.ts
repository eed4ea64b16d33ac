import { describe, expect, it } from "vitest";
import type { Change } from "../../../../src/core/changes.ts";
import type { Holdings } from "../../../../src/core/ledger/holdings.ts";
import { Ledger } from "../../../../src/core/ledger/ledger.ts";
import type { Match } from "../../../../src/core/match.ts";
import { Occupancy } from "../../../../src/core/occupancy.ts";
import { Pools } from "../../../../src/core/pools.ts";
import { EMPTY_QUEUE_STATE } from "../../../../src/core/queue-state.ts";
import type { Ticket } from "../../../../src/core/ticket.ts";
import { aMatch, aSeat, aTeam } from "../../builders/a-match.ts";
import { aModeDefinition, aModeTable } from "../../builders/a-mode.ts";
import { aPlayer } from "../../builders/a-player.ts";
import { aQueue, aQueueWithMatch, aQueueWithMatchIn, enqueueAll } from "../../builders/a-queue.ts";
import { aSolo, aTicket } from "../../builders/a-ticket.ts";

const MODES = aModeTable(aModeDefinition());
const NOBODY: Holdings = {
  tickets: 0,
  players: 0,
  setAside: 0,
  asked: 0,
  occupied: 0,
  matchesIn: () => 0,
  statusOf: () => undefined,
  holdsTicket: () => false,
  isStranded: () => false,
};

/** What a ledger that saw these changes says of a region that holds this. */
function foundAfter(changes: readonly Change[], held: Partial<Holdings>) {
  const ledger = new Ledger(EMPTY_QUEUE_STATE, MODES, 0);
  for (const change of changes) ledger.book(change);
  return ledger.compare({ ...NOBODY, ...held });
}

function added(ticket: Ticket): Change {
  return { type: "ticket_added", ticket };
}

function ended(ticket: Ticket, ending: "matched" | "cancelled" = "matched"): Change {
  return { type: "ticket_ended", ticket, ending };
}

/** The four solo tickets of `aMatch`, accepted and matched, and the match as it came out of them. */
function formedAs(match: Match): Change[] {
  const tickets = ["ann", "bob", "cay", "dan"].map((playerId) => aSolo(playerId, 25));
  return [...tickets.map(added), ...tickets.map((ticket) => ended(ticket)), formed(match)];
}

function formed(match: Match): Change {
  return { type: "match_changed", match, event: "formed", pass: "exact", playerIds: [] };
}

const PLAYING: Partial<Holdings> = { occupied: 4, matchesIn: (status) => (status === "pending" ? 1 : 0) };

/** A region in which something was done behind the back of its changes. */
function violationsOf(found: readonly { invariant: string; ids: readonly string[] }[]) {
  return found.map(({ invariant, ids }) => [invariant, ...ids]);
}

describe("invariant 2, tickets are conserved: the ledger finds", () => {
  it("a ticket that is dropped on a restart, and names it", () => {
    const drop = Pools.prototype.add;
    Pools.prototype.add = function (this: Pools, ticket: Ticket) {
      if (ticket.ticketId !== "ticket-of-bob") drop.call(this, ticket);
    };
    try {
      const queue = aQueue({ state: { tickets: [aSolo("ann", 25), aSolo("bob", 25)] } });
      expect(violationsOf(queue.takeViolations())).toContainEqual(["tickets_conserved", "ticket-of-bob"]);
    } finally {
      Pools.prototype.add = drop;
    }
  });

  it("a ticket that is taken out of line and never asked, nor put back", () => {
    const [ann, bob] = [aSolo("ann", 25), aSolo("bob", 25)];
    const held = { tickets: 2, players: 2, occupied: 2, setAside: 1, asked: 0, holdsTicket: () => true };
    const isStranded = (ticketId: string) => ticketId === bob.ticketId;
    expect(violationsOf(foundAfter([added(ann), added(bob)], { ...held, isStranded }))).toEqual([
      ["tickets_conserved", bob.ticketId],
    ]);
  });

  it("a ticket that ends twice, and one that is accepted twice", () => {
    const ann = aSolo("ann", 25);
    expect(violationsOf(foundAfter([added(ann), ended(ann, "cancelled"), ended(ann, "cancelled")], {}))).toEqual([
      ["tickets_conserved", ann.ticketId],
    ]);
    const held = { tickets: 1, players: 1, occupied: 1, holdsTicket: () => true };
    expect(violationsOf(foundAfter([added(ann), added(ann)], held))).toEqual([["tickets_conserved", ann.ticketId]]);
  });
});

describe("invariant 1, a player is bound once: the ledger finds", () => {
  it("a player who is on two tickets", () => {
    const ann = aSolo("ann", 25);
    const again = { ...ann, ticketId: "another" };
    const held = { tickets: 2, players: 2, occupied: 1, holdsTicket: () => true };
    expect(violationsOf(foundAfter([added(ann), added(again)], held))).toEqual([["players_bound_once"]]);
  });

  it("a player whom an old match frees although the next ticket holds them", () => {
    const isHeldBy = Occupancy.prototype.isHeldBy;
    const { queue, match } = aQueueWithMatch();
    queue.tick(match.deadlineMs);
    queue.enqueue(
      { player: aPlayer("ann"), mode: MODES.defaultMode, constraints: {}, isSystem: true, release: false },
      match.deadlineMs,
    );
    expect(queue.takeViolations()).toEqual([]);
    Occupancy.prototype.isHeldBy = () => true;
    try {
      queue.report(match.matchId, { winnerTeam: "teamA" }, match.deadlineMs + 1);
      expect(violationsOf(queue.takeViolations())).toEqual([["players_bound_once"]]);
    } finally {
      Occupancy.prototype.isHeldBy = isHeldBy;
    }
  });
});

describe("invariant 3, matches are whole: the ledger finds", () => {
  const found = (match: Match) => violationsOf(foundAfter(formedAs(match), { ...PLAYING, occupied: 4 }));

  it("nothing wrong with one that is", () => {
    expect(found(aMatch())).toEqual([]);
  });

  it.each([
    ["a team that is one short", [aTeam("teamA", "ann", "bob"), aTeam("teamB", "cay")]],
    ["a team too few", [aTeam("teamA", "ann", "bob")]],
    ["a player who is in it twice", [aTeam("teamA", "ann", "bob"), aTeam("teamB", "cay", "ann")]],
    ["a player whom nobody matched", [aTeam("teamA", "ann", "bob"), aTeam("teamB", "cay", "eve")]],
  ])("%s", (_, teams) => {
    expect(found(aMatch({ teams }))).toContainEqual(["matches_whole", "match-1"]);
  });

  it.each([
    [
      "is split over two teams",
      aTeam("teamA", aSeat("ann", { ticketId: "duo" }), "cay"),
      aTeam("teamB", aSeat("bob", { ticketId: "duo" }), "dan"),
    ],
    [
      "is in it with one of two players",
      aTeam("teamA", aSeat("ann", { ticketId: "duo" }), "eve"),
      aTeam("teamB", "cay", "dan"),
    ],
  ])("a party that %s", (_, teamA, teamB) => {
    const duo = aTicket({ ticketId: "duo", players: [aPlayer("ann"), aPlayer("bob")] });
    const tickets = [duo, aSolo("cay", 25), aSolo("dan", 25), aSolo("eve", 25)];
    const match = aMatch({ teams: [teamA, teamB] });
    const changes = [...tickets.map(added), ...tickets.map((ticket) => ended(ticket)), formed(match)];
    expect(violationsOf(foundAfter(changes, PLAYING))).toContainEqual(["matches_whole", "match-1"]);
  });

  it("a ticket that was matched and is in no match", () => {
    const ann = aSolo("ann", 25);
    expect(violationsOf(foundAfter([added(ann), ended(ann)], {}))).toEqual([["matches_whole", ann.ticketId]]);
  });

  it("a running match that is filled beyond its size", () => {
    const eve = aSolo("eve", 25);
    const teams = [aTeam("teamA", "ann", "bob", "eve"), aTeam("teamB", "cay", "dan")];
    const filled: Change = {
      type: "match_changed",
      match: aMatch({ teams, rev: 2 }),
      event: "filled",
      joinedIds: ["eve"],
      playerIds: [],
    };
    const changes = [...formedAs(aMatch()), added(eve), ended(eve), filled];
    expect(violationsOf(foundAfter(changes, { ...PLAYING, occupied: 5 }))).toEqual([["matches_whole", "match-1"]]);
  });
});

describe("invariant 5, results are accounted for: the ledger finds", () => {
  it("a reported match that is forgotten before it is rated", () => {
    const { queue, match } = aQueueWithMatchIn("reporting");
    const state = { matches: [match] };
    const ledger = new Ledger({ ...EMPTY_QUEUE_STATE, ...state }, MODES, 0);
    ledger.book({ type: "match_forgotten", matchId: match.matchId });
    expect(violationsOf(ledger.compare(NOBODY))).toEqual([["results_accounted", match.matchId]]);
    expect(queue.takeViolations()).toEqual([]);
  });

  it("a reported match that the region holds no more, and names it", () => {
    const { match } = aQueueWithMatchIn("reporting");
    const ledger = new Ledger({ ...EMPTY_QUEUE_STATE, matches: [match] }, MODES, 0);
    expect(violationsOf(ledger.compare(NOBODY))).toEqual([["results_accounted", match.matchId]]);
  });

  it("a match that is rated twice", () => {
    const match = aMatch({ status: "reporting", result: { placements: { teamA: 1, teamB: 2 }, reportedAtMs: 1 } });
    const ledger = new Ledger({ ...EMPTY_QUEUE_STATE, matches: [match] }, MODES, 0);
    const finished: Change = { type: "match_finished", match, ratings: [], playerIds: [] };
    ledger.book(finished);
    expect(ledger.compare(NOBODY)).toEqual([]);
    ledger.book(finished);
    expect(violationsOf(ledger.compare(NOBODY))).toEqual([["results_accounted", "match-1"]]);
  });
});

describe("a difference", () => {
  it("is told of when it appears and when it changes, not at every event", () => {
    const ledger = new Ledger(EMPTY_QUEUE_STATE, MODES, 0);
    ledger.book(added(aSolo("ann", 25)));
    expect(ledger.compare(NOBODY)).not.toEqual([]);
    expect(ledger.compare(NOBODY)).toEqual([]);
    ledger.book(added(aSolo("bob", 25)));
    expect(ledger.compare(NOBODY)).not.toEqual([]);
  });

  it("names at most twenty", () => {
    const tickets = Array.from({ length: 50 }, (_, index) => aSolo(`p${index}`, 25));
    const [violation] = foundAfter(tickets.map(added), {});
    expect(violation?.ids).toHaveLength(20);
  });
});

describe("the books", () => {
  it("of a region without any open with what storage holds", () => {
    const queue = aQueue({ state: { tickets: [aSolo("ann", 25)] }, nowMs: 7 });
    expect(queue.ledger.books).toEqual({
      sinceMs: 7,
      accepted: 0,
      ended: {},
      reported: 0,
      rated: 0,
      unbooked: { tickets: 1, results: 0 },
    });
  });

  it("take up net what happened after the last save", () => {
    const { queue } = aQueueWithMatch();
    const { books } = queue.ledger;
    expect(books).toMatchObject({ accepted: 4, ended: { matched: 4 } });
    const woken = aQueue({
      state: { tickets: [aSolo("eve", 25)], learned: { densities: {}, waits: {}, knobs: {}, books } },
    });
    expect(woken.ledger.books).toMatchObject({
      accepted: 4,
      ended: { matched: 4 },
      unbooked: { tickets: 1, results: 0 },
    });
    expect(woken.takeViolations()).toEqual([]);
  });

  it("are saved by a tick that makes a match, and by nothing that costs a row of its own", () => {
    const queue = aQueue();
    enqueueAll(queue, ["ann", "bob", "cay"], 0);
    queue.tick(1_000);
    expect(queue.takeChanges().map(({ type }) => type)).not.toContain("learned_saved");
    enqueueAll(queue, ["dan"], 1_000);
    queue.tick(2_000);
    expect(queue.takeChanges().at(-1)).toMatchObject({
      type: "learned_saved",
      learned: { books: { accepted: 4, ended: { matched: 4 } } },
    });
  });
});
