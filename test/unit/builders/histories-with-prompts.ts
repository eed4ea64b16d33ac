import fc from "fast-check";
import { EVENT_PLAYERS } from "./event-world.ts";
import type { QueueEvent } from "./queue-events.ts";
import { wholeRegionEvents } from "./whole-region-events.ts";

/** Everybody comes, one does not want what the others do: so some are often asked, or held, when the deploy comes. */
const lastMoments = fc.nat({ max: EVENT_PLAYERS.length - 1 }).map((decliner): QueueEvent[] => {
  const everybody = EVENT_PLAYERS.map((_, index) => index);
  const answer = { type: "answer", roundsOff: 0, match: "own", afterMs: 0 } as const;
  const come = { type: "enqueue", mode: "asking", isSystem: true, release: true, afterMs: 0 } as const;
  return [
    ...everybody.map((player) => ({ ...come, player })),
    { type: "tick", afterMs: 1_000 },
    { ...answer, kind: "accept", players: everybody.filter((player) => player !== decliner) },
    { ...answer, kind: "decline", players: [decliner] },
  ];
});
/** A region's days, often with players who are asked, or held, when they end. */
export const historiesWithPrompts = fc
  .tuple(wholeRegionEvents, fc.oneof(fc.constant<QueueEvent[]>([]), lastMoments))
  .map(([events, last]) => [...events, ...last]);
