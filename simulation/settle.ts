import { setTimeout as sleep } from "node:timers/promises";
import type { Service } from "./service.ts";

const LOOK_EVERY_MS = 1_000;

/**
 * Waits until every reported match is `finished`.
 *
 * @returns what is not finished when the time is over, by match id, with the status it is stuck in
 */
export async function awaitFinished(
  service: Service,
  matchIds: Iterable<string>,
  withinMs: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const deadlineMs = performance.now() + withinMs;
  let unfinished = new Map<string, string>();
  let remaining = [...matchIds];
  for (;;) {
    const matches = await Promise.all(remaining.map((matchId) => service.match(matchId)));
    unfinished = new Map(
      matches.filter(({ status }) => status !== "finished").map((match) => [match.match_id, match.status]),
    );
    if (unfinished.size === 0 || performance.now() >= deadlineMs) return unfinished;
    remaining = [...unfinished.keys()];
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}
