import { globSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { StoredTeam } from "../../src/db/match-row.ts";
import type { Records } from "./records.ts";

const PlayerRow = z.object({ playerId: z.string(), username: z.string() });
const MatchRow = z.object({
  matchId: z.string(),
  mode: z.string(),
  status: z.string(),
  rated: z.number(),
  teams: z.string().transform((text) => JSON.parse(text) as StoredTeam[]),
  placements: z
    .string()
    .nullable()
    .transform((text) => (text === null ? null : z.record(z.string(), z.number()).parse(JSON.parse(text)))),
  createdAtMs: z.number(),
  reportedAtMs: z.number().nullable(),
});
const ChangeRow = z
  .object({
    playerId: z.string(),
    mode: z.string(),
    seq: z.number(),
    matchId: z.string().nullable(),
    muBefore: z.number(),
    sigmaBefore: z.number(),
    muAfter: z.number(),
    sigmaAfter: z.number(),
  })
  .transform(({ muBefore, sigmaBefore, muAfter, sigmaAfter, ...change }) => ({
    ...change,
    before: { mu: muBefore, sigma: sigmaBefore },
    after: { mu: muAfter, sigma: sigmaAfter },
  }));
const RatingRow = z.object({
  playerId: z.string(),
  mode: z.string(),
  mu: z.number(),
  sigma: z.number(),
  matches: z.number(),
  seq: z.number(),
});
const TicketRow = z.object({
  players: z.string().transform((text) => z.array(z.object({ playerId: z.string() })).parse(JSON.parse(text))),
});
const LiveRow = z.object({ matchId: z.string() });

/** Reads the files of a stack that has ended. @param stateDir what wrangler was given as `--persist-to` */
export function readRecords(stateDir: string): Records {
  const databases = globSync(join(stateDir, "**", "*.sqlite")).map((file) => new DatabaseSync(file));
  try {
    const [d1, ...others] = databases.filter((database) => hasTable(database, "rating_changes"));
    if (d1 === undefined || others.length > 0) throw new Error(`${stateDir} does not hold exactly one D1 database`);
    const regions = databases.filter((database) => hasTable(database, "tickets"));
    return {
      players: rows(d1, "SELECT player_id AS playerId, username FROM players", PlayerRow),
      matches: rows(d1, MATCHES, MatchRow),
      changes: rows(d1, CHANGES, ChangeRow),
      ratings: rows(d1, "SELECT player_id AS playerId, mode, mu, sigma, matches, seq FROM ratings", RatingRow),
      waiting: regions
        .flatMap((region) => rows(region, "SELECT players FROM tickets", TicketRow))
        .flatMap(({ players }) => players.map(({ playerId }) => playerId)),
      liveMatchIds: regions
        .flatMap((region) => rows(region, "SELECT match_id AS matchId FROM matches", LiveRow))
        .map(({ matchId }) => matchId),
    };
  } finally {
    for (const database of databases) database.close();
  }
}

const MATCHES = `
  SELECT match_id AS matchId, mode, status, rated, teams, placements, created_at_ms AS createdAtMs,
    reported_at_ms AS reportedAtMs FROM matches`;

const CHANGES = `
  SELECT player_id AS playerId, mode, seq, match_id AS matchId, mu_before AS muBefore, sigma_before AS sigmaBefore,
    mu_after AS muAfter, sigma_after AS sigmaAfter FROM rating_changes`;

function hasTable(database: DatabaseSync, name: string): boolean {
  return database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(name) !== undefined;
}

function rows<Row>(database: DatabaseSync, query: string, row: z.ZodType<Row>): Row[] {
  return z.array(row).parse(database.prepare(query).all());
}
