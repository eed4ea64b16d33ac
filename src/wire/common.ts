import { z } from "zod";
import { LIMITS } from "../core/limits.ts";

export const PlayerIdSchema = z.string().min(1).max(64).meta({ example: "0c7b2a52-9d8f-4b0e-8a55-7f1d3a0f5c11" });

export const MatchIdSchema = z
  .string()
  .meta({ description: "Sorts by time and names its region", example: "01JBZ8M3T2X4V6C8B0N2M4K6H8-EUW" });

export const RegionSchema = z.string().meta({ example: "EUW" });

export const ModeNameSchema = z.string().meta({ example: "2v2" });

export const TimestampSchema = z.iso.datetime().meta({ description: "UTC", example: "2026-11-02T12:00:00.000Z" });

export const MuSchema = z.number().meta({ description: "Mean of the skill estimate", example: 25 });
export const SigmaSchema = z.number().meta({ description: "Uncertainty of the skill estimate", example: 8.333 });
export const ConservativeSchema = z.number().meta({ description: "mu − 3·sigma", example: 0 });

/** What a ticket says of an attribute, or a match agreed on. */
export const AttributeValueSchema = z.union(
  [
    z.array(z.string().max(LIMITS.attributeCharacters)).max(32),
    z.string().min(1).max(LIMITS.attributeCharacters),
    z.number(),
    z.boolean(),
    z.strictObject({ min: z.number(), max: z.number() }),
  ],
  { error: "A list of strings, a string, a number, a boolean, or a range with min and max." },
);

export function timestamp(ms: number): string {
  return new Date(ms).toISOString();
}

export function timestampOrNull(ms: number | null): string | null {
  return ms === null ? null : timestamp(ms);
}
