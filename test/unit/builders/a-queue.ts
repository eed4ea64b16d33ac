import type { Change } from "../../../src/core/changes.ts";
import type { Match, MatchStatus } from "../../../src/core/match.ts";
import type { ModeTable } from "../../../src/core/mode.ts";
import { Queue } from "../../../src/core/queue.ts";
import type { QueueState } from "../../../src/core/queue-state.ts";
import { EMPTY_QUEUE_STATE } from "../../../src/core/queue-state.ts";
import { aModeDefinition, aModeTable } from "./a-mode.ts";
import { anEnqueueRequest } from "./an-enqueue-request.ts";

/** Where the tests' servers can be. */
export const LOCATIONS = ["EUW", "EUNE", "NA"];

export interface QueueOptions {
  readonly state?: Partial<QueueState>;
  readonly modes?: ModeTable;
  readonly nowMs?: number;
  /** The id before the first that is given out. */
  readonly lastId?: number;
  /** A deploy has closed the region. */
  readonly isClosed?: boolean;
  /** Who has a socket; nobody if absent. */
  readonly connected?: readonly string[];
}

/** The queue of EUW with 2v2 as its only mode and ids that count: `id-00001`, `id-00002` … */
export function aQueue(options: QueueOptions = {}): Queue {
  let lastId = options.lastId ?? 0;
  const newId = () => {
    lastId += 1;
    return `id-${String(lastId).padStart(5, "0")}`;
  };
  const modes = options.modes ?? aModeTable(aModeDefinition());
  return new Queue(
    { region: "EUW", modes, locations: LOCATIONS, newId, newSecret: newId, isClosed: options.isClosed ?? false },
    { ...EMPTY_QUEUE_STATE, ...options.state },
    options.nowMs ?? 0,
    (playerId) => options.connected?.includes(playerId) ?? false,
  );
}

/** Enqueues them all at the same time; a refusal is a mistake in the test. */
export function enqueueAll(queue: Queue, playerIds: readonly string[], nowMs: number): void {
  for (const playerId of playerIds) {
    const outcome = queue.enqueue(anEnqueueRequest(playerId), nowMs);
    if (!outcome.ok) throw new Error(`${playerId}: ${outcome.refusal.reason}`);
  }
}

export interface QueueWithMatch {
  readonly queue: Queue;
  readonly match: Match;
}

/** Ann, Bob, Cay and Dan, enqueued at time 0, are in a match made at one second. Its changes are taken already. */
export function aQueueWithMatch(): QueueWithMatch {
  const queue = aQueue();
  enqueueAll(queue, ["ann", "bob", "cay", "dan"], 0);
  queue.tick(1_000);
  const formed = changesOfType(queue.takeChanges(), "match_changed")[0];
  if (formed === undefined) throw new Error("no match was formed");
  return { queue, match: formed.match };
}

/** The same after the match went through to a status, two seconds in. */
export function aQueueWithMatchIn(
  status: Extract<MatchStatus, "reporting" | "abandoned" | "rating_failed">,
): QueueWithMatch {
  const { queue, match } = aQueueWithMatch();
  if (status === "abandoned") queue.tick(match.deadlineMs);
  else queue.report(match.matchId, { winnerTeam: "teamA" }, 2_000);
  if (status === "rating_failed") queue.ratingFailed(match.matchId, "poison", 2_000);
  queue.takeChanges();
  return { queue, match: liveMatch(queue, match.matchId) };
}

/** The match as the queue holds it now. */
export function liveMatch(queue: Queue, matchId: string): Match {
  const match = queue.matches.find(matchId);
  if (match === undefined) throw new Error(`match ${matchId} is not live`);
  return match;
}

export function changesOfType<Type extends Change["type"]>(
  changes: readonly Change[],
  type: Type,
): Extract<Change, { readonly type: Type }>[] {
  return changes.filter((change): change is Extract<Change, { readonly type: Type }> => change.type === type);
}
