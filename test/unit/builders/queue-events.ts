import fc from "fast-check";
import type { Report } from "../../../src/core/match.ts";
import { leaderOf, memberIds } from "../../../src/core/party.ts";
import type { Queue } from "../../../src/core/queue.ts";
import type { BackfillEvent } from "./backfill-events.ts";
import { backfillEvent, happenToBackfills } from "./backfill-events.ts";
import { EVENT_MODES, EVENT_PLAYERS } from "./event-world.ts";
import type { PartyEvent } from "./party-events.ts";
import { happenToParties, idOf, partyEvent } from "./party-events.ts";

/** Something that happens to a region, so many milliseconds after the event before. */
export type QueueEvent = { readonly afterMs: number } & (
  | {
      readonly type: "enqueue";
      readonly player: number;
      readonly mode: string;
      readonly isSystem: boolean;
      readonly release: boolean;
    }
  | { readonly type: "cancel"; readonly player: number }
  /** `match`: how many matches ago it was made. */
  | { readonly type: "report"; readonly match: number; readonly report: Report }
  | { readonly type: "rated" | "rating_failed" | "redrive"; readonly match: number }
  | BackfillEvent
  | PartyEvent
  | { readonly type: "tick" }
  /** The object dies and comes back from its storage. */
  | { readonly type: "restart" }
);

const afterMs = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(0, 1, 250, 1_000, 5_000, 11_000, 21_000, 61_000) },
  { weight: 1, arbitrary: fc.constantFrom(3_600_000, 24 * 3_600_000) },
);
const player = fc.nat({ max: EVENT_PLAYERS.length - 1 });
const mode = fc.constantFrom(...EVENT_MODES.byName.keys());
const match = fc.nat({ max: 3 });
const report = fc.constantFrom<Report>(
  { winnerTeam: "teamA" },
  { winnerTeam: "teamB" },
  { winnerTeam: "teamC" },
  { placements: { teamA: 1, teamB: 1 } },
  { placements: { teamA: 1, teamB: 3, teamC: 3 } },
);

const enqueueEvent = fc.record({
  type: fc.constant("enqueue" as const),
  player,
  mode,
  isSystem: fc.boolean(),
  release: fc.boolean(),
  afterMs,
});
const cancelEvent = fc.record({ type: fc.constant("cancel" as const), player, afterMs });
const tickEvent = fc.record({ type: fc.constant("tick" as const), afterMs });
const reportEvent = fc.record({ type: fc.constant("report" as const), match, report, afterMs });
const ratingEvent = fc.record({ type: fc.constantFrom("rated", "rating_failed", "redrive"), match, afterMs });
const restartEvent = fc.record({ type: fc.constant("restart" as const), afterMs });
const partyEventAfter = fc.tuple(partyEvent, afterMs).map(([event, afterMs]) => ({ ...event, afterMs }));

const backfillEventAfter = fc.tuple(backfillEvent, afterMs).map(([event, afterMs]) => ({ ...event, afterMs }));

function historyOf(event: fc.Arbitrary<QueueEvent>): fc.Arbitrary<QueueEvent[]> {
  return fc.array(event, { minLength: 10, maxLength: 40, size: "max" });
}

/** Everything that happens to a region, matches above all. */
export const queueEvents = historyOf(
  fc.oneof(
    { weight: 12, arbitrary: enqueueEvent },
    { weight: 4, arbitrary: partyEventAfter },
    { weight: 2, arbitrary: cancelEvent },
    { weight: 6, arbitrary: tickEvent },
    { weight: 4, arbitrary: reportEvent },
    { weight: 4, arbitrary: ratingEvent },
    { weight: 3, arbitrary: backfillEventAfter },
    { weight: 1, arbitrary: restartEvent },
  ),
);

/** Four of the players come, and are in a 2v2. */
const aMatchToBeginWith: QueueEvent[] = [
  ...[0, 1, 2, 3].map((index) => ({
    type: "enqueue" as const,
    player: index,
    mode: "2v2",
    isSystem: false,
    release: false,
    afterMs: 0,
  })),
  { type: "tick", afterMs: 250 },
];

const anyoneFor2v2 = enqueueEvent.map((event) => ({ ...event, mode: "2v2", release: false }));
const twoFor2v2 = fc.record({
  type: fc.constant("enqueue_list" as const),
  players: fc.constantFrom([4, 5], [5, 6], [4, 7]),
  mode: fc.constant("2v2"),
  afterMs,
});

/** Matches that ask for players above all: one is running from the beginning, and time passes more slowly. */
export const backfillEvents = fc
  .array(
    fc.oneof(
      { weight: 10, arbitrary: anyoneFor2v2 },
      { weight: 4, arbitrary: twoFor2v2 },
      { weight: 4, arbitrary: enqueueEvent },
      { weight: 2, arbitrary: partyEventAfter },
      { weight: 2, arbitrary: cancelEvent },
      { weight: 12, arbitrary: tickEvent },
      { weight: 1, arbitrary: reportEvent },
      { weight: 12, arbitrary: backfillEventAfter },
      { weight: 1, arbitrary: restartEvent },
    ),
    { minLength: 10, maxLength: 40, size: "max" },
  )
  .map((events) => [...aMatchToBeginWith, ...events.map((event) => ({ ...event, afterMs: event.afterMs % 6_000 }))]);

/** The same, parties above all. */
export const partyEvents = historyOf(
  fc.oneof(
    { weight: 20, arbitrary: partyEventAfter },
    { weight: 5, arbitrary: enqueueEvent },
    { weight: 4, arbitrary: cancelEvent },
    { weight: 2, arbitrary: tickEvent },
    { weight: 2, arbitrary: reportEvent },
    { weight: 1, arbitrary: restartEvent },
  ),
);

/** What the world outside has heard of. */
export interface KnownIds {
  readonly matchIds: readonly string[];
  readonly partyCodes: readonly string[];
}

/** Lets an event happen. A restart is the caller's business. Returns what the queue answered, if it answers. */
export function happen(queue: Queue, event: QueueEvent, known: KnownIds, nowMs: number): unknown {
  const matchId = "match" in event ? (known.matchIds.at(-1 - event.match) ?? "never-made-EUW") : "";
  switch (event.type) {
    case "enqueue":
      return enqueue(queue, event, nowMs);
    case "cancel":
      return queue.cancel(idOf(event.player), nowMs);
    case "report":
      return queue.report(matchId, event.report, nowMs);
    case "rated":
      return queue.rated(matchId, [], nowMs);
    case "rating_failed":
      return queue.ratingFailed(matchId, "poison", nowMs);
    case "redrive":
      return queue.redrive(matchId, nowMs);
    case "tick":
      return queue.tick(nowMs);
    case "ask_backfill":
    case "cancel_backfill":
      return happenToBackfills(queue, event, matchId, nowMs);
    case "restart":
      return undefined;
    default:
      return happenToParties(queue, event, known.partyCodes, nowMs);
  }
}

/** A leader's wish is for the whole party, as the region's entrance reads it. */
function enqueue(queue: Queue, event: QueueEvent & { readonly type: "enqueue" }, nowMs: number): unknown {
  const mode = EVENT_MODES.byName.get(event.mode) ?? EVENT_MODES.defaultMode;
  const party = queue.parties.of(idOf(event.player), nowMs);
  if (party !== undefined && party.members.length > 1 && leaderOf(party) === idOf(event.player)) {
    const players = memberIds(party).flatMap((id) => EVENT_PLAYERS.filter(({ playerId }) => playerId === id));
    return queue.enqueueParty({ players, mode, constraints: {}, code: party.code }, nowMs);
  }
  const [player] = EVENT_PLAYERS.filter(({ playerId }) => playerId === idOf(event.player));
  if (player === undefined) throw new Error("no such player");
  return queue.enqueue({ ...event, player, mode, constraints: {} }, nowMs);
}
