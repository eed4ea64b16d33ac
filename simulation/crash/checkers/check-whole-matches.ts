import type { Change } from "../../../src/core/changes.ts";
import type { Match, MatchStatus } from "../../../src/core/match.ts";
import { matchPlayers, presentPlayers, startingTeams } from "../../../src/core/match.ts";
import type { ModeTable } from "../../../src/core/mode.ts";
import type { DurableState } from "../durable-state.ts";
import type { Commit } from "../platform/object-storage.ts";
import type { Violations } from "./violations.ts";

type MatchStep = Extract<Change, { readonly type: "match_changed" }>["event"];

/** The status that a match must have had before each step; none before it is formed. */
const STATUS_BEFORE: Readonly<Record<MatchStep, readonly (MatchStatus | undefined)[]>> = {
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
};

/**
 * Invariant 3: a match starts with exactly its mode's teams and sizes, nobody is in it twice, a party is on one team;
 * and it only goes through the steps that there are, each with a higher revision.
 */
export class WholeMatchesChecker {
  readonly #violations: Violations;
  readonly #modes: ModeTable;

  constructor(violations: Violations, modes: ModeTable) {
    this.#violations = violations;
    this.#modes = modes;
  }

  /** @param before what was durable before this commit */
  take(commit: Commit, before: DurableState): void {
    const current = new Map<string, Match>();
    for (const change of commit) {
      if (change.type !== "match_changed") continue;
      const { match, event } = change;
      const known = current.get(match.matchId) ?? before.matches.get(match.matchId);
      const isNext = STATUS_BEFORE[event].includes(known?.status);
      this.#expect(isNext, match, `${event} after it was ${known?.status}`);
      this.#expect(match.rev > (known?.rev ?? 0), match, `revision ${match.rev} after ${known?.rev}`);
      this.#expect(event !== "formed" || !before.results.has(match.matchId), match, "its id was there before");
      this.#checkShape(match);
      current.set(match.matchId, match);
    }
  }

  #checkShape(match: Match): void {
    const mode = this.#modes.byName.get(match.mode);
    const sizes = startingTeams(match).map(({ players }) => players.length);
    const isWhole = sizes.length === mode?.teams && sizes.every((size) => size === mode.teamSize);
    this.#expect(isWhole, match, `teams of ${sizes}`);
    const most = Math.max(...match.teams.map((team) => presentPlayers(team).length));
    this.#expect(most <= (mode?.teamSize ?? 0), match, `${most} in one team`);
    const playerIds = matchPlayers(match).map(({ playerId }) => playerId);
    this.#expect(new Set(playerIds).size === playerIds.length, match, `somebody twice: ${playerIds}`);
    const teamOf = new Map<string, string>();
    for (const { name, players } of match.teams) {
      for (const { ticketId } of players) {
        this.#expect((teamOf.get(ticketId) ?? name) === name, match, `${ticketId} is on two teams`);
        teamOf.set(ticketId, name);
      }
    }
  }

  #expect(isSo: boolean, match: Match, detail: string): void {
    this.#violations.expect(isSo, "whole matches", () => `${match.matchId}: ${detail}`);
  }
}
