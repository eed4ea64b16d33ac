import fc from "fast-check";
import type { Report } from "../../../src/core/match.ts";
import type { Queue } from "../../../src/core/queue.ts";
import { aModeDefinition, aModeTable } from "./a-mode.ts";
import { aPlayer } from "./a-player.ts";

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
  | { readonly type: "tick" }
  /** The object dies and comes back from its storage. */
  | { readonly type: "restart" }
);

/** Few players and short timeouts, so that events often meet: 1v1, 2v2 and a game of three. */
export const EVENT_MODES = aModeTable(
  aModeDefinition({ name: "2v2", matchTimeoutMs: 60_000 }),
  aModeDefinition({ name: "1v1", teamSize: 1, matchTimeoutMs: 20_000 }),
  aModeDefinition({ name: "trio", teams: 3, teamSize: 1, matchTimeoutMs: 60_000 }),
);

/** The best and the worst are far apart, so that some groups have to wait. */
export const EVENT_PLAYERS = [25, 25, 25, 25, 27, 31, 40, 5].map((mu, index) => aPlayer(`p${index}`, mu, 8 - index));

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

const event: fc.Arbitrary<QueueEvent> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      type: fc.constant("enqueue" as const),
      player,
      mode,
      isSystem: fc.boolean(),
      release: fc.boolean(),
      afterMs,
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("cancel" as const), player, afterMs }) },
  { weight: 6, arbitrary: fc.record({ type: fc.constant("tick" as const), afterMs }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant("report" as const), match, report, afterMs }) },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constantFrom("rated", "rating_failed", "redrive"), match, afterMs }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("restart" as const), afterMs }) },
);

export const queueEvents: fc.Arbitrary<QueueEvent[]> = fc.array(event, { minLength: 10, maxLength: 40, size: "max" });

/** Lets an event happen. A restart is the caller's business. Returns what the queue answered, if it answers. */
export function happen(queue: Queue, event: QueueEvent, knownMatchIds: readonly string[], nowMs: number): unknown {
  const matchId = "match" in event ? (knownMatchIds.at(-1 - event.match) ?? "never-made-EUW") : "";
  switch (event.type) {
    case "enqueue": {
      const player = EVENT_PLAYERS[event.player];
      const mode = EVENT_MODES.byName.get(event.mode);
      if (player === undefined || mode === undefined) throw new Error("no such player or mode");
      return queue.enqueue({ ...event, player, mode, constraints: {} }, nowMs);
    }
    case "cancel":
      return queue.cancel(EVENT_PLAYERS[event.player]?.playerId ?? "nobody");
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
    case "restart":
      return undefined;
  }
}
