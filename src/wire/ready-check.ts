import { z } from "zod";
import type { CoolDown } from "../core/cool-downs.ts";
import type { ReadyCheckView } from "../core/ready-check-calls.ts";
import { MatchIdSchema, ModeNameSchema, TimestampSchema, timestamp, timestampOrNull } from "./common.ts";

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
      "What declining it or letting it lapse costs this player once it is known to be shown (a socket's `ack`): seconds " +
      "out of the queue",
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
export const ConnectionSchema = z.record(z.string(), z.unknown()).meta({
  description: "How to get to the game server, as it was given: for the match's players only",
  example: { host: "203.0.113.7", port: 7777 },
});

export type ConnectionBody = z.infer<typeof ConnectionSchema>;

type Prompt = Pick<ReadyCheckView, "matchId" | "round" | "mode" | "deadlineMs" | "coolDownS">;

/** What a player is asked, as the API shows it. */
export function promptBody({ matchId, round, mode, deadlineMs, coolDownS }: Prompt, nowMs: number): PromptBody {
  return {
    match_id: matchId,
    round,
    mode,
    expires_at: timestamp(deadlineMs),
    accept_within_s: Math.max(0, deadlineMs - nowMs) / 1_000,
    cool_down_s: coolDownS,
  };
}

/** Null: the player is not asked anything. */
export function readyCheckBody(view: ReadyCheckView | null, nowMs: number): ReadyCheckBody | null {
  if (view === null) return null;
  return {
    ...promptBody(view, nowMs),
    accepted: view.hasAccepted,
    repairing_until: timestampOrNull(view.repairUntilMs),
  };
}

/** Null: the player may queue. */
export function coolDownBody(coolDown: CoolDown | null, nowMs: number): CoolDownBody | null {
  if (coolDown === null) return null;
  const { untilMs, offences } = coolDown;
  return { until: timestamp(untilMs), seconds: Math.max(0, untilMs - nowMs) / 1_000, offences };
}
