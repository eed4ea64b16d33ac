import { assert } from "../core/assert.ts";
import type { Backfill } from "../core/backfill.ts";
import type { Change } from "../core/changes.ts";
import type { CoolDown } from "../core/cool-downs.ts";
import type { Learned } from "../core/learned.ts";
import { NOTHING_LEARNED } from "../core/learned.ts";
import type { LeaseClock } from "../core/lease-clock.ts";
import type { Match } from "../core/match.ts";
import type { Party } from "../core/party.ts";
import type { Proposal } from "../core/proposal.ts";
import type { QueueState } from "../core/queue-state.ts";
import type { Revocation } from "../core/revocations.ts";
import type { Ticket } from "../core/ticket.ts";
import type { CoolDownRow, MatchRow, PartyRow, RevocationRow, TicketRow } from "./store-rows.ts";
import {
  clocksFromRow,
  coolDownFromRow,
  matchFromRow,
  partyFromRow,
  revocationFromRow,
  ticketFromRow,
} from "./store-rows.ts";
import { SCHEMA_STEPS } from "./store-schema.ts";

/** Saved along with a tick's commit, so none of it costs a row. The release before reads the densities only. */
interface Bookmark extends Partial<Learned> {
  /** Every match with a revision up to this one is in D1. */
  readonly exportedThroughRev: number;
}

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
    const tickets = this.#sql.exec<TicketRow>("SELECT * FROM tickets ORDER BY ticket_id").toArray();
    return {
      tickets: tickets.map(ticketFromRow),
      clocks: Object.fromEntries(
        tickets.flatMap((row) => {
          const clocks = clocksFromRow(row);
          return clocks === undefined ? [] : [[row.ticket_id, clocks] as const];
        }),
      ),
      matches: this.#sql.exec<MatchRow>("SELECT * FROM matches ORDER BY match_id").toArray().map(matchFromRow),
      parties: this.#sql.exec<PartyRow>("SELECT * FROM parties ORDER BY code").toArray().map(partyFromRow),
      proposals: this.#sql
        .exec<{ proposal: string }>("SELECT proposal FROM proposals ORDER BY match_id")
        .toArray()
        .map((row) => JSON.parse(row.proposal) as Proposal),
      backfills: this.#sql
        .exec<{ backfill: string }>("SELECT backfill FROM backfills ORDER BY match_id")
        .toArray()
        .map((row) => JSON.parse(row.backfill) as Backfill),
      coolDowns: this.#sql.exec<CoolDownRow>("SELECT * FROM cool_downs").toArray().map(coolDownFromRow),
      revocations: this.#sql.exec<RevocationRow>("SELECT * FROM revocations").toArray().map(revocationFromRow),
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
          this.#insertTicket(change.ticket, change.clocks);
          break;
        case "ticket_ended":
          this.#exec("DELETE FROM tickets WHERE ticket_id = ?", change.ticket.ticketId);
          break;
        case "ticket_changed":
          this.#exec(
            "UPDATE tickets SET priority_ms = ?, clocks = COALESCE(?, clocks) WHERE ticket_id = ?",
            change.ticket.priorityMs ?? null,
            change.clocks === undefined ? null : JSON.stringify(change.clocks),
            change.ticket.ticketId,
          );
          break;
        case "lease_changed":
          this.#exec(
            "UPDATE tickets SET clocks = ? WHERE ticket_id = ?",
            JSON.stringify(change.clocks),
            change.ticketId,
          );
          break;
        case "proposal_changed":
          this.#putProposal(change.proposal);
          break;
        case "proposal_ended":
          this.#exec("DELETE FROM proposals WHERE match_id = ?", change.proposal.matchId);
          break;
        case "backfill_changed":
          this.#putBackfill(change.backfill);
          break;
        case "backfill_ended":
          this.#exec("DELETE FROM backfills WHERE match_id = ?", change.backfill.matchId);
          break;
        case "cool_down_started":
          this.#putCoolDown(change.coolDown);
          break;
        case "cool_down_forgotten":
          this.#exec("DELETE FROM cool_downs WHERE player_id = ?", change.playerId);
          break;
        case "revocation_changed":
          this.#putRevocation(change.revocation);
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

  #insertTicket(ticket: Ticket, clocks: readonly LeaseClock[] | undefined): void {
    this.#exec(
      `INSERT INTO tickets (ticket_id, mode, players, constraints, enqueued_at_ms, party, lease, priority_ms, clocks)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ticket.ticketId,
      ticket.mode,
      JSON.stringify(ticket.players),
      JSON.stringify(ticket.constraints),
      ticket.enqueuedAtMs,
      ticket.party === undefined ? null : JSON.stringify(ticket.party),
      ticket.lease === undefined ? null : JSON.stringify(ticket.lease),
      ticket.priorityMs ?? null,
      clocks === undefined ? null : JSON.stringify(clocks),
    );
  }

  #putProposal(proposal: Proposal): void {
    this.#exec(
      `INSERT INTO proposals (match_id, proposal) VALUES (?, ?)
       ON CONFLICT (match_id) DO UPDATE SET proposal = excluded.proposal`,
      proposal.matchId,
      JSON.stringify(proposal),
    );
  }

  #putBackfill(backfill: Backfill): void {
    this.#exec(
      `INSERT INTO backfills (match_id, backfill) VALUES (?, ?)
       ON CONFLICT (match_id) DO UPDATE SET backfill = excluded.backfill`,
      backfill.matchId,
      JSON.stringify(backfill),
    );
  }

  #putCoolDown({ playerId, offences, untilMs, forgivenAtMs }: CoolDown): void {
    this.#exec(
      `INSERT INTO cool_downs (player_id, offences, until_ms, forgiven_at_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT (player_id) DO UPDATE SET offences = excluded.offences, until_ms = excluded.until_ms,
         forgiven_at_ms = excluded.forgiven_at_ms`,
      playerId,
      offences,
      untilMs,
      forgivenAtMs,
    );
  }

  #putRevocation({ playerId, tokensFromMs, isLockedOut, changedAtMs }: Revocation): void {
    this.#exec(
      `INSERT INTO revocations (player_id, tokens_from_ms, is_locked_out, changed_at_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT (player_id) DO UPDATE SET tokens_from_ms = excluded.tokens_from_ms,
         is_locked_out = excluded.is_locked_out, changed_at_ms = excluded.changed_at_ms`,
      playerId,
      tokensFromMs,
      isLockedOut ? 1 : 0,
      changedAtMs,
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
         result, failure, terms, limits, assignment)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (match_id) DO UPDATE SET rev = excluded.rev, status = excluded.status, teams = excluded.teams,
         changed_at_ms = excluded.changed_at_ms, deadline_ms = excluded.deadline_ms, result = excluded.result,
         failure = excluded.failure, terms = excluded.terms, limits = excluded.limits,
         assignment = excluded.assignment`,
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
      match.limits === undefined ? null : JSON.stringify(match.limits),
      match.assignment === undefined ? null : JSON.stringify(match.assignment),
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
