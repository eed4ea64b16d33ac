import { awaitingOf } from "./assignment.ts";
import type { Backfill, BackfillEnding, OpenPlaces } from "./backfill.ts";
import { hasRoomFor, isSameWish, placesLeft } from "./backfill.ts";
import type { BackfillAsk, BackfillRefusal, BackfillStanding, CancelBackfillRefusal } from "./backfill-calls.ts";
import type { ChangeLog } from "./change-log.ts";
import type { BackfillEvent } from "./changes.ts";
import type { CheckedBackfill } from "./check-backfill.ts";
import { checkBackfill } from "./check-backfill.ts";
import { LIMITS } from "./limits.ts";
import type { LiveMatches } from "./live-matches.ts";
import type { Match } from "./match.ts";
import { matchPlayers } from "./match.ts";
import type { MatchLifecycle } from "./match-lifecycle.ts";
import type { MatchMaker } from "./match-maker.ts";
import type { Opening } from "./matching/running-match.ts";
import type { Matchmaking } from "./matchmaking.ts";
import type { Mode, ModeTable } from "./mode.ts";
import type { Result } from "./result.ts";
import { accept, refuse } from "./result.ts";

export interface BackfillSettings {
  readonly modes: ModeTable;
  /** Where servers can be. */
  readonly locations: readonly string[];
  /** See `QueueSettings`. */
  readonly isClosed?: boolean;
  readonly matches: LiveMatches;
  readonly lifecycle: Pick<MatchLifecycle, "opened">;
  readonly maker: Pick<MatchMaker, "join">;
  readonly matchmaking: Pick<Matchmaking, "findJoiners" | "couldJoinAny" | "poolChanged">;
  readonly changes: ChangeLog;
  readonly newId: (nowMs: number) => string;
  /** Whether a match of this id is still asked about. */
  readonly isProposed: (matchId: string) => boolean;
}

/**
 * The running matches of a region that ask for players.
 *
 * 1. A match asks for open places: those of players who left, whom this frees, and any others that its teams have. That
 *    is its place in line, at most one for each match: asked again, it keeps its ticket and its age.
 * 2. Each tick of its mode fills what it can, the match that has asked longest first. Whoever comes is matched: their
 *    ticket ends, and the match holds them. They are not asked whether they are ready: the match is on.
 * 3. It ends when the last place is filled, when the game cancels it, or when the match is over. All of it is decided
 *    here, one event after the other: after a cancel nobody comes, and whoever came before is in the match.
 */
export class Backfills {
  readonly #settings: BackfillSettings;
  readonly #byMatch = new Map<string, Backfill>();

  constructor(settings: BackfillSettings) {
    this.#settings = settings;
  }

  /** Takes a backfill up again after the region was away. One whose match, mode or places are gone ends. */
  restore(backfill: Backfill): void {
    this.#byMatch.set(backfill.matchId, backfill);
    const mode = this.#settings.modes.byName.get(backfill.mode);
    const match = this.#settings.matches.find(backfill.matchId);
    if (match?.status !== "pending") this.#end(backfill, "match_over");
    else if (this.#settings.isClosed === true) this.#end(backfill, "region_closed");
    else if (mode === undefined) this.#end(backfill, "mode_removed");
    else if (!hasRoomFor(backfill.places, match, mode)) this.#end(backfill, "rules_changed");
  }

  /** The match asks for players. Again: the same ticket. Another wish: the same ticket with other places. */
  ask(matchId: string, ask: BackfillAsk, nowMs: number): Result<Backfill, BackfillRefusal> {
    const { matches, modes, isProposed, isClosed } = this.#settings;
    const match = matches.find(matchId);
    if (match === undefined) {
      return refuse(isProposed(matchId) ? { reason: "not_fillable", status: "proposed" } : { reason: "unknown_match" });
    }
    if (isClosed === true) return refuse({ reason: "region_closed" });
    const mode = modes.byName.get(match.mode);
    if (match.status !== "pending" || mode === undefined) {
      return refuse({ reason: "not_fillable", status: match.status });
    }
    const open = this.#byMatch.get(matchId);
    if (open === undefined && this.count >= LIMITS.backfillsPerRegion) return refuse({ reason: "too_many_backfills" });
    const checked = checkBackfill(ask, match, open, mode, this.#settings.locations);
    if (!checked.ok) return checked;
    this.#settle(match, checked.value, nowMs);
    return accept(this.#want(match, open, checked.value.places, nowMs));
  }

  /** Nobody comes from now on. Players who left stay out. */
  cancel(matchId: string): Result<Backfill, CancelBackfillRefusal> {
    const backfill = this.#byMatch.get(matchId);
    if (backfill === undefined) return refuse({ reason: "not_queued" });
    this.#end(backfill, "cancelled");
    return accept(backfill);
  }

  /** Null: no live match of this id. */
  standingOf(matchId: string): BackfillStanding | null {
    const match = this.#settings.matches.find(matchId);
    return match === undefined ? null : { match, backfill: this.#byMatch.get(matchId) ?? null };
  }

  /** To be called after every change of a match. */
  matchChanged(match: Match, nowMs: number): void {
    const backfill = this.#byMatch.get(match.matchId);
    if (backfill === undefined) return;
    if (isOver(match)) this.#end(backfill, "match_over");
    // Whoever left took their rules with them, or it has a server: others may be allowed now.
    this.#settings.matchmaking.poolChanged(match.mode, nowMs);
  }

  /** Lets those who wait into a mode's running matches. @returns into how many of them somebody came */
  fill(mode: Mode, nowMs: number): number {
    const openings = this.#openingsOf(mode.name);
    if (openings.length === 0) return 0;
    const found = this.#settings.matchmaking.findJoiners(openings, mode, nowMs);
    for (const { opening, teams } of found) {
      const joined = opening.match.teams.map(({ name }, index): [string, number] => [
        name,
        (teams[index] ?? []).flatMap(({ players }) => players).length,
      ]);
      const left = placesLeft(opening.backfill.places, Object.fromEntries(joined));
      this.#settings.maker.join(opening.match, teams, mode, nowMs);
      if (Object.keys(left).length === 0) this.#end(opening.backfill, "filled");
      else this.#save({ ...opening.backfill, places: left }, "joined");
    }
    return found.length;
  }

  /** Whether any match of a mode asks for players. */
  areOpen(modeName: string): boolean {
    for (const { mode } of this.#byMatch.values()) if (mode === modeName) return true;
    return false;
  }

  /** Whether somebody who waits may be let in by and by. Looks at every match that asks. */
  isSeeking(modeName: string): boolean {
    const mode = this.#settings.modes.byName.get(modeName);
    return mode !== undefined && this.#settings.matchmaking.couldJoinAny(this.#openingsOf(modeName), mode);
  }

  get count(): number {
    return this.#byMatch.size;
  }

  /** Whoever left is out, and the terms are narrowed; nothing changes if that is so already. */
  #settle(match: Match, { leftIds, terms }: CheckedBackfill, nowMs: number): void {
    const isNew = matchPlayers(match).some(({ playerId, left }) => left !== true && leftIds.has(playerId));
    if (!isNew && JSON.stringify(terms) === JSON.stringify(match.terms)) return;
    this.#settings.lifecycle.opened(match, leftIds, terms, nowMs);
  }

  #want({ matchId, mode }: Match, open: Backfill | undefined, places: OpenPlaces, nowMs: number): Backfill {
    if (open !== undefined && isSameWish(open.places, places)) return open;
    const backfill: Backfill =
      open === undefined
        ? { ticketId: this.#settings.newId(nowMs), matchId, mode, places, enqueuedAtMs: nowMs }
        : { ...open, places };
    this.#save(backfill, open === undefined ? "asked" : "changed");
    this.#settings.matchmaking.poolChanged(mode, nowMs);
    return backfill;
  }

  /** A match that still waits for its game server may get none: nobody comes into it before. */
  #openingsOf(mode: string): Opening[] {
    const { matches, locations } = this.#settings;
    return [...this.#byMatch.values()]
      .filter((backfill) => backfill.mode === mode)
      .map((backfill) => {
        const match = matches.get(backfill.matchId);
        return { backfill, match, locations: match.terms?.locations ?? locations };
      })
      .filter(({ match }) => awaitingOf(match) === null);
  }

  #save(backfill: Backfill, event: BackfillEvent): void {
    this.#byMatch.set(backfill.matchId, backfill);
    this.#settings.changes.record({ type: "backfill_changed", backfill, event });
  }

  #end(backfill: Backfill, ending: BackfillEnding): void {
    this.#byMatch.delete(backfill.matchId);
    this.#settings.changes.record({ type: "backfill_ended", backfill, ending });
  }
}

/** Over, or nobody is left whom anybody could join. */
function isOver(match: Match): boolean {
  return match.status !== "pending" || match.teams.flatMap(({ players }) => players).every(({ released }) => released);
}
