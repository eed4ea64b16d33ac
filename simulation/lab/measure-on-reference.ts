import { runContest } from "./contest.ts";
import type { GameShape } from "./game-shape.ts";
import { shippedMode } from "./lab-modes.ts";
import type { Measures } from "./measure-run.ts";
import type { PartyMix } from "./party-mix.ts";
import type { Policy } from "./policy.ts";
import { traceSettingsOf } from "./trace-kinds.ts";

/** What the reference table was measured with. */
const CONCURRENT_PLAYERS = 1_000;

/** Each policy's measures on the reference traces, by seed. */
export function measureOnReference(
  shape: GameShape,
  partyMix: PartyMix,
  seeds: number,
  policies: readonly (() => Policy)[],
  runEnded: () => void,
): (readonly Measures[])[] {
  const rows = runContest(
    policies.map((create) => ({ label: "", tickPeriodMs: shippedMode(shape).tickPeriodMs, create })),
    traceSettingsOf("reference", shape, CONCURRENT_PLAYERS, partyMix),
    seeds,
    runEnded,
  );
  return rows.map(({ measures }) => measures);
}
