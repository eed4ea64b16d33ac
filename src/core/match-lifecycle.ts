import { awaitingOf, withoutAssignment } from "./assignment.ts";
import type { Assignments } from "./assignments.ts";
import type { ChangeLog } from "./change-log.ts";
import type { MatchEvent } from "./changes.ts";
import type { Connection } from "./connection.ts";
import { REPORTABLE_AFTER_ABANDON_MS } from "./limits.ts";
import type { LiveMatches, MatchUpdate } from "./live-matches.ts";
import type { Match, MatchPlayer, Report, Team, TicketLimits } from "./match.ts";
import { matchPlayers, normalizeReport, samePlacements, unreleasedPlayerIds } from "./match.ts";
import type { MatchTerms } from "./match-terms.ts";
import type { MatchingPass } from "./matching/found-match.ts";
import type { Occupancy } from "./occupancy.ts";
import type { RedriveRefusal, ReportRefusal } from "./queue-calls.ts";
import type { PlayerRating } from "./rating/player-rating.ts";
import type { Result } from "./result.ts";
import { accept, refuse } from "./result.ts";

/** What matches go through once they are made: released players, results, ratings, deadlines. */
export class MatchLifecycle {
  readonly #matches: LiveMatches;
  readonly #occupancy: Occupancy;
  readonly #changes: ChangeLog;
  readonly #changed: (match: Match, nowMs: number) => void;

  /** @param changed called after every change of a match that was made before */
  constructor(
    matches: LiveMatches,
    occupancy: Occupancy,
    changes: ChangeLog,
    changed: (match: Match, nowMs: number) => void,
  ) {
    this.#matches = matches;
    this.#occupancy = occupancy;
    this.#changes = changes;
    this.#changed = changed;
  }

  /** Takes in a new match, which holds its players from now on. */
  formed(match: Match, pass: MatchingPass): void {
    this.#matches.put(match);
    this.#occupancy.holdByMatch(match);
    this.#changes.record({
      type: "match_changed",
      match,
      event: "formed",
      pass,
      playerIds: unreleasedPlayerIds(match),
    });
  }

  /** Takes one player out of a match that goes on without answering for them. */
  release(match: Match, playerId: string, nowMs: number): void {
    this.#occupancy.freeOne(playerId);
    const teams = match.teams.map((team) => ({
      ...team,
      players: team.players.map((player) => (player.playerId === playerId ? { ...player, released: true } : player)),
    }));
    this.#change(match, { teams }, "released", nowMs);
  }

  /** Players who left for good are free, and what it is played by is settled. @param terms as they are from now on */
  opened(match: Match, leftIds: ReadonlySet<string>, terms: MatchTerms | undefined, nowMs: number): void {
    for (const playerId of leftIds) if (this.#occupancy.isHeldBy(playerId, match)) this.#occupancy.freeOne(playerId);
    const teams = match.teams.map((team) => ({
      ...team,
      players: team.players.map(
        (player): MatchPlayer => (leftIds.has(player.playerId) ? { ...player, released: true, left: true } : player),
      ),
    }));
    this.#change(match, { teams, ...(terms !== undefined && { terms }) }, "opened", nowMs);
  }

  /** Players have come into empty places; their tickets have ended. @param teams with them */
  filled(match: Match, teams: readonly Team[], limits: readonly TicketLimits[] | undefined, nowMs: number): Match {
    const before = new Set(matchPlayers(match).map(({ playerId }) => playerId));
    const joinedIds = matchPlayers({ teams }).flatMap(({ playerId }) => (before.has(playerId) ? [] : [playerId]));
    this.#occupancy.joinMatch(match, joinedIds);
    const update = { teams, ...(limits !== undefined && { limits: [...(match.limits ?? []), ...limits] }) };
    const filled = this.#matches.update(match, update, nowMs);
    const playerIds = unreleasedPlayerIds(filled);
    this.#changes.record({ type: "match_changed", match: filled, event: "filled", joinedIds, playerIds });
    return filled;
  }

  /** The match has a game server; whoever waited for one does no more. */
  assigned(match: Match, connection: Connection, nowMs: number): void {
    this.#change(match, { assignment: { type: "assigned", connection } }, "assigned", nowMs);
  }

  /** The match gets no game server. @param backInLine those of its players who wait again */
  cancelled(match: Match, backInLine: readonly string[], nowMs: number): void {
    this.#occupancy.freeFromMatch(match);
    const update = { status: "cancelled", deadlineMs: nowMs + REPORTABLE_AFTER_ABANDON_MS } as const;
    const { hasAwaited, changed, playerIds } = this.#update(match, update, nowMs);
    this.#changes.record({
      type: "match_changed",
      match: changed,
      event: "cancelled",
      hasAwaited,
      playerIds,
      backInLine,
    });
    this.#changed(changed, nowMs);
  }

  /** See `Queue.report`. */
  report(matchId: string, report: Report, nowMs: number): Result<Match, ReportRefusal> {
    const match = this.#matches.find(matchId);
    if (match === undefined) return refuse({ reason: "unknown_match" });
    const normalized = normalizeReport(
      report,
      match.teams.map((team) => team.name),
    );
    if (!normalized.ok) return normalized;
    const placements = normalized.value;
    if (match.result !== null) {
      if (samePlacements(match.result.placements, placements)) return accept(match);
      return refuse({ reason: "already_reported", placements: match.result.placements });
    }
    if (match.status !== "pending" && match.status !== "abandoned") {
      return refuse({ reason: "not_reportable", status: match.status });
    }
    this.#occupancy.freeFromMatch(match);
    const result = { placements, reportedAtMs: nowMs };
    return accept(this.#change(match, { status: "reporting", result }, "reported", nowMs));
  }

  /** See `Queue.rated`. */
  rated(matchId: string, ratings: readonly PlayerRating[], nowMs: number): void {
    const match = this.#matches.find(matchId);
    if (match === undefined || match.result === null) return;
    this.#matches.remove(matchId);
    const finished: Match = {
      ...match,
      rev: this.#matches.nextRev(),
      status: "finished",
      changedAtMs: nowMs,
      failure: null,
    };
    this.#changes.record({
      type: "match_finished",
      match: finished,
      ratings,
      playerIds: unreleasedPlayerIds(finished),
    });
  }

  /** See `Queue.ratingFailed`. */
  ratingFailed(matchId: string, failure: string, nowMs: number): void {
    const match = this.#matches.find(matchId);
    if (match?.status !== "reporting") return;
    this.#change(match, { status: "rating_failed", failure }, "rating_failed", nowMs);
  }

  /** See `Queue.redrive`. */
  redrive(matchId: string, nowMs: number): Result<Match, RedriveRefusal> {
    const match = this.#matches.find(matchId);
    if (match === undefined) return refuse({ reason: "unknown_match" });
    if (match.status !== "rating_failed") return refuse({ reason: "not_failed", status: match.status });
    return accept(this.#change(match, { status: "reporting", failure: null }, "redriven", nowMs));
  }

  /** Pending matches past a deadline are given up, for want of a server or of a result; kept ones are forgotten. */
  passDeadlines(nowMs: number, assignments: Pick<Assignments, "giveUp">): void {
    for (const match of this.#matches.due(nowMs)) {
      // No mode waits longer for a server than for a result.
      if (awaitingOf(match) !== null) {
        assignments.giveUp(match, nowMs);
      } else if (match.status === "pending") {
        this.#occupancy.freeFromMatch(match);
        const deadlineMs = nowMs + REPORTABLE_AFTER_ABANDON_MS;
        this.#change(match, { status: "abandoned", deadlineMs }, "abandoned", nowMs);
      } else {
        this.forget(match.matchId);
      }
    }
  }

  /** Lets go of a match that is over and that D1 knows; one that is gone already changes nothing. */
  forget(matchId: string): void {
    if (this.#matches.find(matchId) === undefined) return;
    this.#matches.remove(matchId);
    this.#changes.record({ type: "match_forgotten", matchId });
  }

  #change(
    match: Match,
    update: MatchUpdate,
    event: Exclude<MatchEvent, "formed" | "filled" | "cancelled">,
    nowMs: number,
  ): Match {
    const { hasAwaited, changed, playerIds } = this.#update(match, update, nowMs);
    this.#changes.record({
      type: "match_changed",
      match: changed,
      event,
      ...(hasAwaited && { hasAwaited }),
      playerIds,
    });
    this.#changed(changed, nowMs);
    return changed;
  }

  /** A match that got a server or another status waits for none any more, and lets go of its tickets. */
  #update(match: Match, update: MatchUpdate, nowMs: number) {
    const isOver = update.status !== undefined || update.assignment !== undefined;
    const hasAwaited = isOver && awaitingOf(match) !== null;
    const changed = this.#matches.update(hasAwaited ? withoutAssignment(match) : match, update, nowMs);
    return { hasAwaited, changed, playerIds: unreleasedPlayerIds(changed) };
  }
}
