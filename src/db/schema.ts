import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * D1's tables. drizzle-kit generates the migrations from here; each CREATE TABLE is then amended by hand to
 * `WITHOUT ROWID`, which halves the rows written (a rowid table with a text key writes the row and its key).
 */

export const players = sqliteTable("players", {
  playerId: text("player_id").primaryKey(),
  username: text("username").notNull(),
  /** Home region: where the player queues. */
  region: text("region").notNull(),
  createdAtMs: integer("created_at_ms").notNull(),
});

/** One row per player and mode, made by the first result; the default mode's is made on registration. */
export const ratings = sqliteTable(
  "ratings",
  {
    playerId: text("player_id").notNull(),
    mode: text("mode").notNull(),
    mu: real("mu").notNull(),
    sigma: real("sigma").notNull(),
    /** mu − 3·sigma, stored for the leaderboard's index. */
    conservative: real("conservative").notNull(),
    matches: integer("matches").notNull(),
    wins: integer("wins").notNull(),
    /** Number of the last rating change; 0 before the first. */
    seq: integer("seq").notNull(),
    lastPlayedAtMs: integer("last_played_at_ms"),
  },
  (table) => [
    primaryKey({ columns: [table.playerId, table.mode] }),
    index("ratings_by_conservative").on(table.mode, table.conservative),
  ],
);

/** Every match that was formed, exported by its region; the consumer's final row outranks every export. */
export const matches = sqliteTable(
  "matches",
  {
    matchId: text("match_id").primaryKey(),
    rev: integer("rev").notNull(),
    /** How often the result was applied. The exactly-once guard: a second time breaks the check and rolls back. */
    rated: integer("rated").notNull().default(0),
    region: text("region").notNull(),
    mode: text("mode").notNull(),
    status: text("status").notNull(),
    quality: real("quality").notNull(),
    /** JSON, see db/match-row.ts. */
    teams: text("teams").notNull(),
    /** JSON: what the match's tickets agreed on; null: there was nothing to agree on. */
    terms: text("terms"),
    placements: text("placements"),
    /** JSON, see core/rating/rated-by.ts; null: not rated, or by a release that kept nothing of the kind. */
    ratedBy: text("rated_by"),
    failure: text("failure"),
    createdAtMs: integer("created_at_ms").notNull(),
    reportedAtMs: integer("reported_at_ms"),
    finishedAtMs: integer("finished_at_ms"),
  },
  (table) => [check("rated_once", sql`${table.rated} <= 1`)],
);

/** The history of every rating. Its key is the optimistic lock: two changes of one player cannot have the same seq. */
export const ratingChanges = sqliteTable(
  "rating_changes",
  {
    playerId: text("player_id").notNull(),
    mode: text("mode").notNull(),
    seq: integer("seq").notNull(),
    /** What made the change: `match`; later decay, season, correction. */
    kind: text("kind").notNull(),
    matchId: text("match_id"),
    muBefore: real("mu_before").notNull(),
    sigmaBefore: real("sigma_before").notNull(),
    muAfter: real("mu_after").notNull(),
    sigmaAfter: real("sigma_after").notNull(),
    changedAtMs: integer("changed_at_ms").notNull(),
  },
  (table) => [primaryKey({ columns: [table.playerId, table.mode, table.seq] })],
);

/** Registrations by hashed idempotency key, so that a repeated request gives the same player. */
export const idempotencyKeys = sqliteTable("idempotency_keys", {
  keyHash: text("key_hash").primaryKey(),
  /** Hash of the body of the first request. */
  bodyHash: text("body_hash").notNull(),
  playerId: text("player_id").notNull(),
  createdAtMs: integer("created_at_ms").notNull(),
});

/** Players of the game's identity provider: who (issuer, subject) is here. Written once, by the first registration. */
export const identities = sqliteTable(
  "identities",
  {
    issuer: text("issuer").notNull(),
    subject: text("subject").notNull(),
    playerId: text("player_id").notNull(),
    createdAtMs: integer("created_at_ms").notNull(),
  },
  (table) => [primaryKey({ columns: [table.issuer, table.subject] })],
);

/** Players whose tokens were taken back; few. */
export const revocations = sqliteTable(
  "revocations",
  {
    playerId: text("player_id").primaryKey(),
    /** Tokens issued before this time are void, also after the player was let in again. */
    tokensFromMs: integer("tokens_from_ms").notNull(),
    /** 1: no token opens anything, however new. */
    isLockedOut: integer("is_locked_out", { mode: "boolean" }).notNull(),
    changedAtMs: integer("changed_at_ms").notNull(),
  },
  (table) => [index("revocations_by_change").on(table.changedAtMs)],
);

/** What operators and game servers did that has consequences beyond one match; ids sort by time. */
export const auditLog = sqliteTable("audit_log", {
  entryId: text("entry_id").primaryKey(),
  atMs: integer("at_ms").notNull(),
  /** Fingerprint of the API key that was used. */
  keyId: text("key_id").notNull(),
  /** Such as `player_revoked`. */
  action: text("action").notNull(),
  /** The player, match or party that it was done to. */
  target: text("target").notNull(),
  requestId: text("request_id").notNull(),
});

/** How far each scheduled audit has come, and what it found. */
export const audits = sqliteTable("audits", {
  name: text("name").primaryKey(),
  /** JSON of the audit's own. */
  state: text("state").notNull(),
  updatedAtMs: integer("updated_at_ms").notNull(),
});
