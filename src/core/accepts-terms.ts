import { covers } from "./attribute.ts";
import type { MatchTerms } from "./match-terms.ts";
import type { Mode } from "./mode.ts";
import type { Ticket } from "./ticket.ts";

/**
 * Whether a ticket fits what a running match agreed on, whichever of it the game plays by: where several maps were
 * agreed on, nobody knows here which of them is on, so whoever comes must take them all. A match whose tickets are
 * still waiting needs one value in common; this one needs all.
 *
 * @param ticket in normal form
 * @param locations where the match may be run: each must be within reach of a ticket that says latencies
 */
export function acceptsTerms(
  { constraints }: Ticket,
  terms: MatchTerms | undefined,
  mode: Mode,
  locations: readonly string[],
): boolean {
  const { attributes: said = {}, latencyMs } = constraints;
  const agreed = terms?.attributes ?? {};
  for (const name of Object.keys(mode.attributes)) {
    const accepted = said[name];
    const played = Object.hasOwn(agreed, name) ? agreed[name] : undefined;
    if (accepted !== undefined && (played === undefined || !covers(accepted, played))) return false;
  }
  const { maxLatencyMs } = mode;
  if (latencyMs === undefined || maxLatencyMs === null) return true;
  return locations.every((location) => (latencyMs[location] ?? Number.POSITIVE_INFINITY) <= maxLatencyMs);
}
