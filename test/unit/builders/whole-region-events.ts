import fc from "fast-check";
import type { AskedLease } from "../../../src/core/queue-calls.ts";
import { backfillEvent } from "./backfill-events.ts";
import { EVENT_PLAYERS } from "./event-world.ts";
import { partyEvent } from "./party-events.ts";
import type { QueueEvent } from "./queue-events.ts";
import { readyCheckEvent } from "./ready-check-events.ts";

type Untimed = QueueEvent extends infer Event ? (Event extends QueueEvent ? Omit<Event, "afterMs"> : never) : never;

const player = fc.nat({ max: EVENT_PLAYERS.length - 1 });
const everybody = EVENT_PLAYERS.map((_, index) => index);
const match = fc.nat({ max: 2 });
/** Few modes are popular at a time, or nobody would ever meet. */
const mode = fc.constantFrom("asking", "asking", "asking-duel", "hosted", "hosted", "2v2", "trio");
const lease = fc.constantFrom<AskedLease | null>(null, { kind: "socket" }, { kind: "http", ms: 20_000 });
const afterMs = fc.constantFrom(0, 0, 0, 1, 250, 250, 1_000, 1_000, 1_000, 2_000, 5_000, 11_000, 16_000, 61_000);

const tick = fc.constant({ type: "tick" } as const);

/** Several players come for one mode, over sockets or not. */
function crowdFor(names: readonly string[]): fc.Arbitrary<Untimed[]> {
  const some = fc.shuffledSubarray(everybody, { minLength: 2, maxLength: 6 });
  return fc
    .tuple(some, fc.constantFrom(...names), fc.boolean(), fc.boolean(), lease)
    .map(([indices, name, isSystem, release, asked]) => [
      ...indices.map((index) => ({
        type: "enqueue" as const,
        player: index,
        mode: name,
        isSystem,
        release,
        ...(asked !== null && { lease: asked }),
      })),
      { type: "tick" },
    ]);
}

const single: fc.Arbitrary<Untimed> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(player, mode, fc.boolean(), fc.boolean(), lease)
      .map(([index, name, isSystem, release, asked]) => ({
        type: "enqueue" as const,
        player: index,
        mode: name,
        isSystem,
        release,
        ...(asked !== null && { lease: asked }),
      })),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("enqueue_list" as const),
      players: fc.uniqueArray(player, { minLength: 2, maxLength: 2 }),
      mode: fc.constantFrom("asking", "hosted", "2v2"),
    }),
  },
  { weight: 5, arbitrary: partyEvent },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("cancel" as const), player }) },
  { weight: 10, arbitrary: readyCheckEvent },
  { weight: 5, arbitrary: backfillEvent },
  { weight: 9, arbitrary: tick },
  {
    weight: 5,
    arbitrary: fc.record({ type: fc.constantFrom("connect" as const, "disconnect" as const, "seen" as const), player }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("assign" as const),
      match,
      connection: fc.constantFrom('{"port":1}', '{"port":2}'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("refuse_server" as const), match }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("report" as const),
      match,
      report: fc.constantFrom({ winnerTeam: "teamA" }, { winnerTeam: "teamC" }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constantFrom("rated", "rating_failed", "redrive"), match }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("restart" as const), connected: fc.uniqueArray(player) }),
  },
);

function comer(index: number, name: string, asked: AskedLease | null): Untimed {
  const wish = { type: "enqueue", player: index, mode: name, isSystem: false, release: false } as const;
  return asked === null ? wish : { ...wish, lease: asked };
}

/** One of those who are asked does not want it, and others come who may take the place. */
const replacement: fc.Arbitrary<Untimed[]> = fc.tuple(player, fc.nat()).map(([decliner, salt]) => {
  const answer = { type: "answer", roundsOff: 0, match: "own" } as const;
  const others = everybody.map((_, index) => (index + salt) % everybody.length).filter((index) => index !== decliner);
  return [
    { ...answer, kind: "ack", players: everybody },
    { ...answer, kind: "decline", players: [decliner] },
    ...others.map(
      (index) => ({ type: "enqueue", player: index, mode: "asking", isSystem: true, release: true }) as const,
    ),
    { type: "tick" },
  ];
});

/** Somebody left a running match, and others come for its mode. */
const vacancy: fc.Arbitrary<Untimed[]> = fc
  .tuple(fc.constantFrom("2v2", "hosted"), fc.nat({ max: 3 }), match, lease)
  .map(([name, seat, ago, asked]) => [
    { type: "assign", match: ago, connection: '{"port":1}' },
    { type: "ask_backfill", match: ago, places: null, seats: [seat] },
    ...everybody.map((index) => comer(index, name, asked)),
    { type: "tick" },
    { type: "tick" },
    { type: "tick" },
  ]);

const steps: fc.Arbitrary<Untimed[]> = fc.oneof(
  { weight: 1, arbitrary: vacancy },
  { weight: 1, arbitrary: replacement },
  { weight: 1, arbitrary: crowdFor(["asking", "asking-duel", "hosted", "2v2", "trio"]) },
  { weight: 8, arbitrary: single.map((event) => [event]) },
);

/** All that can happen to a region, in one world: a crowd comes first, and now and then another one. */
export const wholeRegionEvents: fc.Arbitrary<QueueEvent[]> = fc
  .tuple(
    crowdFor(["asking", "hosted", "2v2"]),
    fc.array(fc.tuple(steps, afterMs), { minLength: 15, maxLength: 50, size: "max" }),
  )
  .map(([first, rest]) => [...timed(first, 0), ...rest.flatMap(([events, ms]) => timed(events, ms))]);

/** The first after so long, the others at once; a tick comes when the line has gathered. */
function timed(events: readonly Untimed[], firstAfterMs: number): QueueEvent[] {
  return events.map((event, index): QueueEvent => {
    if (index === 0) return { ...event, afterMs: firstAfterMs };
    return { ...event, afterMs: event.type === "tick" ? 1_000 : 0 };
  });
}
