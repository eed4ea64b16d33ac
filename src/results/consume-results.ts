import { backoffMs } from "../core/backoff.ts";
import type { ModeTable } from "../core/mode.ts";
import type { ResultMessage } from "../core/result-message.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { RegionNotices } from "./region-notices.ts";
import { messageOrigin, resultMessage } from "./result-message-schema.ts";
import type { RatingOutcome } from "./result-rater.ts";
import { ResultRater } from "./result-rater.ts";

export interface ConsumerSettings {
  readonly db: D1Database;
  readonly modes: ModeTable;
  readonly notices: RegionNotices;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => number;
  readonly random: () => number;
}

interface Delivery {
  readonly message: Message;
  readonly result: ResultMessage;
}

/**
 * Applies a batch of reported results to the ratings, each exactly once.
 *
 * 1. A message that can never be read is told to its region and dropped: no retry would help.
 * 2. The rest are rated in the order in which they were reported.
 * 3. What was rated, now or before, and what can never be rated is told to the regions, one call each; then acked. If
 *    the call fails nothing is lost: the region sends an unconfirmed result again and gets its answer from D1.
 * 4. When D1 fails, this message and those after it go back to the queue with a growing delay.
 */
export async function consumeResults(batch: MessageBatch, settings: ConsumerSettings): Promise<void> {
  const deliveries = readable(batch, settings);
  deliveries.sort((a, b) => a.result.reportedAtMs - b.result.reportedAtMs);
  const rater = new ResultRater(settings);
  let hasFailed = false;
  try {
    if (deliveries.length > 0) await rater.prepare(deliveries.map(({ result }) => result));
  } catch (error) {
    hasFailed = true;
    settings.log.error("rating_read_failed", error, { results: deliveries.length });
  }
  for (const { message, result } of deliveries) {
    if (!hasFailed) {
      try {
        record(await rater.rate(result), result, settings);
        message.ack();
        continue;
      } catch (error) {
        hasFailed = true;
        settings.log.error("rating_write_failed", error, { match_id: result.matchId });
      }
    }
    settings.metrics.ratingErrors.inc({ reason: "database" });
    message.retry({ delaySeconds: backoffMs(message.attempts, 5_000, 300_000) / 1_000 });
  }
  await settings.notices.send();
}

/**
 * Results that went through every retry. The dead letter only flags the match in its region, where an operator finds
 * and redrives it; the message itself is not needed again.
 */
export async function consumeDeadResults(batch: MessageBatch, settings: ConsumerSettings): Promise<void> {
  for (const message of batch.messages) {
    const origin = messageOrigin.safeParse(message.body);
    if (origin.success) settings.notices.failed(origin.data.region, origin.data.matchId, "retries_exhausted");
    else settings.log.error("dead_letter_unreadable", origin.error, { message_id: message.id });
    settings.metrics.ratingErrors.inc({ reason: "retries_exhausted" });
  }
  const unreached = await settings.notices.send();
  for (const message of batch.messages) {
    const origin = messageOrigin.safeParse(message.body);
    if (origin.success && unreached.has(origin.data.region)) message.retry({ delaySeconds: 60 });
    else message.ack();
  }
}

/** The messages that can be read; the others are told to their region and acked. */
function readable(batch: MessageBatch, { notices, metrics, log }: ConsumerSettings): Delivery[] {
  const deliveries: Delivery[] = [];
  for (const message of batch.messages) {
    const parsed = resultMessage.safeParse(message.body);
    if (parsed.success) {
      deliveries.push({ message, result: parsed.data });
      continue;
    }
    const origin = messageOrigin.safeParse(message.body);
    if (origin.success) notices.failed(origin.data.region, origin.data.matchId, "malformed_message");
    log.error("result_malformed", parsed.error, { message_id: message.id });
    metrics.ratingErrors.inc({ reason: "malformed_message" });
    message.ack();
  }
  return deliveries;
}

function record(outcome: RatingOutcome, result: ResultMessage, { notices, metrics, log }: ConsumerSettings): void {
  const ids = { match_id: result.matchId, region: result.region, mode: result.mode };
  switch (outcome.type) {
    case "rated":
      notices.rated(result.region, outcome.outcome);
      metrics.ratingUpdates.inc({ mode: result.mode }, outcome.outcome.ratings.length);
      metrics.rowsWritten.inc({ store: "d1" }, outcome.rowsWritten);
      metrics.ratingConflicts.inc(outcome.conflicts);
      log.info("match_rated", { ...ids, conflicts: outcome.conflicts });
      break;
    case "already_rated":
      notices.rated(result.region, outcome.outcome);
      log.info("match_already_rated", ids);
      break;
    case "refused":
      notices.failed(result.region, result.matchId, outcome.refusal.reason);
      metrics.ratingErrors.inc({ reason: outcome.refusal.reason });
      log.warn("rating_refused", { ...ids, reason: outcome.refusal.reason });
      break;
    default:
      outcome satisfies never;
  }
}
