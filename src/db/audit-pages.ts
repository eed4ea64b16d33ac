import type { AuditedChange, AuditedMatch, StoredChange, StoredRating } from "../core/audit/stored-records.ts";
import { changeInMatch } from "../core/audit/stored-records.ts";
import type { AuditedMatchRow, ChangeRow, RatingRow } from "./audit-rows.ts";
import { auditedMatchOf, storedChangeOf } from "./audit-rows.ts";

/**
 * What the audit reads, page by page. A rated match and its changes are written in one batch and never change again, so
 * whoever reads one of them finds the other in a later statement. A rating does change: it is read at the same instant as
 * the changes that it is compared with.
 */

/** Some matches, and what is stored of the changes that they tell of. */
export interface MatchPage {
  readonly matches: readonly AuditedMatch[];
  readonly isLast: boolean;
  /** Under the number that the match tells of. */
  readonly changeOf: (matchId: string, playerId: string) => StoredChange | undefined;
}

/** The matches after this id, in the order of ids and so of time. @param limit how many at most */
export async function readMatchPage(d1: D1Database, afterMatchId: string, limit: number): Promise<MatchPage> {
  const { results } = await d1.prepare(READ_MATCHES).bind(afterMatchId, limit).all<AuditedMatchRow>();
  const matches = results.map(auditedMatchOf);
  const keys = matches.flatMap(changesToldOf);
  const changes = keys.length === 0 ? [] : await readChanges(d1, keys);
  const changeOf = new Map(changes.map(({ askedBy, change }) => [`${askedBy} ${change.playerId}`, change]));
  return {
    matches,
    isLast: results.length < limit,
    changeOf: (matchId, playerId) => changeOf.get(`${matchId} ${playerId}`),
  };
}

const READ_MATCHES = `
  SELECT match_id, mode, status, rated, teams, placements, rated_by FROM matches
  WHERE match_id > ?1 ORDER BY match_id LIMIT ?2`;

/** Where a change stands in the order of changes. */
export interface ChangeKey {
  readonly playerId: string;
  readonly mode: string;
  readonly seq: number;
}

/** By their keys: a change has no index by match. */
function changesToldOf({ matchId, mode, isRated, teams }: AuditedMatch): (ChangeKey & { readonly matchId: string })[] {
  if (!isRated || teams === null) return [];
  return teams.flatMap(({ players }) =>
    players.flatMap(({ playerId, after }) =>
      after === undefined ? [] : [{ matchId, playerId, mode, seq: after.seq }],
    ),
  );
}

async function readChanges(d1: D1Database, keys: readonly ChangeKey[]) {
  const { results } = await d1
    .prepare(READ_CHANGES_BY_KEY)
    .bind(JSON.stringify(keys))
    .all<ChangeRow & { asked_by: string }>();
  return results.map((row) => ({ askedBy: row.asked_by, change: storedChangeOf(row) }));
}

/** CROSS JOIN keeps the order: each key, then its row. */
const READ_CHANGES_BY_KEY = `
  SELECT j.value ->> 'matchId' AS asked_by, c.* FROM json_each(?1) j CROSS JOIN rating_changes c
  WHERE c.player_id = j.value ->> 'playerId' AND c.mode = j.value ->> 'mode' AND c.seq = j.value ->> 'seq'`;

/** Some changes with what their matches say of them, and the ratings at the same instant. */
export interface ChangePageRead {
  readonly changes: readonly AuditedChange[];
  readonly isLast: boolean;
  /** Of the page's players, and of the one that comes before it. */
  readonly ratingOf: (playerId: string, mode: string) => StoredRating | undefined;
}

/** The changes after this one, in the order of their key. @param limit how many at most */
export async function readChangePage(d1: D1Database, after: ChangeKey, limit: number): Promise<ChangePageRead> {
  const page = [after.playerId, after.mode, after.seq, limit];
  const [changes, ratings] = await d1.batch<unknown>([
    d1.prepare(READ_CHANGES).bind(...page),
    d1.prepare(READ_RATINGS).bind(...page),
  ]);
  const changeRows = (changes?.results ?? []) as ChangeRow[];
  const ratingRows = (ratings?.results ?? []) as RatingRow[];
  const matches = await readMatches(d1, new Set(changeRows.flatMap(({ match_id }) => match_id ?? [])));
  const ratingOf = new Map(ratingRows.map((row) => [`${row.player_id} ${row.mode}`, row]));
  return {
    changes: changeRows.map((row) => {
      const match = matches.get(row.match_id ?? "");
      return { ...storedChangeOf(row), inMatch: match === undefined ? null : changeInMatch(match, row.player_id) };
    }),
    isLast: changeRows.length < limit,
    ratingOf: (playerId, mode) => ratingOf.get(`${playerId} ${mode}`),
  };
}

const CHANGE_PAGE = `
  FROM rating_changes WHERE (player_id, mode, seq) > (?1, ?2, ?3) ORDER BY player_id, mode, seq LIMIT ?4`;

const READ_CHANGES = `SELECT * ${CHANGE_PAGE}`;

const READ_RATINGS = `
  SELECT r.* FROM (SELECT player_id, mode FROM (SELECT player_id, mode ${CHANGE_PAGE}) UNION SELECT ?1, ?2) k
  JOIN ratings r ON r.player_id = k.player_id AND r.mode = k.mode`;

async function readMatches(d1: D1Database, matchIds: ReadonlySet<string>): Promise<ReadonlyMap<string, AuditedMatch>> {
  if (matchIds.size === 0) return new Map();
  const { results } = await d1
    .prepare(READ_MATCHES_BY_ID)
    .bind(JSON.stringify([...matchIds]))
    .all<AuditedMatchRow>();
  return new Map(results.map((row) => [row.match_id, auditedMatchOf(row)]));
}

const READ_MATCHES_BY_ID = `
  SELECT m.match_id, m.mode, m.status, m.rated, m.teams, m.placements, m.rated_by
  FROM json_each(?1) j CROSS JOIN matches m WHERE m.match_id = j.value`;
