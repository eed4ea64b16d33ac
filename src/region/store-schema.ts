/**
 * Steps that bring the object's tables up to date, in order; never edited once released, only added to. Additive: while
 * a deploy is under way the release before may wake on the same tables.
 */
export const SCHEMA_STEPS: readonly string[] = [
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
  // Tickets keep their rows while they are proposed: to the release before they simply wait.
  `CREATE TABLE IF NOT EXISTS proposals (match_id TEXT PRIMARY KEY, proposal TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE IF NOT EXISTS cool_downs (
     player_id TEXT PRIMARY KEY, offences INTEGER NOT NULL, until_ms INTEGER NOT NULL, forgiven_at_ms INTEGER NOT NULL
   ) WITHOUT ROWID;
   CREATE TABLE IF NOT EXISTS backfills (match_id TEXT PRIMARY KEY, backfill TEXT NOT NULL) WITHOUT ROWID;
   ALTER TABLE tickets ADD COLUMN priority_ms INTEGER;
   ALTER TABLE tickets ADD COLUMN lease TEXT;
   ALTER TABLE tickets ADD COLUMN clocks TEXT;
   ALTER TABLE matches ADD COLUMN assignment TEXT;
   ALTER TABLE matches ADD COLUMN limits TEXT;`,
  `CREATE TABLE IF NOT EXISTS revocations (
     player_id TEXT PRIMARY KEY, tokens_from_ms INTEGER NOT NULL, is_locked_out INTEGER NOT NULL,
     changed_at_ms INTEGER NOT NULL
   ) WITHOUT ROWID;`,
];
