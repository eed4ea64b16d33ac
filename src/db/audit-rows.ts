import { z } from "zod";
import type { AuditedMatch, AuditedTeam, StoredChange, StoredRating } from "../core/audit/stored-records.ts";
import type { Placements } from "../core/match.ts";
import type { RatedBy } from "../core/rating/rated-by.ts";

/**
 * Rows as the audit reads them. It is there for rows that are not as they should be, so what is inside a column is parsed
 * and not believed: null is what cannot be read.
 */

const rating = z.object({ mu: z.number(), sigma: z.number() });
const teams = z.array(
  z.object({
    name: z.string(),
    players: z.array(
      z.object({
        player_id: z.string(),
        filled_in: z.literal(true).optional(),
        before: rating.exactOptional(),
        after: rating.extend({ seq: z.number() }).exactOptional(),
      }),
    ),
  }),
);
const placements: z.ZodType<Placements> = z.record(z.string(), z.number());
const ratedBy: z.ZodType<RatedBy> = z.object({
  rater: z.string(),
  mu: z.number(),
  sigma: z.number(),
  beta: z.number(),
  tau: z.number(),
  drawProbability: z.number(),
});

export interface AuditedMatchRow {
  readonly match_id: string;
  readonly mode: string;
  readonly status: string;
  readonly rated: number;
  readonly teams: string;
  readonly placements: string | null;
  readonly rated_by: string | null;
}

export function auditedMatchOf(row: AuditedMatchRow): AuditedMatch {
  return {
    matchId: row.match_id,
    mode: row.mode,
    status: row.status,
    isRated: row.rated === 1,
    teams: parsed(teams, row.teams)?.map(auditedTeamOf) ?? null,
    placements: parsed(placements, row.placements),
    ratedBy: parsed(ratedBy, row.rated_by),
  };
}

function auditedTeamOf({ name, players }: z.infer<typeof teams>[number]): AuditedTeam {
  return {
    name,
    players: players.map(({ player_id, filled_in, ...ratings }) => ({
      playerId: player_id,
      isStarter: filled_in !== true,
      ...ratings,
    })),
  };
}

export interface ChangeRow {
  readonly player_id: string;
  readonly mode: string;
  readonly seq: number;
  readonly kind: string;
  readonly match_id: string | null;
  readonly mu_before: number;
  readonly sigma_before: number;
  readonly mu_after: number;
  readonly sigma_after: number;
}

export function storedChangeOf(row: ChangeRow): StoredChange {
  return {
    playerId: row.player_id,
    mode: row.mode,
    seq: row.seq,
    kind: row.kind,
    matchId: row.match_id,
    before: { mu: row.mu_before, sigma: row.sigma_before },
    after: { mu: row.mu_after, sigma: row.sigma_after },
  };
}

export interface RatingRow extends StoredRating {
  readonly player_id: string;
  readonly mode: string;
}

function parsed<Value>(schema: z.ZodType<Value>, text: string | null): Value | null {
  if (text === null) return null;
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
