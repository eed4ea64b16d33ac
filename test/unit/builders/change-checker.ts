import { expect } from "vitest";
import type { Change } from "../../../src/core/changes.ts";
import type { Match, MatchStatus } from "../../../src/core/match.ts";
import { matchPlayers, unreleasedPlayerIds } from "../../../src/core/match.ts";
import type { Store } from "./a-store.ts";
import { EVENT_MODES } from "./event-world.ts";
import { expectClocksFollow } from "./expect-clocks-follow.ts";
import { PartyChecker } from "./party-checker.ts";
import { ProposalChecker } from "./proposal-checker.ts";
import type { TakenAnswer } from "./ready-check-events.ts";

type MatchStep = Extract<Change, { readonly type: "match_changed" }>["event"] | "finished" | "forgotten";

/** The status that a match must have had before each step; none before it is formed. */
const STATUS_BEFORE: Record<MatchStep, readonly (MatchStatus | undefined)[]> = {
  formed: [undefined],
  released: ["pending"],
  assigned: ["pending"],
  cancelled: ["pending"],
  abandoned: ["pending"],
  reported: ["pending", "abandoned"],
  rating_failed: ["reporting"],
  redriven: ["rating_failed"],
  finished: ["reporting", "rating_failed"],
  forgotten: ["abandoned", "cancelled"],
};

/** Watches a region's changes, in order, against what its storage held before them. */
export class ChangeChecker {
  /** How each ticket ended; null while it waits. */
  readonly endings = new Map<string, string | null>();
  readonly #store: Store;
  readonly #parties: PartyChecker;
  readonly #proposals: ProposalChecker;
  #highestRev = 0;

  constructor(store: Store) {
    this.#store = store;
    this.#parties = new PartyChecker(store);
    this.#proposals = new ProposalChecker(store);
  }

  /** The region forgot what was not written. */
  restarted(): void {
    this.#proposals.restarted();
  }

  /** Takes in what players answered to ready checks and was accepted. */
  hear(answers: readonly TakenAnswer[]): void {
    this.#proposals.hear(answers);
  }

  /** Checks the changes of one event and writes them. */
  take(changes: readonly Change[], nowMs: number): void {
    this.#checkThatMatchedTicketsAreInTheNewMatches(changes);
    this.#proposals.checkAll(changes, nowMs);
    for (const change of changes) {
      this.#check(change);
      expectClocksFollow(this.#store, change);
      this.#proposals.check(change, nowMs);
      this.#store.write([change]);
    }
  }

  #check(change: Change): void {
    switch (change.type) {
      case "ticket_added":
        expect(this.endings.has(change.ticket.ticketId)).toBe(false);
        this.endings.set(change.ticket.ticketId, null);
        return;
      case "ticket_ended":
        expect(this.endings.get(change.ticket.ticketId)).toBeNull();
        expect(this.#store.tickets.get(change.ticket.ticketId)).toEqual(change.ticket);
        this.endings.set(change.ticket.ticketId, change.ending);
        return;
      case "match_changed":
        this.#checkStep(change.match.matchId, change.event);
        this.#checkMatch(change.match, change.playerIds);
        return;
      case "match_finished":
        this.#checkStep(change.match.matchId, "finished");
        this.#checkMatch(change.match, change.playerIds);
        return;
      case "match_forgotten":
        this.#checkStep(change.matchId, "forgotten");
        return;
      case "party_changed":
        this.#parties.checkChange(change);
        return;
      case "party_ended":
        this.#parties.checkEnd(change);
    }
  }

  #checkStep(matchId: string, step: MatchStep): void {
    expect(STATUS_BEFORE[step]).toContain(this.#store.matches.get(matchId)?.status);
  }

  /** Revisions only grow, a released player stays released and is told nothing, the line-up never changes. */
  #checkMatch(match: Match, playerIds: readonly string[]): void {
    expect(match.rev).toBeGreaterThan(this.#highestRev);
    this.#highestRev = match.rev;
    expect(playerIds).toEqual(unreleasedPlayerIds(match));
    const before = this.#store.matches.get(match.matchId);
    if (before === undefined) return;
    expect(lineup(match)).toEqual(lineup(before));
    for (const playerId of unreleasedPlayerIds(match)) expect(unreleasedPlayerIds(before)).toContain(playerId);
  }

  #checkThatMatchedTicketsAreInTheNewMatches(changes: readonly Change[]): void {
    const matched = changes.flatMap((change) =>
      change.type === "ticket_ended" && change.ending === "matched" ? [change.ticket.ticketId] : [],
    );
    const seated = changes.flatMap((change) =>
      change.type === "match_changed" && change.event === "formed" ? ticketIds(change.match) : [],
    );
    expect([...seated].sort()).toEqual([...matched].sort());
    for (const change of changes) {
      if (change.type === "match_changed" && change.event === "formed") expectTicketsWhole(change.match);
    }
  }
}

/** Invariant 3: a match has exactly its mode's teams and sizes. */
export function expectWhole(match: Match): void {
  const mode = EVENT_MODES.byName.get(match.mode);
  expect(match.teams.map((team) => team.players.length)).toEqual(new Array(mode?.teams).fill(mode?.teamSize));
}

/** A ticket's players are all on one team. */
function expectTicketsWhole(match: Match): void {
  const teams = match.teams.map(({ players }) => [...new Set(players.map(({ ticketId }) => ticketId))]);
  expect(teams.flat()).toEqual(ticketIds(match));
}

function lineup(match: Match): [string, string[]][] {
  return match.teams.map((team) => [team.name, team.players.map((player) => player.playerId)]);
}

function ticketIds(match: Match): string[] {
  return [...new Set(matchPlayers(match).map((player) => player.ticketId))];
}
