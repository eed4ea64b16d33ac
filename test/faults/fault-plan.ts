import { z } from "zod";

/**
 * What is to go wrong, as a test tells the stack of it. What is left out works; a plan replaces the one before as a whole.
 *
 * - `fail`: throws, and nothing has happened.
 * - `hang`: nothing happens and no answer comes until the next plan; then it throws.
 * - `slow`: happens `delayMs` late.
 * - `fail_after`: happens, and then throws: for who asked, the outcome is unknown.
 * - `lost`: says that it happened, and nothing has.
 * - `doubled`: happens twice.
 */
const FaultSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("fail") }),
  z.strictObject({ kind: z.literal("hang") }),
  z.strictObject({ kind: z.literal("slow"), delayMs: z.number().min(0) }),
  z.strictObject({ kind: z.literal("fail_after") }),
]);

const SendFaultSchema = z.discriminatedUnion("kind", [
  ...FaultSchema.options,
  z.strictObject({ kind: z.literal("lost") }),
  z.strictObject({ kind: z.literal("doubled") }),
]);

/** Where a kill is to fall. */
export const FAILPOINTS = ["before_notify", "before_send", "after_rating", "before_rated"] as const;
export type Failpoint = (typeof FAILPOINTS)[number];

/**
 * - `before_notify`: a region has committed an event, and nobody has been told of it;
 * - `before_send`: a region is about to hand results to the queue;
 * - `after_rating`: the consumer's batch is in D1, and nothing else has happened;
 * - `before_rated`: the consumer is about to tell a region what was rated.
 *
 * Whoever comes there never goes on, no answer and no socket message leaves the stack any more, and `signalUrl` gets a
 * POST: time for SIGKILL.
 */
const ArmedFailpointSchema = z.strictObject({
  name: z.enum(FAILPOINTS),
  signalUrl: z.url(),
  /** How many times it is passed before it works. */
  skip: z.int().min(0).default(0),
  /** With `before_notify`: only where a written statement holds this text, such as `INTO matches`. */
  statement: z.string().default(""),
});

export const FaultPlanSchema = z.strictObject({
  /** D1, by what the statements do; a batch with a write in it is a write. */
  reads: FaultSchema.optional(),
  writes: FaultSchema.optional(),
  /** The queue match-results, as a region sees it. */
  results: SendFaultSchema.optional(),
  /** `Region.rated` and `Region.ratingFailed`, as the consumer sees them. */
  confirmations: FaultSchema.optional(),
  /** The consumer of match-results as a whole, before it has done anything. That of the dead letters goes on. */
  consumer: FaultSchema.optional(),
  /** A region's own storage: refuses every write, alarms too; or takes those that hold this text and forgets them. */
  storage: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("fail") }),
      z.strictObject({ kind: z.literal("lost"), statement: z.string().min(1) }),
    ])
    .optional(),
  failpoint: ArmedFailpointSchema.optional(),
});

export type Fault = z.infer<typeof FaultSchema>;
export type SendFault = z.infer<typeof SendFaultSchema>;
export type FaultPlan = z.infer<typeof FaultPlanSchema>;
export type ArmedFailpoint = z.infer<typeof ArmedFailpointSchema>;
/** As a test writes it: what has a default may be left out. */
export type AskedFaults = z.input<typeof FaultPlanSchema>;

/** Where the plan is put, with PUT. */
export const FAULTS_PATH = "/__faults";
