import type { TicketProblems } from "./ticket-problems.ts";

const LATENCY = ["constraints", "latency_ms"];

/**
 * Refuses latencies where the mode looks at none, locations that do not exist, and what no server could satisfy.
 *
 * @param asked milliseconds by server location; a location that is not named is out of reach
 * @param maxLatencyMs the mode's limit
 */
export function checkLatency(
  asked: Readonly<Record<string, number>>,
  maxLatencyMs: number | null,
  locations: readonly string[],
  problems: TicketProblems,
): void {
  if (maxLatencyMs === null) {
    problems.add(LATENCY, "This mode looks at no latencies; leave it out.");
    return;
  }
  const named = Object.entries(asked);
  if (named.length === 0) {
    problems.add(LATENCY, "Without a location nobody can match; leave it out to take any.");
    return;
  }
  let isSound = true;
  for (const [location, latencyMs] of named) {
    const isKnown = locations.includes(location);
    if (!isKnown) problems.add([...LATENCY, location], `Known locations: ${locations.join(", ")}.`);
    else if (!(latencyMs >= 0)) problems.add([...LATENCY, location], "Milliseconds, 0 or more.");
    else continue;
    isSound = false;
  }
  if (isSound && named.every(([, latencyMs]) => latencyMs > maxLatencyMs)) {
    problems.add(LATENCY, `No location is within the mode's ${maxLatencyMs} ms; name at least one that is.`);
  }
}
