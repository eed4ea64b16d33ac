import type { GameShape } from "./game-shape.ts";
import type { PartyMix } from "./party-mix.ts";
import type { TraceSettings } from "./trace.ts";
import { referenceDurationS } from "./trace.ts";

/** What lines of tickets there are to serve. */
export const TRACE_NAMES = ["reference", "burst", "patience", "rules"] as const;
export type TraceName = (typeof TRACE_NAMES)[number];

/** In the trace `patience` people give up after this time on average. */
const PATIENCE_S = 60;

/** In the trace `rules` this share of the tickets names two of five maps. */
const CHOOSY_SHARE = 0.5;

/** Everything else is as in the reference trace. */
export function traceSettingsOf(
  name: TraceName,
  shape: GameShape,
  concurrentPlayers: number,
  partyMix: PartyMix,
): TraceSettings {
  return {
    shape,
    concurrentPlayers,
    durationS: referenceDurationS(concurrentPlayers),
    curve: name === "burst" ? "burst" : "steady",
    partyMix,
    patienceS: name === "patience" ? PATIENCE_S : null,
    choosyShare: name === "rules" ? CHOOSY_SHARE : 0,
  };
}
