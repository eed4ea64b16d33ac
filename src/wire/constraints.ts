import { z } from "zod";
import { LIMITS } from "../core/limits.ts";
import type { AskedConstraints } from "../core/ticket.ts";
import { AttributeValueSchema, PlayerIdSchema, RegionSchema } from "./common.ts";

const RoleListSchema = z.array(z.string().max(32)).max(16);

/** Which roles and attributes there are, and what fits them, the mode knows: the region checks that. */
export const ConstraintsSchema = z
  .strictObject({
    max_rating_gap: z
      .number()
      .min(0)
      .nullish()
      .meta({ description: "The match's highest mu minus its lowest is at most this", example: 6 }),
    avoid: z
      .array(PlayerIdSchema)
      .max(LIMITS.avoidedPlayers)
      .nullish()
      .meta({ description: "No match with any of these players" }),
    roles: z
      .union([RoleListSchema, z.record(PlayerIdSchema, RoleListSchema)], {
        error: "A list of roles, or such lists by player id.",
      })
      .nullish()
      .meta({
        description:
          "Roles that the players offer, in a mode that has roles; who offers none plays any. A list holds for every " +
          "player of the ticket who said nothing of their own; an object says them by player id",
        example: ["tank", "healer"],
      }),
    latency_ms: z
      .record(RegionSchema, z.number().min(0).max(LIMITS.latencyMs))
      .nullish()
      .meta({
        description:
          "Milliseconds by server location (the game's regions), in a mode with a latency limit; a location that is not " +
          "named is out of reach. Absent: any location will do",
        example: { EUW: 30, EUNE: 55 },
      }),
    attributes: z
      .record(z.string().max(32), AttributeValueSchema)
      .nullish()
      .meta({
        description:
          "By the names that `GET /modes` shows: a list for `overlap`, a value for `same`, a number or a range for " +
          "`range`. Absent: any, or the mode's default; a `same` attribute without a default must be said",
        example: { map: ["dust", "mirage"], build: "1.4.2", stakes: { min: 10, max: 50 } },
      }),
  })
  .meta({ id: "Constraints", example: { max_rating_gap: 6 } });

/** The body in the core's terms. What is null was not said. */
export function constraintsOf(asked: z.infer<typeof ConstraintsSchema> | null | undefined): AskedConstraints {
  if (!isSaid(asked)) return {};
  const { max_rating_gap: maxRatingGap, avoid, roles, latency_ms: latencyMs, attributes } = asked;
  return {
    ...(isSaid(maxRatingGap) && { maxRatingGap }),
    ...(isSaid(avoid) && { avoid }),
    ...(isSaid(roles) && { roles }),
    ...(isSaid(latencyMs) && { latencyMs }),
    ...(isSaid(attributes) && { attributes }),
  };
}

function isSaid<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}
