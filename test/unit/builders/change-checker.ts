import { expect } from "vitest";
import type { Change } from "../../../src/core/changes.ts";
import type { Match, MatchStatus } from "../../../src/core/match.ts";
import { matchPlayers, presentPlayers, startingTeams, unreleasedPlayerIds } from "../../../src/core/match.ts";
import type { Store } from "./a-store.ts";
import { BackfillChecker } from "./backfill-checker.ts";
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
  opened: ["pending"],
  filled: ["pending"],
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
  readonly backfills: BackfillChecker;
  readonly #proposals: ProposalChecker;
  #highestRev = 0;

  constructor(store: Store) {
    this.#store = store;
    this.#parties = new PartyChecker(store);
    this.backfills = new BackfillChecker(store);
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
    this.#checkThatMatchedTicketsAreInMatches(changes);
    this.#proposals.checkAll(changes, nowMs);
    for (const change of changes) {
      this.#check(change);
      this.backfills.take(change);
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
        this.#checkMatch(change.match, change.playerIds, change.event === "filled");
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

  /**
   * Revisions only grow, a released player stays released and is told nothing, and the line-up never changes but by
   * those who come into empty places.
   */
  #checkMatch(match: Match, playerIds: readonly string[], isFill = false): void {
    expect(match.rev).toBeGreaterThan(this.#highestRev);
    this.#highestRev = match.rev;
    expect(playerIds).toEqual(unreleasedPlayerIds(match));
    const before = this.#store.matches.get(match.matchId);
    if (before === undefined) return;
    const known = new Set(matchPlayers(before).map(({ playerId }) => playerId));
    expect(lineup(match).map(([team, players]) => [team, players.filter((id) => known.has(id))])).toEqual(
      lineup(before),
    );
    const stayed = unreleasedPlayerIds(match).filter((playerId) => known.has(playerId));
    for (const playerId of stayed) expect(unreleasedPlayerIds(before)).toContain(playerId);
    if (!isFill) expect(lineup(match)).toEqual(lineup(before));
  }

  #checkThatMatchedTicketsAreInMatches(changes: readonly Change[]): void {
    const matched = changes.flatMap((change) =>
      change.type === "ticket_ended" && change.ending === "matched" ? [change.ticket.ticketId] : [],
    );
    const known = new Set([...this.#store.matches.values()].flatMap(ticketIds));
    const seated = changes.flatMap((change) =>
      change.type === "match_changed" && (change.event === "formed" || change.event === "filled")
        ? ticketIds(change.match).filter((ticketId) => !known.has(ticketId))
        : [],
    );
    expect([...seated].sort()).toEqual([...matched].sort());
    for (const change of changes) {
      if (change.type === "match_changed" && change.event === "formed") expectTicketsWhole(change.match);
      if (change.type === "match_changed" && change.event === "filled") expectTicketsWhole(change.match);
    }
  }
}

/** Invariant 3: a match starts with exactly its mode's teams and sizes, and no team ever has more. */
export function expectWhole(match: Match): void {
  const mode = EVENT_MODES.byName.get(match.mode);
  const sizes = startingTeams(match).map((team) => team.players.length);
  expect(sizes).toEqual(new Array(mode?.teams).fill(mode?.teamSize));
  for (const team of match.teams) expect(presentPlayers(team).length).toBeLessThanOrEqual(mode?.teamSize ?? 0);
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
