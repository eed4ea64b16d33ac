import { z } from "zod";
import type { Explanation } from "../core/matching/explain.ts";
import type { WaitInterval } from "../core/matching/recent-waits.ts";
import type { Ticket } from "../core/ticket.ts";
import { PlayerIdSchema, TimestampSchema, timestamp, timestampOrNull } from "./common.ts";

export const EstimatedWaitSchema = z
  .object({
    low: z.number().meta({ example: 4 }),
    high: z.number().nullable().meta({
      description: "Null: the ticket has waited longer than nearly all that were matched lately",
      example: 17,
    }),
  })
  .meta({
    description:
      "Seconds of the whole search, counted like waited_s, from those that were matched lately near this rating: four of " +
      "five lie between. Null: not queued, or too few were matched so far",
  });

export const ExplanationSchema = z
  .object({
    tolerance: z.number().meta({ description: "The cost in rating points that a match may have now", example: 3.1 }),
    tolerance_in: z
      .object({ "10": z.number(), "30": z.number(), "60": z.number() })
      .meta({ description: "And in so many seconds", example: { "10": 3.6, "30": 5.9, "60": 11.2 } }),
    compatible: z.int().meta({
      description:
        "Other tickets that no rule keeps out of a match with this one; at most 500 are looked at, those who wait longest",
      example: 14,
    }),
    near_enough: z.int().meta({ description: "Those of them whose rating is within the tolerance", example: 2 }),
    needed: z.int().meta({ description: "Players that a match needs besides this ticket's", example: 3 }),
    held_back_by: z
      .object({
        rule: z.string().meta({ description: "An attribute of the mode, or a constraint", example: "map" }),
        excludes: z.int().meta({ example: 9 }),
      })
      .nullable()
      .meta({ description: "The rule that keeps most tickets out; null: none keeps any out" }),
    relaxes_at: TimestampSchema.nullable().meta({
      description: "From then on any match that the rules allow is taken; null: that is so already",
    }),
  })
  .meta({ description: "Why the search takes as long as it does, from the code that decides. Null: not queued" });

/** Who waits on the same ticket. */
export const TicketPartySchema = z
  .object({
    code: z.string().nullable().meta({ example: "EUW-7K3M9XQ2TD" }),
    leader_id: PlayerIdSchema.nullable(),
    players: z.array(PlayerIdSchema),
  })
  .nullable()
  .meta({
    description:
      "Who waits on the same ticket; null: nobody else. Code and leader are null if the system put them together",
  });

type EstimatedWaitBody = z.infer<typeof EstimatedWaitSchema>;
type ExplanationBody = z.infer<typeof ExplanationSchema>;

/** What is known of a search; a region of the release before says only the ticket. */
interface Search {
  readonly ticket: Ticket;
  readonly estimatedWait?: WaitInterval | null;
  readonly explanation?: Explanation | null;
}

/** A search as the API shows it. */
export function searchBody({ ticket, estimatedWait = null, explanation = null }: Search, nowMs: number) {
  return {
    ticket_id: ticket.ticketId,
    mode: ticket.mode,
    enqueued_at: timestamp(ticket.enqueuedAtMs),
    waited_s: Math.max(0, nowMs - ticket.enqueuedAtMs) / 1_000,
    party: ticketPartyBody(ticket),
    estimated_wait_s: estimatedWait === null ? null : estimatedWaitBody(estimatedWait),
    explain: explanation === null ? null : explanationBody(explanation),
  };
}

/** How long a search takes, as the API shows it. */
export function estimatedWaitBody({ lowS, highS }: WaitInterval): EstimatedWaitBody {
  return { low: inHundredths(lowS), high: highS === null ? null : inHundredths(highS) };
}

/** Why a search takes as long as it does, as the API shows it. */
export function explanationBody(explanation: Explanation): ExplanationBody {
  const { tolerance, toleranceIn, heldBackBy } = explanation;
  return {
    tolerance: inHundredths(tolerance),
    tolerance_in: {
      "10": inHundredths(toleranceIn[10]),
      "30": inHundredths(toleranceIn[30]),
      "60": inHundredths(toleranceIn[60]),
    },
    compatible: explanation.compatible,
    near_enough: explanation.nearEnough,
    needed: explanation.needed,
    held_back_by: heldBackBy === null ? null : { rule: heldBackBy.rule, excludes: heldBackBy.excludes },
    relaxes_at: timestampOrNull(explanation.relaxesAtMs),
  };
}

/** Nobody waits by thousandths. */
function inHundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Null: nobody else waits on the ticket. */
export function ticketPartyBody({ players, party }: Ticket): z.infer<typeof TicketPartySchema> {
  if (players.length === 1) return null;
  return {
    code: party?.code ?? null,
    leader_id: party?.leaderId ?? null,
    players: players.map(({ playerId }) => playerId),
  };
}
