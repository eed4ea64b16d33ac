import { Allocations } from "../core/allocations.ts";
import { awaitingOf } from "../core/assignment.ts";
import type { Change } from "../core/changes.ts";
import type { Match } from "../core/match.ts";
import type { ModeTable } from "../core/mode.ts";
import { Outbox } from "../core/outbox.ts";
import { Queue } from "../core/queue.ts";
import type { QueueState } from "../core/queue-state.ts";
import type { MatchRecord } from "../db/match-row.ts";
import { Exporter } from "./exporter.ts";
import { hasOpenSocket } from "./has-open-socket.ts";
import { idFactory } from "./new-id.ts";
import { newSecret } from "./new-secret.ts";

export interface LiveRegionSettings {
  readonly region: string;
  readonly modes: ModeTable;
  /** Where servers can be. */
  readonly locations: readonly string[];
  /** See `QueueSettings`. */
  readonly isClosed?: boolean;
  /** Writes matches to D1. */
  readonly write: (records: readonly MatchRecord[]) => Promise<void>;
  /** Where players' sockets are. */
  readonly platform: Pick<DurableObjectState, "getWebSockets">;
}

/**
 * What a region holds in memory: the queue, and what is still to be exported, sent and asked for. All of it is derived from
 * storage, so it can be thrown away as a whole at any time and be made again.
 */
export class LiveRegion {
  readonly queue: Queue;
  readonly exporter: Exporter;
  readonly outbox = new Outbox();
  readonly allocations = new Allocations();
  /** The newest time that storage tells of; 0 if it tells of none. */
  readonly latestKnownMs: number;

  /** @param askFromMs when the allocator is asked, at the earliest, for matches that wait for a server already */
  constructor(
    { write, platform, ...settings }: LiveRegionSettings,
    { exportedThroughRev, ...state }: QueueState & { readonly exportedThroughRev: number },
    nowMs: number,
    askFromMs = nowMs,
  ) {
    const isConnected = (playerId: string) => hasOpenSocket(platform, playerId, Date.now());
    this.queue = new Queue({ ...settings, newId: idFactory(), newSecret }, state, nowMs, isConnected);
    this.exporter = new Exporter(settings.region, write);
    let latestMs = 0;
    for (const { enqueuedAtMs } of state.tickets) latestMs = Math.max(latestMs, enqueuedAtMs);
    for (const { changedAtMs } of state.matches) latestMs = Math.max(latestMs, changedAtMs);
    this.latestKnownMs = latestMs;
    for (const match of this.queue.matches.changedAfter(exportedThroughRev)) this.exporter.note(match, nowMs);
    for (const match of this.queue.matches.withStatus("reporting")) this.outbox.add(match.matchId, nowMs);
    for (const match of this.matchesWithoutServer()) this.allocations.add(match.matchId, askFromMs);
  }

  /** Those whose players wait for one. */
  matchesWithoutServer(): Match[] {
    return this.queue.matches.withStatus("pending").filter((match) => awaitingOf(match) !== null);
  }

  /** Every match with a revision up to this one will be in D1 once `changes` are committed. */
  exportedThroughRev(changes: readonly Change[]): number {
    let through = this.exporter.exportedThroughRev(this.queue.matches.highestRev);
    for (const change of changes) {
      if (change.type === "match_changed") through = Math.min(through, change.match.rev - 1);
    }
    return through;
  }

  /** Takes in what was committed: what is to be exported and to be sent from now on. */
  committed(changes: readonly Change[], nowMs: number): void {
    for (const change of changes) {
      if (change.type === "match_finished") {
        this.outbox.remove(change.match.matchId);
        this.exporter.forget(change.match.matchId);
      }
      if (change.type !== "match_changed") continue;
      const { match, event } = change;
      if (event === "reported" || event === "redriven") this.outbox.add(match.matchId, nowMs);
      if (event === "rating_failed") this.outbox.remove(match.matchId);
      if (event === "formed" && awaitingOf(match) !== null) this.allocations.add(match.matchId, nowMs);
      if (change.hasAwaited === true) this.allocations.remove(match.matchId);
      // A plain release or a server does not show in D1, and a report is usually overtaken by its rating within a second.
      if (event !== "released" && event !== "assigned" && event !== "reported") this.exporter.note(match, nowMs);
    }
  }
}
