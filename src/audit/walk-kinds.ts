import { encodeTime } from "ulid";
import { auditChanges } from "../core/audit/audit-changes.ts";
import { auditMatch } from "../core/audit/audit-match.ts";
import type { Cursor, PageOutcome, WalkName } from "../core/audit/audit-state.ts";
import type { AuditCheck, Finding, UnverifiableCounts } from "../core/audit/finding.ts";
import { addUnverifiable, CHANGE_CHECKS, MATCH_CHECKS } from "../core/audit/finding.ts";
import { LIMITS } from "../core/limits.ts";
import type { ModeTable } from "../core/mode.ts";
import { readChangePage, readMatchPage } from "../db/audit-pages.ts";

const TIME_CHARACTERS = 10;

/** How one walk goes through the database. */
export interface WalkKind {
  readonly name: WalkName;
  /** The checks that a whole pass makes of everything there is. */
  readonly settles: readonly AuditCheck[];
  start(nowMs: number): Cursor;
  /** Reads a page and judges it. @throws when D1 fails */
  look(cursor: Cursor): Promise<PageOutcome>;
}

/** The three walks; see `WALKS`. */
export function walkKinds(db: D1Database, modes: Pick<ModeTable, "byName">): readonly WalkKind[] {
  const lookAtMatches = (cursor: Cursor) => lookAtMatchPage(db, modes, cursor);
  return [
    {
      name: "recent",
      settles: [],
      // Ids sort by time and begin with it.
      start: (nowMs) => ({ key: [encodeTime(Math.max(0, nowMs - LIMITS.auditRecentMs), TIME_CHARACTERS)] }),
      look: lookAtMatches,
    },
    { name: "matches", settles: MATCH_CHECKS, start: () => ({ key: [""] }), look: lookAtMatches },
    {
      name: "changes",
      settles: CHANGE_CHECKS,
      start: () => ({ key: ["", "", 0] }),
      look: (cursor) => lookAtChangePage(db, modes, cursor),
    },
  ];
}

async function lookAtMatchPage(
  db: D1Database,
  modes: Pick<ModeTable, "byName">,
  { key: [after = ""] }: Cursor,
): Promise<PageOutcome> {
  const { matches, isLast, changeOf } = await readMatchPage(db, String(after), LIMITS.auditMatchesPerPage);
  const findings: Finding[] = [];
  let unverifiable: UnverifiableCounts = {};
  for (const match of matches) {
    const verdict = auditMatch(match, (playerId) => changeOf(match.matchId, playerId), modes);
    findings.push(...verdict.findings);
    unverifiable = addUnverifiable(unverifiable, verdict.unverifiable);
  }
  const last = matches.at(-1);
  const next = isLast || last === undefined ? null : { key: [last.matchId] };
  const audited = matches.filter(({ isRated }) => isRated).length;
  return { findings, unverifiable, audited, next };
}

async function lookAtChangePage(
  db: D1Database,
  modes: Pick<ModeTable, "byName">,
  { key: [playerId = "", mode = "", seq = 0], chain }: Cursor,
): Promise<PageOutcome> {
  const after = { playerId: String(playerId), mode: String(mode), seq: Number(seq) };
  const page = await readChangePage(db, after, LIMITS.auditChangesPerPage);
  const { findings, unverifiable, carried } = auditChanges(page, chain ?? null, modes);
  const next = carried === null ? null : { key: [carried.playerId, carried.mode, carried.seq], chain: carried };
  return { findings, unverifiable, audited: page.changes.length, next };
}
