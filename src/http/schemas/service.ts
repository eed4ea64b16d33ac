import { z } from "@hono/zod-openapi";
import { ModeNameSchema } from "../../wire/common.ts";

export const HealthSchema = z
  .object({ status: z.literal("ok"), environment: z.enum(["production", "development"]) })
  .openapi("Health");

const AttributeRuleSchema = z
  .discriminatedUnion("rule", [
    z.object({ rule: z.literal("overlap"), values: z.array(z.string()) }).openapi({
      description: "A ticket names some of these; a match has one that all its tickets name. Nothing said: any",
    }),
    z.object({ rule: z.literal("same"), default: z.union([z.string(), z.number(), z.boolean()]).optional() }).openapi({
      description: "All players of a match have the same value. Nothing said: the default; without one it must be said",
    }),
    z.object({ rule: z.literal("range"), min: z.number(), max: z.number() }).openapi({
      description:
        "A ticket accepts a range of numbers within this one; a match has one that all accept. Nothing said: any",
    }),
  ])
  .openapi("AttributeRule");

export const ModesSchema = z
  .array(
    z.object({
      name: ModeNameSchema,
      is_default: z.boolean(),
      teams: z.array(z.string()).openapi({ example: ["teamA", "teamB"] }),
      team_size: z.int().openapi({ example: 2 }),
      party_sizes: z.array(z.int()).openapi({ description: "How many players a ticket may hold", example: [1, 2] }),
      points_per_second: z
        .number()
        .openapi({ description: "How many rating points one second of waiting is worth", example: 0.5 }),
      target_wait_s: z.number().nullable().openapi({
        description: "The mean wait that points_per_second is moved towards; null: it stays",
        example: null,
      }),
      equity: z
        .number()
        .openapi({ description: "0 to 1: how much more is tolerated where few players are", example: 0.8 }),
      tick_period_s: z.number().openapi({ example: 1 }),
      overdue: z.object({ natural_waits: z.number(), least_s: z.number(), most_s: z.number() }).openapi({
        description:
          "From which age on a ticket takes any match that its rules allow: so many times the wait that is natural for its " +
          "rating, but at least and at most so many seconds",
        example: { natural_waits: 6, least_s: 0, most_s: 60 },
      }),
      overdue_after_s: z.number().openapi({ description: "overdue.most_s: at this age at the latest", example: 60 }),
      max_rating_gap: z
        .number()
        .nullable()
        .openapi({ description: "No match has a wider rating range; null: no limit", example: null }),
      roles: z.record(z.string(), z.int()).openapi({
        description: "Players of each role that every team needs; the other places are open to any. Empty: no roles",
        example: { tank: 1, healer: 1 },
      }),
      attributes: z.record(z.string(), AttributeRuleSchema).openapi({
        description: "What a ticket may, or must, say in constraints.attributes",
        example: { map: { rule: "overlap", values: ["dust", "mirage"] } },
      }),
      max_latency_ms: z.number().nullable().openapi({
        description:
          "A match has a server location within this of all who say latency_ms; null: the mode looks at none",
        example: null,
      }),
      ready_check: z
        .object({
          accept_s: z.number().openapi({ description: "To accept in", example: 12 }),
          ack_s: z
            .number()
            .nullable()
            .openapi({
              description:
                "For the client of a connected player to say that it shows the question (a socket's `ack`); then the place " +
                "is given away, and it costs nothing. Null: as long as the player has",
              example: 4,
            }),
          repair_s: z.number().openapi({
            description: "For somebody else to be found where a place falls empty; 0: nobody is looked for",
            example: 10,
          }),
          cool_downs_s: z.array(z.number()).openapi({
            description: "Out of the queue after the first, second … decline or lapse; the last one repeats",
            example: [30, 120, 600, 1_800],
          }),
          forgiven_after_s: z.number().openapi({ description: "Then an offence is forgotten", example: 86_400 }),
        })
        .nullable()
        .openapi({ description: "What players are asked before a match is made, in seconds; null: nothing" }),
      socket_grace_s: z.number().openapi({
        description: "So long a place in line outlives its player's last socket, if it was taken over one",
        example: 30,
      }),
      http_lease_s: z.number().openapi({
        description: "So long a place in line that a player took over HTTP outlives the last call about it",
        example: 120,
      }),
      assign_within_s: z.number().nullable().openapi({
        description: "A match without a game server after this is cancelled; null: nobody waits for one",
        example: null,
      }),
      is_backfill_preferred: z.boolean().openapi({
        description: "Whether running matches that ask for players choose first, or get whom new matches leave",
        example: true,
      }),
      match_timeout_s: z
        .number()
        .openapi({ description: "Then a match without a result is abandoned", example: 3_600 }),
      rating: z
        .object({
          mu: z.number(),
          sigma: z.number(),
          beta: z.number(),
          tau: z.number(),
          draw_probability: z.number(),
        })
        .openapi({ description: "The TrueSkill environment; mu and sigma are those of a new player" }),
    }),
  )
  .openapi("Modes");

export type Modes = z.infer<typeof ModesSchema>;
