import { z } from "zod";
import { MatchIdSchema, ModeNameSchema, PlayerIdSchema, RegionSchema, TimestampSchema } from "../wire/common.ts";
import { ConstraintsSchema } from "../wire/constraints.ts";
import { MatchSchema } from "../wire/match.ts";
import { PartyCodeSchema, PartySchema } from "../wire/party.ts";
import { ProblemSchema } from "../wire/problem.ts";
import { RatingSchema } from "../wire/rating.ts";
import { ConnectionSchema, CoolDownSchema, PromptSchema, ReadyCheckSchema, RoundSchema } from "../wire/ready-check.ts";
import { EstimatedWaitSchema, ExplanationSchema, TicketPartySchema } from "../wire/search.ts";

/**
 * What a player's socket and its region say to each other: one JSON object a frame, told apart by `type`.
 *
 * 1. The region speaks first: `state` is everything that concerns the player now. Whatever was missed while no socket
 *    was open is in it, so a client forgets what it knew before and starts from there, on every connect.
 * 2. From then on every change comes as an event, to all sockets of the player alike.
 * 3. Each `enqueue`, `cancel`, `accept` and `decline` is answered on its own socket by exactly one receipt or `problem`,
 *    which repeats its `ref`. Events that it caused come before its receipt. An `ack` has no receipt.
 * 4. In a mode with a ready check, `match.proposed` asks. `ack` says that the question was shown, `accept` and `decline`
 *    answer it; all three repeat its `match_id` and `round`. A client acks at once: from one that was connected and says
 *    nothing for the mode's `ack_s`, nobody is expected to answer.
 * 5. Everything but `pong` carries the player's running number `seq`. It only ever grows and is never given twice; it
 *    has gaps. docs/decisions/0011-sockets.md says why it can be relied upon.
 * What both sides must write alike is in `socket-constants.ts`.
 */

export const RefSchema = z
  .string()
  .min(1)
  .max(64)
  .optional()
  .meta({ description: "The client's own; its answer repeats it" });

const AnswerShape = { match_id: z.string(), round: RoundSchema };

const ClientMessages = [
  z.strictObject({
    type: z.literal("enqueue"),
    ref: RefSchema,
    mode: ModeNameSchema.nullish(),
    constraints: ConstraintsSchema.nullish(),
  }),
  z.strictObject({ type: z.literal("cancel"), ref: RefSchema }),
  z.strictObject({ type: z.literal("ack"), ref: RefSchema, ...AnswerShape }),
  z.strictObject({ type: z.literal("accept"), ref: RefSchema, ...AnswerShape }),
  z.strictObject({ type: z.literal("decline"), ref: RefSchema, ...AnswerShape }),
  z.strictObject({ type: z.literal("ping") }),
] as const;
export const ClientMessageSchema = z.discriminatedUnion("type", ClientMessages);
export const CLIENT_MESSAGE_TYPES: readonly string[] = ClientMessages.map(({ shape }) => shape.type.value);
export type ClientMessage = z.infer<typeof ClientMessageSchema>;

const SeqSchema = z.int().positive();

const ReceivedTicketSchema = z.object({
  ticket_id: z.string(),
  mode: ModeNameSchema,
  enqueued_at: TimestampSchema.meta({ description: "The place in line" }),
});

const QueuedSchema = ReceivedTicketSchema.extend({
  waited_s: z.number(),
  party: TicketPartySchema,
  estimated_wait_s: EstimatedWaitSchema.nullable(),
  explain: ExplanationSchema.nullable(),
});

const LastMatchSchema = z.object({
  match: MatchSchema,
  rating: RatingSchema.nullable().meta({
    description: "The player's rating that it led to, where the match holds the one it was made with; null: not rated",
  }),
});

const StateSchema = z.object({
  type: z.literal("state"),
  seq: SeqSchema,
  player_id: PlayerIdSchema,
  region: RegionSchema,
  queued: QueuedSchema.nullable(),
  proposed: ReadyCheckSchema.nullable().meta({ description: "The open ready check; the player counts as queued" }),
  cool_down: CoolDownSchema.nullable().meta({ description: "Null: the player may queue" }),
  matched: MatchSchema.nullable().meta({ description: "The match that holds the player" }),
  connection: ConnectionSchema.nullable().meta({ description: "Of that match's game server; null: none so far" }),
  last_match: LastMatchSchema.nullable().meta({ description: "The newest of the past hour that holds them no more" }),
  party: PartySchema.nullable(),
});

const ServerMessages = [
  StateSchema,
  ReceivedTicketSchema.extend({ type: z.literal("queue.joined"), seq: SeqSchema, party: TicketPartySchema }),
  z.object({
    type: z.literal("queue.left"),
    seq: SeqSchema,
    ticket_id: z.string(),
    mode: ModeNameSchema,
    reason: z.enum(["cancelled", "declined", "lapsed", "expired", "mode_removed", "rules_changed", "region_closed"]),
    by: PlayerIdSchema.nullable().meta({
      description: "With `cancelled` and `declined`: the player who did it; null: the system",
    }),
    match_id: MatchIdSchema.nullable().meta({ description: "The ready check that ended for them by this" }),
    cool_down: CoolDownSchema.nullable().meta({ description: "Before this player may queue again; null: at once" }),
  }),
  PromptSchema.extend({ type: z.literal("match.proposed"), seq: SeqSchema }),
  z.object({
    type: z.literal("match.repairing"),
    seq: SeqSchema,
    match_id: MatchIdSchema,
    mode: ModeNameSchema,
    until: TimestampSchema.nullable().meta({
      description:
        "Somebody's place is empty; the ready check goes on if somebody is found until then. Null: they were, and are asked",
    }),
  }),
  z.object({
    type: z.literal("match.cancelled"),
    seq: SeqSchema,
    match_id: MatchIdSchema,
    mode: ModeNameSchema,
    reason: z.enum(["not_accepted", "no_server"]).meta({
      description: "`not_accepted`: the ready check failed for want of others. `no_server`: no game server was found",
    }),
    back_in_line: z.boolean().meta({ description: "The player waits again, with the old place and ahead of others" }),
  }),
  z.object({
    type: z.literal("match.assigned"),
    seq: SeqSchema,
    match_id: MatchIdSchema,
    connection: ConnectionSchema,
  }),
  z.object({ type: z.literal("match.found"), seq: SeqSchema, match: MatchSchema }),
  z.object({ type: z.literal("match.finished"), seq: SeqSchema, match: MatchSchema, rating: RatingSchema.nullable() }),
  z.object({ type: z.literal("match.abandoned"), seq: SeqSchema, match: MatchSchema }),
  z.object({
    type: z.literal("party.changed"),
    seq: SeqSchema,
    event: z.enum(["created", "joined", "roles_changed", "left", "queued"]),
    party: PartySchema.meta({ description: "As it is now. Whoever just left gets it too, and is no member any more" }),
  }),
  z.object({
    type: z.literal("party.ended"),
    seq: SeqSchema,
    code: PartyCodeSchema,
    reason: z.enum(["disbanded", "expired", "region_closed"]),
  }),
  ReceivedTicketSchema.extend({ type: z.literal("enqueue.receipt"), seq: SeqSchema, ref: RefSchema }),
  z.object({
    type: z.literal("cancel.receipt"),
    seq: SeqSchema,
    ref: RefSchema,
    outcome: z.enum(["dequeued", "not_queued", "matched"]),
    ticket_id: z.string().nullable().meta({ description: "With `dequeued`" }),
    match: MatchSchema.nullable().meta({ description: "With `matched`: it was made before the cancel came" }),
    cool_down: CoolDownSchema.nullable().meta({
      description: "With `dequeued`, if that declined a ready check: before the player may queue again",
    }),
  }),
  z.object({ type: z.literal("accept.receipt"), seq: SeqSchema, ref: RefSchema, ...AnswerShape }),
  z.object({
    type: z.literal("decline.receipt"),
    seq: SeqSchema,
    ref: RefSchema,
    ...AnswerShape,
    cool_down: CoolDownSchema.nullable().meta({ description: "Before the player may queue again; null: at once" }),
  }),
  ProblemSchema.omit({ type: true, instance: true }).extend({
    type: z.literal("problem"),
    seq: SeqSchema,
    ref: RefSchema,
    reason: z.string().meta({ description: "As the end of `type` of the HTTP API's problems", example: "in_match" }),
    retry_after_s: z.number().optional(),
  }),
] as const;
export const ServerMessageSchema = z.discriminatedUnion("type", ServerMessages);
export type ServerMessage = z.infer<typeof ServerMessageSchema>;

type WithoutNumber<Message> = Message extends unknown ? Omit<Message, "seq"> : never;

/** A message that has not got its number yet. */
export type UnnumberedMessage = WithoutNumber<ServerMessage>;
export type StateMessage = Extract<UnnumberedMessage, { type: "state" }>;
export type SocketProblem = Extract<UnnumberedMessage, { type: "problem" }>;
