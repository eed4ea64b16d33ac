import { z } from "@hono/zod-openapi";
import { MatchIdSchema } from "../../wire/common.ts";

export const AssignedSchema = z.object({ status: z.literal("assigned"), match_id: MatchIdSchema }).openapi("Assigned");
