import { z } from "zod";
import type { Rating } from "../core/rating/player-rating.ts";
import { conservativeRating } from "../core/rating/player-rating.ts";
import { ConservativeSchema, MuSchema, SigmaSchema } from "./common.ts";

export const RatingSchema = z.object({ mu: MuSchema, sigma: SigmaSchema, conservative_rating: ConservativeSchema });

export function ratingBody({ mu, sigma }: Rating): z.infer<typeof RatingSchema> {
  return { mu, sigma, conservative_rating: conservativeRating({ mu, sigma }) };
}
