import type { z } from "@hono/zod-openapi";
import type * as client from "../../client/http-bodies.ts";
import type { AssignedSchema } from "../../src/http/schemas/assignments.ts";
import type {
  BackfillAskSchema,
  BackfillCancelledSchema,
  BackfillQueuedSchema,
  BackfillStatusSchema,
} from "../../src/http/schemas/backfills.ts";
import type { LeaderboardQuerySchema, LeaderboardSchema } from "../../src/http/schemas/leaderboard.ts";
import type { LatestQuerySchema } from "../../src/http/schemas/matches.ts";
import type { DisbandedSchema, LeaverSchema, LeftSchema, MemberSchema } from "../../src/http/schemas/parties.ts";
import type {
  PlayerTokenSchema,
  ProfileSchema,
  RegisteredPlayerSchema,
  RegistrationSchema,
} from "../../src/http/schemas/players.ts";
import type { DequeuedSchema, EnqueuedSchema, EnqueueSchema, QueueStatusSchema } from "../../src/http/schemas/queue.ts";
import type { AcceptedSchema, AnswerSchema, DeclinedSchema } from "../../src/http/schemas/ready-checks.ts";
import type { ReportedSchema, ReportSchema } from "../../src/http/schemas/results.ts";
import type { ModesSchema } from "../../src/http/schemas/service.ts";

/**
 * What the client takes an answer for must hold for everything that its schema lets out, with every field that the
 * schema has, at any depth; and what the client may send must be what the schema takes. Nothing runs here: the compiler refuses this file when the two part ways.
 */
type Answers<Client, Service extends Client> = Client extends Fields<Service> ? true : false;
/** The fields of an answer, each of any type. */
type Fields<Body> = Body extends readonly (infer Item)[]
  ? readonly Fields<Item>[]
  : Body extends object
    ? { [Name in keyof Body]: Fields<Body[Name]> }
    : unknown;
type Takes<_Schema, _Client extends _Schema> = true;
type Out<Schema extends z.ZodType> = z.output<Schema>;
type In<Schema extends z.ZodType> = z.input<Schema>;

type AllHold<Checks extends readonly true[]> = Checks;

export type Checked = AllHold<
  [
    Answers<client.PlayerToken, Out<typeof PlayerTokenSchema>>,
    Answers<client.RegisteredPlayer, Out<typeof RegisteredPlayerSchema>>,
    Answers<client.Profile, Out<typeof ProfileSchema>>,
    Answers<client.LeaderboardEntry[], Out<typeof LeaderboardSchema>>,
    Answers<client.Enqueued, Out<typeof EnqueuedSchema>>,
    Answers<client.QueueStatus, Out<typeof QueueStatusSchema>>,
    Answers<client.Accepted, Out<typeof AcceptedSchema>>,
    Answers<client.Declined, Out<typeof DeclinedSchema>>,
    Answers<client.Dequeued, Out<typeof DequeuedSchema>>,
    Answers<client.Assigned, Out<typeof AssignedSchema>>,
    Answers<client.BackfillQueued, Out<typeof BackfillQueuedSchema>>,
    Answers<client.BackfillStatus, Out<typeof BackfillStatusSchema>>,
    Answers<client.BackfillCancelled, Out<typeof BackfillCancelledSchema>>,
    Answers<client.Reported, Out<typeof ReportedSchema>>,
    Answers<client.Left, Out<typeof LeftSchema>>,
    Answers<client.Disbanded, Out<typeof DisbandedSchema>>,
    Answers<client.Mode[], Out<typeof ModesSchema>>,
    Takes<In<typeof RegistrationSchema>, client.RegistrationWish>,
    Takes<In<typeof EnqueueSchema>, client.EnqueueHttpWish>,
    Takes<keyof In<typeof LeaderboardQuerySchema>, keyof client.LeaderboardQuery>,
    Takes<keyof In<typeof LatestQuerySchema>, keyof client.LatestQuery>,
    Takes<In<typeof MemberSchema>, client.PartyMemberWish>,
    Takes<In<typeof LeaverSchema>, Pick<client.PartyMemberWish, "player_id">>,
    Takes<In<typeof AnswerSchema>, client.AnswerWish>,
    Takes<In<typeof BackfillAskSchema>, client.BackfillWish>,
    Takes<In<typeof ReportSchema>, client.ReportWish>,
  ]
>;
