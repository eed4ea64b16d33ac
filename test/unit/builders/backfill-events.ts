import fc from "fast-check";
import { matchPlayers } from "../../../src/core/match.ts";
import type { Queue } from "../../../src/core/queue.ts";

/** A running match asks for players, or stops to; `match`: how many matches ago it was made. */
export type BackfillEvent =
  | {
      readonly type: "ask_backfill";
      readonly match: number;
      readonly places: Readonly<Record<string, number>> | null;
      /** Who left: by their place in the match, from 0; one that does not exist is nobody's. */
      readonly seats: readonly number[] | null;
    }
  | { readonly type: "cancel_backfill"; readonly match: number };

const match = fc.constantFrom(0, 0, 0, 1, 2);

export const backfillEvent: fc.Arbitrary<BackfillEvent> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant("ask_backfill" as const),
      match,
      places: fc.constantFrom(null, null, null, { teamA: 1 }, { teamB: 1 }, { teamA: 1, teamB: 1 }, { teamC: 1 }, {}),
      seats: fc.constantFrom([0], [1], [2], [3], [0, 1], [2, 3], [1, 2], [4], null),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("cancel_backfill" as const), match }) },
);

/** Lets an event happen and returns what the queue answered. */
export function happenToBackfills(queue: Queue, event: BackfillEvent, matchId: string, nowMs: number): unknown {
  if (event.type === "cancel_backfill") return queue.backfills.cancel(matchId);
  const match = queue.matches.find(matchId);
  const players = match === undefined ? [] : matchPlayers(match);
  const replaces = event.seats?.map((seat) => players[seat]?.playerId ?? "nobody");
  const ask = { ...(event.places !== null && { places: event.places }), ...(replaces !== undefined && { replaces }) };
  return queue.backfills.ask(matchId, ask, nowMs);
}
