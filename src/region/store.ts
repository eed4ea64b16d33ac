import { assert } from "../core/assert.ts";
import type { Change } from "../core/changes.ts";
import type { Learned } from "../core/learned.ts";
import { NOTHING_LEARNED } from "../core/learned.ts";
import type { Match, MatchResult, MatchStatus, Team } from "../core/match.ts";
import type { MatchTerms } from "../core/match-terms.ts";
import type { Party, PartyMember } from "../core/party.ts";
import type { QueueState } from "../core/queue-state.ts";
import type { Constraints, Ticket, TicketParty, TicketPlayer } from "../core/ticket.ts";

/**
 * Steps that bring the object's tables up to date, in order; never edited once released, only added to. Additive: while
 * a deploy is under way the release before may wake on the same tables.
 */
const SCHEMA_STEPS: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS tickets (
     ticket_id TEXT PRIMARY KEY, mode TEXT NOT NULL, players TEXT NOT NULL, constraints TEXT NOT NULL,
     enqueued_at_ms INTEGER NOT NULL
   ) WITHOUT ROWID;
   CREATE TABLE IF NOT EXISTS matches (
     match_id TEXT PRIMARY KEY, rev INTEGER NOT NULL, mode TEXT NOT NULL, status TEXT NOT NULL, quality REAL NOT NULL,
     teams TEXT NOT NULL, created_at_ms INTEGER NOT NULL, changed_at_ms INTEGER NOT NULL, deadline_ms INTEGER NOT NULL,
     result TEXT, failure TEXT
   ) WITHOUT ROWID;`,
  `CREATE TABLE IF NOT EXISTS parties (
     code TEXT PRIMARY KEY, members TEXT NOT NULL, expires_at_ms INTEGER NOT NULL
   ) WITHOUT ROWID;
   ALTER TABLE tickets ADD COLUMN party TEXT;`,
  "ALTER TABLE matches ADD COLUMN terms TEXT",
];

/** Saved along with a tick's commit, so none of it costs a row. The release before reads the densities only. */
interface Bookmark extends Partial<Learned> {
  /** Every match with a revision up to this one is in D1. */
  readonly exportedThroughRev: number;
}

type TicketRow = Record<"ticket_id" | "mode" | "players" | "constraints", string> & {
  readonly enqueued_at_ms: number;
  readonly party: string | null;
};
type PartyRow = { readonly code: string; readonly members: string; readonly expires_at_ms: number };
type MatchRow = Record<"match_id" | "mode" | "status" | "teams", string> &
  Record<"rev" | "quality" | "created_at_ms" | "changed_at_ms" | "deadline_ms", number> &
  Record<"terms" | "result" | "failure", string | null>;

/** The region's SQLite tables: what is written here survives, everything else in the object is a cache of it. */
export class RegionStore {
  readonly #sql: SqlStorage;
  #rowsWritten = 0;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#migrate();
  }

  /** Rows written since the last call: the bill. */
  takeRowsWritten(): number {
    const rows = this.#rowsWritten;
    this.#rowsWritten = 0;
    return rows;
  }

  /** The region's name. The first call's is kept, because an alarm may wake the object without telling it its name. */
  learnName(told: string | undefined): string {
    const known = this.#readMeta<string>("name");
    const name = told ?? known;
    assert(name !== null, "a region is addressed by its name");
    if (known === null) this.#writeMeta("name", name);
    return name;
  }

  load(): QueueState & { readonly exportedThroughRev: number } {
    const { exportedThroughRev, ...learned } = this.#readMeta<Bookmark>("bookmark") ?? { exportedThroughRev: 0 };
    return {
      tickets: this.#sql.exec<TicketRow>("SELECT * FROM tickets ORDER BY ticket_id").toArray().map(ticketFromRow),
      matches: this.#sql.exec<MatchRow>("SELECT * FROM matches ORDER BY match_id").toArray().map(matchFromRow),
      parties: this.#sql.exec<PartyRow>("SELECT * FROM parties ORDER BY code").toArray().map(partyFromRow),
      learned: { ...NOTHING_LEARNED, ...learned },
      highestRev: exportedThroughRev,
      exportedThroughRev,
    };
  }

  /** Writes what one event changed. Several changes belong in a transaction: a thrown error alone undoes nothing. */
  write(changes: readonly Change[], exportedThroughRev: () => number): void {
    for (const change of changes) {
      switch (change.type) {
        case "ticket_added":
          this.#insertTicket(change.ticket);
          break;
        case "ticket_ended":
          this.#exec("DELETE FROM tickets WHERE ticket_id = ?", change.ticket.ticketId);
          break;
        case "match_changed":
          this.#putMatch(change.match);
          break;
        case "match_finished":
          this.#exec("DELETE FROM matches WHERE match_id = ?", change.match.matchId);
          break;
        case "match_forgotten":
          this.#exec("DELETE FROM matches WHERE match_id = ?", change.matchId);
          break;
        case "learned_saved":
          this.#writeBookmark({ exportedThroughRev: exportedThroughRev(), ...change.learned });
          break;
        case "party_changed":
          this.#putParty(change.party);
          break;
        case "party_ended":
          this.#exec("DELETE FROM parties WHERE code = ?", change.party.code);
          break;
        default:
          change satisfies never;
      }
    }
  }

  #insertTicket(ticket: Ticket): void {
    this.#exec(
      "INSERT INTO tickets (ticket_id, mode, players, constraints, enqueued_at_ms, party) VALUES (?, ?, ?, ?, ?, ?)",
      ticket.ticketId,
      ticket.mode,
      JSON.stringify(ticket.players),
      JSON.stringify(ticket.constraints),
      ticket.enqueuedAtMs,
      ticket.party === undefined ? null : JSON.stringify(ticket.party),
    );
  }

  #putParty({ code, members, expiresAtMs }: Party): void {
    this.#exec(
      `INSERT INTO parties (code, members, expires_at_ms) VALUES (?, ?, ?)
       ON CONFLICT (code) DO UPDATE SET members = excluded.members, expires_at_ms = excluded.expires_at_ms`,
      code,
      JSON.stringify(members),
      expiresAtMs,
    );
  }

  #putMatch(match: Match): void {
    this.#exec(
      `INSERT INTO matches (match_id, rev, mode, status, quality, teams, created_at_ms, changed_at_ms, deadline_ms,
         result, failure, terms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (match_id) DO UPDATE SET rev = excluded.rev, status = excluded.status, teams = excluded.teams,
         changed_at_ms = excluded.changed_at_ms, deadline_ms = excluded.deadline_ms, result = excluded.result,
         failure = excluded.failure`,
      match.matchId,
      match.rev,
      match.mode,
      match.status,
      match.quality,
      JSON.stringify(match.teams),
      match.createdAtMs,
      match.changedAtMs,
      match.deadlineMs,
      match.result === null ? null : JSON.stringify(match.result),
      match.failure,
      match.terms === undefined ? null : JSON.stringify(match.terms),
    );
  }

  #migrate(): void {
    this.#exec("CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID");
    const done = this.#readMeta<number>("schema_steps") ?? 0;
    for (const step of SCHEMA_STEPS.slice(done)) this.#exec(step);
    if (done < SCHEMA_STEPS.length) this.#writeMeta("schema_steps", SCHEMA_STEPS.length);
  }

  #writeBookmark(bookmark: Bookmark): void {
    this.#writeMeta("bookmark", bookmark);
  }

  #readMeta<Value>(key: string): Value | null {
    const [row] = this.#sql.exec<{ value: string }>("SELECT value FROM meta WHERE key = ?", key).toArray();
    return row === undefined ? null : (JSON.parse(row.value) as Value);
  }

  #writeMeta(key: string, value: unknown): void {
    this.#exec(
      "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      key,
      JSON.stringify(value),
    );
  }

  #exec(query: string, ...bindings: SqlStorageValue[]): void {
    this.#rowsWritten += this.#sql.exec(query, ...bindings).rowsWritten;
  }
}

function ticketFromRow(row: TicketRow): Ticket {
  return {
    ticketId: row.ticket_id,
    mode: row.mode,
    players: JSON.parse(row.players) as TicketPlayer[],
    constraints: JSON.parse(row.constraints) as Constraints,
    enqueuedAtMs: row.enqueued_at_ms,
    ...(row.party !== null && { party: JSON.parse(row.party) as TicketParty }),
  };
}

function partyFromRow({ code, members, expires_at_ms }: PartyRow): Party {
  return { code, members: JSON.parse(members) as PartyMember[], expiresAtMs: expires_at_ms };
}

function matchFromRow(row: MatchRow): Match {
  return {
    matchId: row.match_id,
    rev: row.rev,
    mode: row.mode,
    status: row.status as MatchStatus,
    quality: row.quality,
    teams: JSON.parse(row.teams) as Team[],
    ...(row.terms !== null && { terms: JSON.parse(row.terms) as MatchTerms }),
    createdAtMs: row.created_at_ms,
    changedAtMs: row.changed_at_ms,
    deadlineMs: row.deadline_ms,
    result: row.result === null ? null : (JSON.parse(row.result) as MatchResult),
    failure: row.failure,
  };
}
