import type { HistoryOutcome, HistorySettings } from "./run-history.ts";
import { runHistory } from "./run-history.ts";

/** Invariant 7: the same steps go the same way again, bit for bit. A violation that is seen at once is seen at once. */
export async function playTwice(settings: HistorySettings): Promise<HistoryOutcome> {
  const outcome = await runHistory(settings);
  if (outcome.violation !== null) return outcome;
  const again = await runHistory(settings);
  if (again.digest === outcome.digest) return outcome;
  const detail = `the digest was ${outcome.digest}, and when played again ${again.digest}`;
  return { ...outcome, violation: { invariant: "determinism", detail } };
}
