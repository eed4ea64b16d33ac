/** A ticket or a match that came into a region's tables, changed there or left them, in the order of the writes. */
export type JournalEntry = { readonly position: number } & (
  | {
      readonly what: "ticket_in";
      readonly ticketId: string;
      readonly mode: string;
      readonly playerIds: readonly string[];
    }
  | { readonly what: "ticket_out"; readonly ticketId: string }
  | {
      readonly what: "match";
      readonly matchId: string;
      readonly mode: string;
      readonly status: string;
      readonly teams: readonly (readonly JournalSlot[])[];
    }
  | { readonly what: "match_out"; readonly matchId: string }
);

export interface JournalSlot {
  readonly playerId: string;
  readonly ticketId: string;
  readonly released: boolean;
}

interface JournalRow extends Record<string, SqlStorageValue> {
  readonly position: number;
  readonly what: "ticket_in" | "ticket_out" | "match" | "match_out";
  readonly id: string;
  readonly detail: string | null;
}

const MATCH_DETAIL = `json_object('mode', NEW.mode, 'status', NEW.status, 'teams', json(NEW.teams))`;

/**
 * Storage's own record of what happened in a region: triggers on its tables write down every change, and nothing of the
 * region's code has a part in it.
 */
export class RaceJournal {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  open(): void {
    this.#sql.exec(`
      CREATE TABLE race_journal (position INTEGER PRIMARY KEY, what TEXT NOT NULL, id TEXT NOT NULL, detail TEXT);
      INSERT INTO race_journal VALUES (0, 'opened', '', NULL);
      CREATE TRIGGER ticket_in AFTER INSERT ON tickets BEGIN
        INSERT INTO race_journal (what, id, detail)
        VALUES ('ticket_in', NEW.ticket_id, json_object('mode', NEW.mode, 'players', json(NEW.players)));
      END;
      CREATE TRIGGER ticket_out AFTER DELETE ON tickets BEGIN
        INSERT INTO race_journal (what, id) VALUES ('ticket_out', OLD.ticket_id);
      END;
      CREATE TRIGGER match_in AFTER INSERT ON matches BEGIN
        INSERT INTO race_journal (what, id, detail) VALUES ('match', NEW.match_id, ${MATCH_DETAIL});
      END;
      CREATE TRIGGER match_changed AFTER UPDATE ON matches BEGIN
        INSERT INTO race_journal (what, id, detail) VALUES ('match', NEW.match_id, ${MATCH_DETAIL});
      END;
      CREATE TRIGGER match_out AFTER DELETE ON matches BEGIN
        INSERT INTO race_journal (what, id) VALUES ('match_out', OLD.match_id);
      END;`);
  }

  /** The number of the newest entry. */
  position(): number {
    return this.#sql.exec<{ position: number }>("SELECT max(position) AS position FROM race_journal").one().position;
  }

  /** Every entry since the last call. */
  take(): JournalEntry[] {
    const rows = this.#sql.exec<JournalRow>("SELECT * FROM race_journal ORDER BY position").toArray().slice(1);
    // The newest stays: positions go on from it.
    this.#sql.exec("DELETE FROM race_journal WHERE position < (SELECT max(position) FROM race_journal)");
    return rows.map(entryOf);
  }
}

function entryOf({ position, what, id, detail }: JournalRow): JournalEntry {
  const told = detail === null ? null : JSON.parse(detail);
  switch (what) {
    case "ticket_in": {
      const { mode, players } = told as { mode: string; players: { playerId: string }[] };
      return { position, what, ticketId: id, mode, playerIds: players.map(({ playerId }) => playerId) };
    }
    case "match": {
      const { mode, status, teams } = told as { mode: string; status: string; teams: { players: JournalSlot[] }[] };
      return { position, what, matchId: id, mode, status, teams: teams.map(({ players }) => players) };
    }
    case "ticket_out":
      return { position, what, ticketId: id };
    case "match_out":
      return { position, what, matchId: id };
  }
}
