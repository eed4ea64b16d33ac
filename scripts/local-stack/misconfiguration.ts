import { z } from "zod";

const Misconfigured = z.object({ type: z.string().endsWith(":misconfigured"), detail: z.string() });

/**
 * What a Worker that refuses to serve says is wrong with its configuration; null if its answer is anything else. No later
 * answer will be another, so nobody needs to wait for one.
 */
export function misconfigurationIn(body: string): string | null {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    return null;
  }
  const parsed = Misconfigured.safeParse(answer);
  return parsed.success ? parsed.data.detail : null;
}
