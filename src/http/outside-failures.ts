import { errorMessage } from "../error-message.ts";
import { withTimeout } from "../with-timeout.ts";

const HUB_TIMEOUT_MS = 10_000;

/** D1 did not answer, or not in time. */
export class DatabaseUnavailable extends Error {
  constructor(cause: unknown) {
    super(`D1: ${errorMessage(cause)}`, { cause });
  }
}

/** A region's object could not be reached, or failed while it answered. */
export class RegionUnavailable extends Error {
  /** The platform refused the call, because the object has too many to do: it is to be left in peace. */
  readonly isOverloaded: boolean;

  constructor(region: string, cause: unknown) {
    super(`region ${region}: ${errorMessage(cause)}`, { cause });
    this.isOverloaded = isOverloaded(cause);
  }
}

/** The runtime marks its errors: https://developers.cloudflare.com/durable-objects/best-practices/error-handling/ */
export function isOverloaded(error: unknown): boolean {
  return error instanceof Error && "overloaded" in error && error.overloaded === true;
}

/** A region of the next release refused for a reason that this one does not know: a deploy is under way. */
export class UnknownRefusal extends Error {
  constructor(reason: string) {
    super(`a region refused with ${reason}`);
  }
}

/** The metrics hub could not be reached, or failed while it answered. */
export class MetricsUnavailable extends Error {
  constructor(cause: unknown) {
    super(`metrics hub: ${errorMessage(cause)}`, { cause });
  }
}

/**
 * The bindings of a request bring D1's time limit with them; see `guardedEnv`.
 *
 * @throws {DatabaseUnavailable} in place of whatever the query throws
 */
export async function askDatabase<Answer>(query: Promise<Answer>): Promise<Answer> {
  try {
    return await query;
  } catch (error) {
    throw new DatabaseUnavailable(error);
  }
}

/** @throws {MetricsUnavailable} in place of whatever the call throws, and when the hub does not answer within 10 s */
export async function askHub<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await withTimeout(call, HUB_TIMEOUT_MS, "The object");
  } catch (error) {
    throw new MetricsUnavailable(error);
  }
}
