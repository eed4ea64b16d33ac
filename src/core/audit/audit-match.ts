import type { Placements } from "../match.ts";
import type { ModeTable, RatingEnvironment } from "../mode.ts";
import type { Rating, SequencedRating } from "../rating/player-rating.ts";
import { RATER, rateTeams } from "../rating/trueskill.ts";
import type { AuditCheck, Finding, Verdict } from "./finding.ts";
import type { AuditedMatch, StoredChange } from "./stored-records.ts";
import { isSameRating } from "./stored-records.ts";

/** A starter of a rated match. */
interface Starter {
  readonly playerId: string;
  readonly before: Rating;
  readonly after: SequencedRating;
}

interface RatedTeam {
  readonly place: number;
  readonly starters: readonly Starter[];
}

const CLEAN: Verdict = { findings: [], unverifiable: {} };

/**
 * Whether a match was rated as it should be.
 *
 * 1. Rated and finished go together. A match that is not rated has nothing else to be judged by.
 * 2. It has all that it takes to rate it again: see `match_incomplete`. Without that the rest makes no sense.
 * 3. Everybody who started it has exactly the change of rating that it tells of. Whether somebody has another one is seen
 *    from the changes: `auditChanges`.
 * 4. Rated again, from the ratings and by the numbers that are stored with it, it leads to the stored ratings. If it was
 *    rated by a release that kept no numbers, by those that its mode has now; if that leads elsewhere, nobody knows
 *    whether the result or the mode was changed.
 *
 * @param changeOf what is stored for a player under the number that the match tells of
 */
export function auditMatch(
  match: AuditedMatch,
  changeOf: (playerId: string) => StoredChange | undefined,
  modes: Pick<ModeTable, "byName">,
): Verdict {
  const { matchId, status, isRated } = match;
  const find = (check: AuditCheck, detail: string, playerId?: string): Finding => ({
    check,
    subject: playerId === undefined ? matchId : `${matchId} ${playerId}`,
    detail,
  });
  if (isRated !== (status === "finished"))
    return { ...CLEAN, findings: [find("match_incomplete", `it is ${status} and ${isRated ? "" : "not "}rated`)] };
  if (!isRated) return CLEAN;
  const teams = ratedTeams(match);
  if (typeof teams === "string") return { ...CLEAN, findings: [find("match_incomplete", teams)] };
  const findings: Finding[] = [];
  for (const starter of teams.flatMap(({ starters }) => starters)) {
    const change = changeOf(starter.playerId);
    const { seq } = starter.after;
    if (change === undefined) findings.push(find("change_missing", `no change ${seq}`, starter.playerId));
    else if (!isChangeOf(change, match, starter))
      findings.push(find("change_differs", `change ${seq} is not as the match says`, starter.playerId));
  }
  const again = rateAgain(match, teams, modes);
  if (again === "differs") findings.push(find("rating_differs", "rated again it gives other ratings"));
  return { findings, unverifiable: again === "same" || again === "differs" ? {} : { [again]: 1 } };
}

/** @returns the teams as they were rated; or what is missing */
function ratedTeams({ teams, placements }: AuditedMatch): readonly RatedTeam[] | string {
  if (teams === null || teams.length < 2) return "its teams cannot be read";
  if (placements === null) return "it has no result";
  const seen = new Set<string>();
  const rated: RatedTeam[] = [];
  for (const { name, players } of teams) {
    const starters: Starter[] = [];
    for (const { playerId, isStarter, before, after } of players) {
      if (seen.has(playerId)) return `${playerId} is in it twice`;
      seen.add(playerId);
      if (!isStarter) continue;
      if (before === undefined || after === undefined) return `it does not say how ${playerId} was rated`;
      starters.push({ playerId, before, after });
    }
    const place = placeOf(placements, name);
    if (place === null) return `${name} has no place`;
    if (starters.length === 0) return `nobody started on ${name}`;
    rated.push({ place, starters });
  }
  return rated;
}

function placeOf(placements: Placements, team: string): number | null {
  const place = placements[team];
  return place !== undefined && Number.isInteger(place) && place >= 1 ? place : null;
}

function isChangeOf(change: StoredChange, { matchId, mode }: AuditedMatch, { playerId, before, after }: Starter) {
  return (
    change.kind === "match" &&
    change.matchId === matchId &&
    change.playerId === playerId &&
    change.mode === mode &&
    change.seq === after.seq &&
    isSameRating(change.before, before) &&
    isSameRating(change.after, after)
  );
}

function rateAgain(
  { mode, ratedBy }: AuditedMatch,
  teams: readonly RatedTeam[],
  modes: Pick<ModeTable, "byName">,
): "same" | "differs" | "environment_unknown" | "other_rater" {
  if (ratedBy !== null && ratedBy.rater !== RATER) return "other_rater";
  const environment = ratedBy ?? modes.byName.get(mode)?.rating;
  if (environment === undefined) return "environment_unknown";
  if (leadsToStored(teams, environment)) return "same";
  return ratedBy === null ? "environment_unknown" : "differs";
}

function leadsToStored(teams: readonly RatedTeam[], environment: RatingEnvironment): boolean {
  const before = teams.map(({ starters }) => starters.map((starter) => starter.before));
  const places = teams.map(({ place }) => place);
  try {
    const again = rateTeams(before, places, environment);
    return teams.every(({ starters }, team) =>
      starters.every(({ after }, index) => {
        const rating = again[team]?.[index];
        return rating !== undefined && isSameRating(rating, after);
      }),
    );
  } catch {
    // The rater gives up on what can hardly happen. It did not when this was rated, so these are not those numbers.
    return false;
  }
}
