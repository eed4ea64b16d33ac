import { describe, expect, it } from "vitest";
import { AcknowledgedChecker } from "../../../../simulation/crash/checkers/check-acknowledged.ts";
import { ComplaintsChecker } from "../../../../simulation/crash/checkers/check-complaints.ts";
import { ConservationChecker } from "../../../../simulation/crash/checkers/check-conservation.ts";
import { LockedOutChecker } from "../../../../simulation/crash/checkers/check-locked-out.ts";
import { OccupancyChecker } from "../../../../simulation/crash/checkers/check-occupancy.ts";
import { ToldChecker } from "../../../../simulation/crash/checkers/check-told.ts";
import { WholeMatchesChecker } from "../../../../simulation/crash/checkers/check-whole-matches.ts";
import { Violations } from "../../../../simulation/crash/checkers/violations.ts";
import { DurableState } from "../../../../simulation/crash/durable-state.ts";
import { InjectedFailure } from "../../../../simulation/crash/injected-failure.ts";
import type { Change } from "../../../../src/core/changes.ts";
import type { Match } from "../../../../src/core/match.ts";
import type { Ticket } from "../../../../src/core/ticket.ts";
import { aMatch, aSeat, aTeam } from "../../builders/a-match.ts";
import { aModeTable } from "../../builders/a-mode.ts";
import { aPlayer } from "../../builders/a-player.ts";
import { aTicket } from "../../builders/a-ticket.ts";

const NAMES = ["ann", "bob", "cay", "dan"];
const tickets = NAMES.map((name) => aTicket({ players: [aPlayer(name)] }));
const added = (ticket: Ticket): Change => ({ type: "ticket_added", ticket });
const ended = (ticket: Ticket, ending: "matched" | "cancelled" = "matched"): Change => ({
  type: "ticket_ended",
  ticket,
  ending,
});
const formed = (match: Match): Change => ({
  type: "match_changed",
  match,
  event: "formed",
  pass: "exact",
  playerIds: [],
});
const became = (match: Match, event: "released" | "reported" | "abandoned"): Change => ({
  type: "match_changed",
  match,
  event,
  playerIds: [],
});
const lockedOut = (playerId: string, isLockedOut = true): Change => ({
  type: "revocation_changed",
  revocation: { playerId, tokensFromMs: 0, isLockedOut, changedAtMs: 1 },
});

/** Commits one after the other, as they become durable. @returns what was found, by invariant */
function found(
  checkerOf: (violations: Violations) => { take(commit: readonly Change[], before: DurableState): void },
  ...commits: readonly (readonly Change[])[]
): string[] {
  const violations = new Violations();
  const checker = checkerOf(violations);
  const state = new DurableState("EUW");
  for (const commit of commits) {
    checker.take(commit, state);
    state.take(commit);
  }
  return violations.found.map(({ detail }) => detail);
}

const matched = [...tickets.map((ticket) => ended(ticket)), formed(aMatch())];

describe("invariant 1: a player is in at most one ticket or match", () => {
  const occupancy = (violations: Violations) => new OccupancyChecker(violations);

  it("lets tickets become a match, and the match's players come again when it lets go of them", () => {
    const released = aMatch({
      rev: 2,
      teams: [aTeam("teamA", aSeat("ann", { released: true }), "bob"), aTeam("teamB", "cay", "dan")],
    });
    const again = aTicket({ ticketId: "again", players: [aPlayer("ann")] });
    expect(found(occupancy, tickets.map(added), matched, [became(released, "released"), added(again)])).toEqual([]);
  });

  it("finds a player on two tickets", () => {
    const [ann] = tickets;
    const twin = aTicket({ ticketId: "twin", players: [aPlayer("ann")] });
    expect(found(occupancy, [added(ann ?? twin)], [added(twin)])).toEqual(["ann is in ticket-of-ann,twin"]);
  });

  it("finds a player in a match who waits as well", () => {
    const again = aTicket({ ticketId: "again", players: [aPlayer("dan")] });
    expect(found(occupancy, tickets.map(added), matched, [added(again)])).toEqual(["dan is in match-1,again"]);
  });
});

describe("invariant 2: a ticket comes once and ends once", () => {
  const conservation = (violations: Violations) => new ConservationChecker(violations);

  it("lets a ticket be matched by the commit that makes its match", () => {
    expect(found(conservation, tickets.map(added), matched)).toEqual([]);
  });

  it("finds a ticket that ends twice, and one that comes twice", () => {
    const ticket = aTicket();
    const commits = [[added(ticket)], [ended(ticket, "cancelled")], [ended(ticket, "cancelled")], [added(ticket)]];
    expect(found(conservation, ...commits)).toEqual([
      "ticket-of-ann ended as cancelled and was not there",
      "ticket-of-ann came twice",
    ]);
  });

  it("finds a ticket that was matched and is in no match", () => {
    expect(found(conservation, tickets.map(added), [ended(aTicket())])).toEqual([
      "ticket-of-ann of ann ended as matched; in the match: undefined",
    ]);
  });

  it("finds a match of a ticket that has not ended", () => {
    expect(found(conservation, tickets.map(added), matched.slice(1))).toEqual([
      "ticket-of-ann plays and has not ended",
    ]);
  });
});

describe("invariant 3: a match has its mode's teams, a party is on one of them", () => {
  const wholeMatches = (violations: Violations) =>
    new WholeMatchesChecker(violations, aModeTable({ name: "2v2", teams: 2, teamSize: 2 }));

  it("lets a whole match go through its steps", () => {
    const abandoned = aMatch({ rev: 2, status: "abandoned" });
    expect(found(wholeMatches, [formed(aMatch())], [became(abandoned, "abandoned")])).toEqual([]);
  });

  it("finds a team that is short of a player", () => {
    const match = aMatch({ teams: [aTeam("teamA", "ann"), aTeam("teamB", "cay", "dan")] });
    expect(found(wholeMatches, [formed(match)])).toEqual(["match-1: teams of 1,2"]);
  });

  it("finds a player who is in it twice", () => {
    const match = aMatch({ teams: [aTeam("teamA", "ann", "bob"), aTeam("teamB", "ann", "dan")] });
    expect(found(wholeMatches, [formed(match)])).toContain("match-1: somebody twice: ann,bob,ann,dan");
  });

  it("finds a party on two teams", () => {
    const together = { ticketId: "party" };
    const match = aMatch({
      teams: [aTeam("teamA", aSeat("ann", together), "bob"), aTeam("teamB", aSeat("cay", together), "dan")],
    });
    expect(found(wholeMatches, [formed(match)])).toEqual(["match-1: party is on two teams"]);
  });

  it("finds a step that does not follow, and a revision that does not grow", () => {
    const reported = aMatch({ status: "reporting", rev: 2 });
    expect(
      found(wholeMatches, [formed(aMatch())], [became(reported, "reported")], [became(reported, "reported")]),
    ).toEqual(["match-1: reported after it was reporting", "match-1: revision 2 after 2"]);
  });
});

describe("whoever is locked out", () => {
  const locked = (violations: Violations) => new LockedOutChecker(violations);

  it("may leave the line by the same commit, and come again when let in", () => {
    const [ann = aTicket()] = tickets;
    const commits = [
      [added(ann)],
      [lockedOut("ann"), ended(ann, "cancelled")],
      [lockedOut("ann", false)],
      [added(ann)],
    ];
    expect(found(locked, ...commits)).toEqual([]);
  });

  it("is found in line, in a match and in a party", () => {
    const party = { code: "EUW-1", members: [{ playerId: "ann" }], expiresAtMs: 1 };
    const joined: Change = { type: "party_changed", party, event: "joined", playerIds: [] };
    expect(found(locked, [lockedOut("ann")], [added(aTicket())], [formed(aMatch())], [joined])).toEqual([
      "ann is locked out and came into line",
      "ann is locked out and came into match-1",
      "ann is locked out and came into a party",
    ]);
  });

  it("is found where the ticket was not taken out of line", () => {
    expect(found(locked, [added(aTicket())], [lockedOut("ann")])).toEqual([
      "ann is locked out and still waits on ticket-of-ann",
    ]);
  });
});

describe("invariants 4 and 6: nobody hears of what may still be lost", () => {
  it("finds a ticket that was acknowledged and is not durable", () => {
    const violations = new Violations();
    const checker = new AcknowledgedChecker(violations);
    const state = new DurableState("EUW");
    checker.ticket(state, "ticket-of-ann");
    state.take([added(aTicket())]);
    checker.ticket(state, "ticket-of-ann");
    expect(violations.found).toEqual([
      { invariant: "acknowledged", detail: "ticket ticket-of-ann was acknowledged, and is not durable" },
    ]);
  });

  it("finds a result that was acknowledged in place of the one that is kept", () => {
    const violations = new Violations();
    const state = new DurableState("EUW");
    const result = { placements: { teamA: 1, teamB: 2 }, reportedAtMs: 0 };
    state.take([became(aMatch({ status: "reporting", result }), "reported")]);
    const checker = new AcknowledgedChecker(violations);
    checker.reported(state, "match-1", { teamA: 1, teamB: 2 });
    expect(violations.found).toEqual([]);
    checker.reported(state, "match-1", { teamA: 2, teamB: 1 });
    expect(violations.found).toHaveLength(1);
  });

  it("finds a frame about a ready check that is not durable", () => {
    const violations = new Violations();
    const repairing = { type: "match.repairing", seq: 1, match_id: "match-1", mode: "2v2", until: null } as const;
    new ToldChecker(violations).told(repairing, new DurableState("EUW"), "ann");
    expect(violations.found.map(({ invariant }) => invariant)).toEqual(["told"]);
  });
});

describe("what the production code complains of", () => {
  function complaintOf(event: string, error: unknown, { isSilent = false, isDead = false } = {}): string[] {
    const violations = new Violations();
    const checker = new ComplaintsChecker({ violations, mayBeSilent: () => isSilent, counted: () => {} });
    checker.complained(event, error, isDead);
    return violations.found.map(({ invariant }) => invariant);
  }

  it("may be a failure that was injected, also one that was wrapped", () => {
    const injected = new InjectedFailure("Network connection lost.");
    expect(complaintOf("export_failed", injected)).toEqual([]);
    expect(complaintOf("export_failed", new Error("The query failed.", { cause: injected }))).toEqual([]);
  });

  it("may not be an error that only says so", () => {
    expect(complaintOf("export_failed", new Error("injected"))).toEqual(["no errors"]);
  });

  it("may be that a service does not answer, while that is so", () => {
    const error = new Error("D1 did not answer within 3000 ms");
    expect(complaintOf("profile_read_failed", error, { isSilent: true })).toEqual([]);
    expect(complaintOf("profile_read_failed", error)).toEqual(["no errors"]);
  });

  it("may never be what its own ledger finds, but of a process that is gone", () => {
    const fault = "tickets held: 1 fewer than the ledger";
    expect(complaintOf("invariant_violated", fault, { isSilent: true })).toEqual(["ledger"]);
    expect(complaintOf("invariant_violated", fault, { isDead: true })).toEqual([]);
  });
});
