import type { Placements, Report } from "../core/match.ts";
import { normalizeReport, samePlacements } from "../core/match.ts";
import type { ReportRefusal } from "../core/queue-calls.ts";
import type { Result } from "../core/result.ts";
import { accept, refuse } from "../core/result.ts";
import type { MatchRecord } from "../db/match-row.ts";
import { findMatch } from "../db/matches.ts";
import type { Env } from "../env.ts";
import { callRegion } from "./call-region.ts";
import { askDatabase } from "./outside-failures.ts";
import type { ReportBody } from "./schemas/results.ts";

export type ReportOutcome = Result<Placements, ReportRefusal>;

/** The body in the region's terms. Its schema has made sure that it holds one of the two. */
export function reportOf({ winner_team, placements }: ReportBody): Report {
  return winner_team === undefined ? { placements: placements ?? {} } : { winnerTeam: winner_team };
}

/**
 * Reports to the match's region; a match that the region has let go of is looked for in D1, so that a repeat of an old
 * report is answered like the first.
 *
 * @returns the result that stands, every team with its place
 */
export async function reportResult(env: Env, matchId: string, region: string, report: Report): Promise<ReportOutcome> {
  const outcome = await callRegion(env, region, (stub) => stub.report(matchId, report));
  if (outcome.ok) return acceptedResult(outcome.value.result?.placements ?? null);
  if (outcome.refusal.reason !== "unknown_match") return outcome;
  const stored = await askDatabase(findMatch(env.DB, matchId));
  return stored === null ? outcome : repeatOldReport(stored, report);
}

function acceptedResult(placements: Placements | null): ReportOutcome {
  if (placements === null) throw new Error("a region accepted a report without keeping it");
  return accept(placements);
}

/** What a region would have said of a match that only D1 still knows. */
export function repeatOldReport(match: MatchRecord, report: Report): ReportOutcome {
  const teams = match.teams.map(({ name }) => name);
  const normalized = normalizeReport(report, teams);
  if (!normalized.ok) return normalized;
  if (match.placements === null) return refuse({ reason: "not_reportable", status: match.status });
  if (samePlacements(match.placements, normalized.value)) return accept(match.placements);
  return refuse({ reason: "already_reported", placements: match.placements });
}
