import type { Backfills } from "./backfills.ts";
import type { MatchMaker } from "./match-maker.ts";
import type { Matchmaking } from "./matchmaking.ts";
import type { ReadyChecks } from "./ready-checks.ts";

export interface TickParts {
  readonly matchmaking: Pick<Matchmaking, "dueModes" | "find" | "ticked">;
  readonly readyChecks: Pick<ReadyChecks, "repair" | "propose">;
  readonly backfills: Pick<Backfills, "fill">;
  readonly maker: Pick<MatchMaker, "make">;
  readonly newMatchId: () => string;
}

/**
 * What a tick does in every mode in which it is due.
 *
 * 1. Empty places of ready checks are filled: players are held for them.
 * 2. Empty places of running matches are filled, here or after step 3, as the mode prefers.
 * 3. New matches are made of those who are left, or their players are asked.
 *
 * @returns how many new groups were found, and whether something was learned that is worth a row
 */
export function tickModes(parts: TickParts, nowMs: number): { readonly found: number; readonly isSaving: boolean } {
  const { matchmaking, readyChecks, backfills, maker, newMatchId } = parts;
  let found = 0;
  let isSaving = false;
  for (const mode of matchmaking.dueModes(nowMs)) {
    readyChecks.repair(mode, nowMs);
    let joined = mode.isBackfillPreferred ? backfills.fill(mode, nowMs) : 0;
    const groups = matchmaking.find(mode, nowMs);
    for (const group of groups) {
      if (mode.readyCheck === null) maker.make(group, mode, newMatchId(), nowMs);
      else readyChecks.propose(group, mode, newMatchId(), nowMs);
    }
    if (!mode.isBackfillPreferred) joined = backfills.fill(mode, nowMs);
    const isWorthSaving = matchmaking.ticked(mode, nowMs);
    isSaving ||= isWorthSaving || groups.length + joined > 0;
    found += groups.length;
  }
  return { found, isSaving };
}
