import fc from "fast-check";
import type { Report } from "../../../src/core/match.ts";
import { leaderOf, memberIds } from "../../../src/core/party.ts";
import type { Queue } from "../../../src/core/queue.ts";
import type { AskedLease } from "../../../src/core/queue-calls.ts";
import type { BackfillEvent } from "./backfill-events.ts";
import { backfillEvent, happenToBackfills } from "./backfill-events.ts";
import { ASKING_MODES, EVENT_MODES, EVENT_PLAYERS, PLAIN_MODES } from "./event-world.ts";
import type { PartyEvent } from "./party-events.ts";
import { happenToParties, idOf, partyEvent } from "./party-events.ts";
import type { ReadyCheckEvent } from "./ready-check-events.ts";
import { happenToReadyChecks, readyCheckEvent } from "./ready-check-events.ts";

/** Something that happens to a region, so many milliseconds after the event before. */
export type QueueEvent = { readonly afterMs: number } & (
  | {
      readonly type: "enqueue";
      readonly player: number;
      readonly mode: string;
      readonly isSystem: boolean;
      readonly release: boolean;
      /** Absent: the place is kept until it is given up. */
      readonly lease?: AskedLease;
    }
  | { readonly type: "cancel"; readonly player: number }
  /** Signs of life: a first socket opens, the last one is lost, a call about the player comes in. */
  | { readonly type: "connect" | "disconnect" | "seen"; readonly player: number }
  /** `match`: how many matches ago it was made. */
  | { readonly type: "report"; readonly match: number; readonly report: Report }
  | { readonly type: "rated" | "rating_failed" | "redrive" | "refuse_server"; readonly match: number }
  | { readonly type: "assign"; readonly match: number; readonly connection: string }
  | BackfillEvent
  | PartyEvent
  | ReadyCheckEvent
  | { readonly type: "tick" }
  /** The object dies and comes back from its storage. `connected`: who has a socket then; none if absent. */
  | { readonly type: "restart"; readonly connected?: readonly number[] }
);

type Untimed = QueueEvent extends infer Event ? (Event extends QueueEvent ? Omit<Event, "afterMs"> : never) : never;

const afterMs = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(0, 1, 250, 1_000, 5_000, 11_000, 21_000, 61_000) },
  { weight: 1, arbitrary: fc.constantFrom(3_600_000, 24 * 3_600_000) },
);
const player = fc.nat({ max: EVENT_PLAYERS.length - 1 });
const mode = fc.constantFrom(...PLAIN_MODES);
const players = fc.uniqueArray(player, { maxLength: EVENT_PLAYERS.length });
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
const hostedEvent = fc.record({
  type: fc.constant("enqueue" as const),
  player,
  mode: fc.constant("hosted"),
  isSystem: fc.boolean(),
  release: fc.boolean(),
  afterMs,
});
/** The system puts two players together for it. */
const hostedListEvent = fc.record({
  type: fc.constant("enqueue_list" as const),
  players: fc.uniqueArray(player, { minLength: 2, maxLength: 2 }),
  mode: fc.constant("hosted"),
  afterMs,
});
const cancelEvent = fc.record({ type: fc.constant("cancel" as const), player, afterMs });
const tickEvent = fc.record({ type: fc.constant("tick" as const), afterMs });
const reportEvent = fc.record({ type: fc.constant("report" as const), match, report, afterMs });
const assignEvent = fc.record({
  type: fc.constant("assign" as const),
  match,
  connection: fc.constantFrom('{"port":1}', '{"port":2}'),
  afterMs,
});
const refuseServerEvent = fc.record({ type: fc.constant("refuse_server" as const), match, afterMs });
const ratingEvent = fc.record({ type: fc.constantFrom("rated", "rating_failed", "redrive"), match, afterMs });
const restartEvent = fc.record({ type: fc.constant("restart" as const), afterMs });
const partyEventAfter = fc.tuple(partyEvent, afterMs).map(([event, afterMs]) => ({ ...event, afterMs }));

const backfillEventAfter = fc.tuple(backfillEvent, afterMs).map(([event, afterMs]) => ({ ...event, afterMs }));
const askingMode = fc.constantFrom(...ASKING_MODES);
const FORWARD_MS = [0, 0, 1, 250, 250, 1_000, 1_000, 1_000, 1_000, 5_000, 11_000, 21_000, 61_000];
const askingAfterMs = fc.constantFrom(...FORWARD_MS);
const ENQUEUE = { type: "enqueue", isSystem: false, release: false, afterMs: 0 } as const;
const askingPartyEvent = fc.record({
  type: fc.constant("enqueue_list" as const),
  players: fc.uniqueArray(player, { minLength: 1, maxLength: 2 }),
  mode: askingMode,
});

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
    { weight: 2, arbitrary: assignEvent },
    { weight: 1, arbitrary: refuseServerEvent },
    { weight: 1, arbitrary: restartEvent },
  ),
);

/** The same, matches that need a server above all. */
export const assignmentEvents = historyOf(
  fc.oneof(
    { weight: 12, arbitrary: hostedEvent },
    { weight: 6, arbitrary: hostedListEvent },
    { weight: 2, arbitrary: partyEventAfter },
    { weight: 6, arbitrary: tickEvent },
    { weight: 3, arbitrary: assignEvent },
    { weight: 2, arbitrary: refuseServerEvent },
    { weight: 2, arbitrary: reportEvent },
    { weight: 1, arbitrary: restartEvent },
  ),
);

/** Four of the players come, and are in a 2v2. */
const aMatchToBeginWith: QueueEvent[] = [
  ...[0, 1, 2, 3].map((index) => ({ ...ENQUEUE, player: index, mode: "2v2" })),
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

const askingEvent = [
  { weight: 12, arbitrary: fc.tuple(enqueueEvent, askingMode).map(([event, mode]) => ({ ...event, mode })) },
  { weight: 3, arbitrary: askingPartyEvent },
  { weight: 2, arbitrary: cancelEvent },
  { weight: 8, arbitrary: tickEvent },
  { weight: 14, arbitrary: readyCheckEvent },
  { weight: 3, arbitrary: reportEvent },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("restart" as const), connected: players }) },
] as const;

/** Some come and are asked, not all want it, and others come. */
const crowd = fc
  .tuple(
    askingMode,
    fc.shuffledSubarray(
      EVENT_PLAYERS.map((_, index) => index),
      { minLength: 5 },
    ),
    fc.boolean(),
  )
  .map(([mode, indices, isDeclined]): QueueEvent[] => {
    const come = (players: readonly number[]) => players.map((index) => ({ ...ENQUEUE, player: index, mode }));
    const tick = { type: "tick", afterMs: 1_000 } as const;
    const first = [...come(indices.slice(0, 4)), tick];
    if (!isDeclined) return [...first, ...come(indices.slice(4))];
    const answer = { type: "answer", roundsOff: 0, match: "own", afterMs: 250 } as const;
    const loss = [
      { ...answer, kind: "ack", players: indices.slice(0, 3) } as const,
      { ...answer, kind: "decline", players: indices.slice(0, 1) } as const,
    ];
    return [...first, ...loss, ...come(indices.slice(4)), tick];
  });

/**
 * Ready checks above all: players queue for modes that ask, and answer rightly, wrongly, late or not at all. Either with
 * parties that come and go, or with a clock that is set back now and then.
 */
export const askingEvents = fc
  .tuple(
    crowd,
    fc.oneof(
      historyOf(later(fc.oneof(...askingEvent, { weight: 3, arbitrary: partyEvent }), askingAfterMs)),
      historyOf(later(fc.oneof(...askingEvent), fc.constantFrom(...FORWARD_MS, ...FORWARD_MS, -2_000))),
    ),
  )
  .map(([first, rest]) => [...first, ...rest]);

function later(event: fc.Arbitrary<Untimed>, afterMs: fc.Arbitrary<number>): fc.Arbitrary<QueueEvent> {
  return fc.tuple(event, afterMs).map(([what, ms]): QueueEvent => ({ ...what, afterMs: ms }));
}

/** What the world outside has heard of. */
export interface KnownIds {
  readonly matchIds: readonly string[];
  /** Of ready checks, whatever became of them. */
  readonly proposedIds: readonly string[];
  readonly partyCodes: readonly string[];
}

/** Lets an event happen. A restart is the caller's business. Returns what the queue answered, if it answers. */
export function happen(queue: Queue, event: QueueEvent, known: KnownIds, nowMs: number): unknown {
  const matchId =
    "match" in event && event.match !== "own" ? (known.matchIds.at(-1 - event.match) ?? "never-made-EUW") : "";
  switch (event.type) {
    case "enqueue":
      return enqueue(queue, event, nowMs);
    case "cancel":
      return queue.cancel(idOf(event.player), nowMs);
    case "connect":
      return queue.leases.connected(idOf(event.player), nowMs);
    case "disconnect":
      return queue.leases.disconnected(idOf(event.player), nowMs);
    case "seen":
      return queue.leases.seen(idOf(event.player), nowMs);
    case "report":
      return queue.report(matchId, event.report, nowMs);
    case "assign":
      return queue.assignments.assign(matchId, event.connection, nowMs);
    case "refuse_server":
      return queue.assignments.refuse(matchId, nowMs);
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
    case "answer":
      return happenToReadyChecks(queue, event, known.proposedIds, nowMs);
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
    const { lease } = event;
    const wish = { players, mode, constraints: {}, code: party.code, ...(lease !== undefined && { lease }) };
    return queue.enqueueParty(wish, nowMs);
  }
  const [player] = EVENT_PLAYERS.filter(({ playerId }) => playerId === idOf(event.player));
  if (player === undefined) throw new Error("no such player");
  return queue.enqueue({ ...event, player, mode, constraints: {} }, nowMs);
}
