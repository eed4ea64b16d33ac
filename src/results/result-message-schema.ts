import { z } from "zod";
import type { ResultMessage } from "../core/result-message.ts";

const player = z.object({
  playerId: z.string().min(1),
  mu: z.number(),
  sigma: z.number().positive(),
  role: z.string().nullable().exactOptional(),
  left: z.literal(true).exactOptional(),
});
const team = z.object({ name: z.string().min(1), players: z.array(player).min(1) });

const attributeValue = z.union([
  z.array(z.string()),
  z.string(),
  z.number(),
  z.boolean(),
  z.object({ min: z.number(), max: z.number() }),
]);
const terms = z.object({
  attributes: z.record(z.string(), attributeValue).exactOptional(),
  locations: z.array(z.string()).exactOptional(),
});

/** What a message must be to be rated. A message that is not is told to its region, if it names one, and dropped. */
export const resultMessage: z.ZodType<ResultMessage> = z
  .object({
    version: z.literal(1),
    matchId: z.string().min(1),
    rev: z.number().int().positive(),
    region: z.string().min(1),
    mode: z.string().min(1),
    quality: z.number(),
    createdAtMs: z.number().int(),
    reportedAtMs: z.number().int(),
    teams: z.array(team).min(2),
    filledIn: z.array(team).exactOptional(),
    terms: terms.exactOptional(),
    placements: z.record(z.string(), z.number().int().min(1)),
  })
  .refine(({ teams, placements }) => teams.every(({ name }) => placements[name] !== undefined), {
    path: ["placements"],
    error: "every team needs a place",
  })
  .refine(({ teams, filledIn = [] }) => hasDistinctPlayers([...teams, ...filledIn]), {
    path: ["teams"],
    error: "a player is in it twice",
  });

function hasDistinctPlayers(teams: ResultMessage["teams"]): boolean {
  const ids = teams.flatMap(({ players }) => players.map(({ playerId }) => playerId));
  return new Set(ids).size === ids.length;
}

/** Where a message came from: all that is needed to tell the region that it cannot be rated. */
export const messageOrigin = z.object({ matchId: z.string().min(1), region: z.string().min(1) });
