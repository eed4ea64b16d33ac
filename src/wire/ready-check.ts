import { z } from "zod";
import { MatchIdSchema, ModeNameSchema, TimestampSchema } from "./common.ts";

export const RoundSchema = z.int().positive().meta({
  description: "Which time of asking. An answer repeats it: one to an earlier round is refused",
  example: 1,
});

/** What a player is asked. */
export const PromptSchema = z.object({
  match_id: MatchIdSchema,
  round: RoundSchema,
  mode: ModeNameSchema,
  expires_at: TimestampSchema.meta({ description: "Until when to accept" }),
  accept_within_s: z.number().meta({ description: "Seconds from now until then", example: 12 }),
  cool_down_s: z.number().meta({
    description:
      "What declining, or letting it lapse once it was shown, would cost this player: seconds out of the queue",
    example: 30,
  }),
});

/** An open ready check as one of its players sees it. */
export const ReadyCheckSchema = PromptSchema.extend({
  accepted: z.boolean().meta({ description: "Whether this player has accepted" }),
  repairing_until: TimestampSchema.nullable().meta({
    description: "Somebody declined or did not answer, and until then another player is looked for; null: nobody is",
  }),
});

export type PromptBody = z.infer<typeof PromptSchema>;
export type ReadyCheckBody = z.infer<typeof ReadyCheckSchema>;

/** Time out of the queue, after a ready check that was declined or ignored. */
export const CoolDownSchema = z.object({
  until: TimestampSchema.meta({ description: "From then on the player may queue again" }),
  seconds: z.number().meta({ description: "From now until then", example: 30 }),
  offences: z.int().meta({ description: "How many are remembered; the next one costs more", example: 1 }),
});

export type CoolDownBody = z.infer<typeof CoolDownSchema>;

/** How to get to the game server. Whatever the allocator or the server said; Muster does not read it. */
export const ConnectionSchema = z.record(z.string(), z.json()).meta({
  description: "How to get to the game server, as it was given: for the match's players only",
  example: { host: "203.0.113.7", port: 7777 },
});

export type ConnectionBody = z.infer<typeof ConnectionSchema>;
