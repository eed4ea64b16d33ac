import fc from "fast-check";
import type { Queue } from "../../../src/core/queue.ts";
import { EVENT_MODES, EVENT_PLAYERS, PLAIN_MODES } from "./event-world.ts";

/** Something that happens with a party; `party`: how many parties ago it was made. */
export type PartyEvent =
  | { readonly type: "create_party"; readonly player: number }
  | { readonly type: "join_party" | "leave_party"; readonly player: number; readonly party: number }
  | { readonly type: "disband_party"; readonly player: number | null; readonly party: number }
  /** The system puts players together. */
  | { readonly type: "enqueue_list"; readonly players: readonly number[]; readonly mode: string };

const player = fc.nat({ max: EVENT_PLAYERS.length - 1 });
const party = fc.nat({ max: 2 });
const mode = fc.constantFrom(...PLAIN_MODES);

export const partyEvent: fc.Arbitrary<PartyEvent> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant("create_party" as const), player }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constant("join_party" as const), player, party }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("leave_party" as const), player, party }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("disband_party" as const), player: fc.option(player), party }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("enqueue_list" as const),
      players: fc.uniqueArray(player, { minLength: 1, maxLength: 3 }),
      mode,
    }),
  },
);

/** Lets an event happen and returns what the queue answered. */
export function happenToParties(
  queue: Queue,
  event: PartyEvent,
  knownCodes: readonly string[],
  nowMs: number,
): unknown {
  const code = "party" in event ? (knownCodes.at(-1 - event.party) ?? "EUW-NEVERMADE") : "";
  const playerId = "player" in event && event.player !== null ? idOf(event.player) : null;
  switch (event.type) {
    case "create_party":
      return queue.parties.create({ playerId: idOf(event.player) }, nowMs);
    case "join_party":
      return queue.parties.join(code, { playerId: idOf(event.player) }, nowMs);
    case "leave_party":
      return queue.parties.leave(code, idOf(event.player), nowMs);
    case "disband_party":
      return queue.parties.disband(code, playerId, nowMs);
    case "enqueue_list": {
      const players = event.players.map((index) => EVENT_PLAYERS[index] ?? unknownPlayer());
      const mode = EVENT_MODES.byName.get(event.mode) ?? EVENT_MODES.defaultMode;
      return queue.enqueueParty({ players, mode, constraints: {}, code: null }, nowMs);
    }
  }
}

export function idOf(player: number): string {
  return EVENT_PLAYERS[player]?.playerId ?? unknownPlayer();
}

function unknownPlayer(): never {
  throw new Error("no such player");
}
