import { setTimeout as sleep } from "node:timers/promises";
import type { History } from "./history.ts";
import { readRecords } from "./read-records.ts";
import type { Records } from "./records.ts";

const LOOK_EVERY_MS = 1_000;

/** What is on disk once the regions hold nothing any more, or when the time is over: then the judges say what is left. */
export async function settledRecords(
  stateDir: string,
  { reports }: Pick<History, "reports">,
  patienceMs: number,
): Promise<Records> {
  const untilMs = performance.now() + patienceMs;
  for (;;) {
    const records = readRecords(stateDir);
    const finished = new Set(records.matches.flatMap(({ matchId, rated }) => (rated === 1 ? [matchId] : [])));
    const isSettled = records.liveMatchIds.length === 0 && [...reports.keys()].every((id) => finished.has(id));
    if (isSettled || performance.now() > untilMs) return records;
    await sleep(LOOK_EVERY_MS);
  }
}
