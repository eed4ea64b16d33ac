import { DrizzleQueryError } from "drizzle-orm";

/**
 * What went wrong, for the log. A failed query's own message repeats its parameters: names of players, their subjects at
 * the identity provider, digests of keys. So its cause speaks for it.
 */
export function errorMessage(error: unknown): string {
  if (error instanceof DrizzleQueryError) return `query failed: ${errorMessage(error.cause ?? "no reason given")}`;
  return error instanceof Error ? error.message : String(error);
}
