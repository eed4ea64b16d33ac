import { createExecutionContext, createMessageBatch, getQueueResult, type QueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { rateTeams } from "../../src/core/rating/trueskill.ts";
import type { ResultMessage } from "../../src/core/result-message.ts";
import type { StoredTeam } from "../../src/db/match-row.ts";
import { configOf } from "../../src/env.ts";
import { Log } from "../../src/log.ts";
import { Metrics } from "../../src/metrics/metrics.ts";
import type { RatedOutcome, RatingFailure } from "../../src/region/rpc.ts";
import { type ConsumerSettings, consumeResults } from "../../src/results/consume-results.ts";
import type { ResultListener } from "../../src/results/region-notices.ts";
import { RegionNotices } from "../../src/results/region-notices.ts";

export const modes = configOf(env).modes;

export async function registerPlayers(count: number, region = "EUW"): Promise<string[]> {
  const playerIds = Array.from({ length: count }, () => crypto.randomUUID());
  await env.DB.batch(
    playerIds.map((playerId) =>
      env.DB.prepare("INSERT INTO players (player_id, username, region, created_at_ms) VALUES (?, ?, ?, 0)").bind(
        playerId,
        `name-${playerId}`,
        region,
      ),
    ),
  );
  return playerIds;
}

let matchCount = 0;

/** A reported 2v2 between the first two and the last two; the first team won unless said otherwise. */
export function aResult(
  [a, b, c, d]: readonly string[],
  overrides: Partial<ResultMessage> = {},
): ResultMessage & { readonly placements: Record<string, number> } {
  matchCount += 1;
  const player = (playerId = "") => ({ playerId, mu: 25, sigma: 25 / 3 });
  return {
    version: 1,
    matchId: `01HZZZZZZZZZZZZZZZZZZ${String(matchCount).padStart(5, "0")}-EUW`,
    rev: 2,
    region: "EUW",
    mode: "2v2",
    quality: 0.4,
    createdAtMs: 1_000,
    reportedAtMs: 2_000 + matchCount,
    teams: [
      { name: "teamA", players: [player(a), player(b)] },
      { name: "teamB", players: [player(c), player(d)] },
    ],
    placements: { teamA: 1, teamB: 2 },
    ...overrides,
  };
}

/** Stands in for every region and keeps what it is told. */
export class ToldRegion implements ResultListener {
  readonly outcomes: RatedOutcome[] = [];
  readonly failures: RatingFailure[] = [];

  async rated(outcomes: readonly RatedOutcome[]): Promise<void> {
    this.outcomes.push(...outcomes);
  }

  async ratingFailed(failures: readonly RatingFailure[]): Promise<void> {
    this.failures.push(...failures);
  }
}

export async function consume(
  messages: readonly unknown[],
  { db = env.DB, region = new ToldRegion() }: { db?: D1Database; region?: ToldRegion } = {},
): Promise<QueueResult> {
  const batch = createMessageBatch(
    "match-results",
    messages.map((body, index) => ({ id: String(index), timestamp: 0, attempts: 1, body })),
  );
  const ctx = createExecutionContext();
  const log = new Log("off");
  const settings: ConsumerSettings = {
    db,
    modes,
    notices: new RegionNotices(() => region, log),
    metrics: new Metrics(),
    log,
    now: () => Date.now(),
    random: () => Math.random(),
  };
  await consumeResults(batch, settings);
  return getQueueResult(batch, ctx);
}

/** D1 that takes its time between a consumer's read and its write, so that consumers meet. */
export function slowToWrite(db: D1Database, delayMs: number): D1Database {
  return new Proxy(db, {
    get(target, property) {
      if (property === "batch") {
        return async (statements: D1PreparedStatement[]) => {
          // A write is a batch of three statements, a read one of two.
          if (statements.length === 3) await scheduler.wait(delayMs);
          return target.batch(statements);
        };
      }
      const value: unknown = Reflect.get(target, property);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

export interface ChangeRow {
  readonly player_id: string;
  readonly seq: number;
  readonly match_id: string;
  readonly mu_after: number;
  readonly sigma_after: number;
}

export async function changesOf(playerIds: readonly string[]): Promise<ChangeRow[]> {
  const { results } = await env.DB.prepare(
    "SELECT * FROM rating_changes WHERE player_id IN (SELECT value FROM json_each(?)) ORDER BY player_id, seq",
  )
    .bind(JSON.stringify(playerIds))
    .all<ChangeRow>();
  return results;
}

export async function ratingsOf(
  playerIds: readonly string[],
): Promise<Map<string, { mu: number; sigma: number; seq: number; matches: number; wins: number }>> {
  const { results } = await env.DB.prepare(
    "SELECT * FROM ratings WHERE mode = '2v2' AND player_id IN (SELECT value FROM json_each(?))",
  )
    .bind(JSON.stringify(playerIds))
    .all<{ player_id: string; mu: number; sigma: number; seq: number; matches: number; wins: number }>();
  return new Map(results.map((row) => [row.player_id, row]));
}

/**
 * Rates the stored results of these players again from nothing, each when every player's changes before it are done, and
 * gives the ratings that come out. Independent of the consumer: it knows only what D1 holds.
 */
export async function replay(playerIds: readonly string[]): Promise<Map<string, { mu: number; sigma: number }>> {
  const changes = await changesOf(playerIds);
  const seqsByMatch = new Map<string, Map<string, number>>();
  for (const { match_id, player_id, seq } of changes) {
    const seqs = seqsByMatch.get(match_id) ?? new Map<string, number>();
    seqsByMatch.set(match_id, seqs.set(player_id, seq));
  }
  const { results } = await env.DB.prepare(
    "SELECT match_id, teams, placements FROM matches WHERE rated = 1 AND match_id IN (SELECT value FROM json_each(?))",
  )
    .bind(JSON.stringify([...seqsByMatch.keys()]))
    .all<{ match_id: string; teams: string; placements: string }>();
  const environment = modes.defaultMode.rating;
  const ratings = new Map<string, { mu: number; sigma: number }>();
  const done = new Map<string, number>();
  let waiting = results;
  while (waiting.length > 0) {
    const ready = waiting.filter(({ match_id }) =>
      [...(seqsByMatch.get(match_id) ?? [])].every(([playerId, seq]) => (done.get(playerId) ?? 0) === seq - 1),
    );
    if (ready.length === 0) throw new Error("the changes form no order");
    for (const match of ready) {
      const teams = JSON.parse(match.teams) as StoredTeam[];
      const placements = JSON.parse(match.placements) as Record<string, number>;
      const before = teams.map(({ players }) => players.map(({ player_id }) => ratings.get(player_id) ?? environment));
      const after = rateTeams(
        before,
        teams.map(({ name }) => placements[name] ?? 0),
        environment,
      );
      teams.forEach(({ players }, team) => {
        players.forEach(({ player_id }, index) => {
          const rating = after[team]?.[index];
          if (rating === undefined) throw new Error("the rater lost a player");
          ratings.set(player_id, rating);
          done.set(player_id, (done.get(player_id) ?? 0) + 1);
        });
      });
    }
    waiting = waiting.filter((match) => !ready.includes(match));
  }
  return ratings;
}
