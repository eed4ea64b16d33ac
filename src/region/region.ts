import { DurableObject } from "cloudflare:workers";
import { assert } from "../core/assert.ts";
import type { Change } from "../core/changes.ts";
import { LIMITS } from "../core/limits.ts";
import type { Match, Report } from "../core/match.ts";
import type { Mode } from "../core/mode.ts";
import { Outbox } from "../core/outbox.ts";
import { Queue } from "../core/queue.ts";
import type { CancelRefusal, PlayerState, RedriveRefusal, ReportRefusal } from "../core/queue-calls.ts";
import type { Result } from "../core/result.ts";
import { accept, refuse } from "../core/result.ts";
import type { Ticket, TicketPlayer } from "../core/ticket.ts";
import { exportMatches } from "../db/export-matches.ts";
import type { MatchRecord } from "../db/match-row.ts";
import type { RegionProfile } from "../db/region-profiles.ts";
import { readRegionProfiles } from "../db/region-profiles.ts";
import type { Config, Env } from "../env.ts";
import { configOf } from "../env.ts";
import { Log } from "../log.ts";
import { Exporter } from "./exporter.ts";
import { idFactory } from "./new-id.ts";
import { Profiles } from "./profiles.ts";
import { RegionAlarm } from "./region-alarm.ts";
import { RegionBackground } from "./region-background.ts";
import { RegionObserver } from "./region-observer.ts";
import type { PulseSubject } from "./region-pulse.ts";
import { RegionPulse } from "./region-pulse.ts";
import type { EnqueueCall, EnqueueCallRefusal, RatedOutcome, RatingFailure, RegionRpc } from "./rpc.ts";
import { RegionStore } from "./store.ts";
import { withTimeout } from "./with-timeout.ts";

const D1_READ_TIMEOUT_MS = 5_000;
const D1_WRITE_TIMEOUT_MS = 30_000;
/** After a failed tick; the alarm must not go into the platform's own retries, which end after six. */
const RETRY_TICK_AFTER_MS = 5_000;

/**
 * One region: the actor that owns its queue. This class holds wiring, no rules: it asks the pure `Queue`, commits what
 * changed in one transaction, and only then lets anybody know.
 */
export class Region extends DurableObject<Env> implements RegionRpc {
  readonly #name: string;
  readonly #config: Config;
  readonly #log: Log;
  readonly #store: RegionStore;
  readonly #queue: Queue;
  readonly #profiles: Profiles;
  readonly #alarm: RegionAlarm;
  readonly #exporter: Exporter;
  readonly #outbox = new Outbox();
  readonly #background: RegionBackground;
  readonly #observer: RegionObserver;
  readonly #pulse: RegionPulse;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const nowMs = Date.now();
    this.#config = configOf(env);
    this.#store = new RegionStore(ctx.storage.sql);
    this.#name = this.#learnName();
    this.#log = new Log(this.#config.logLevel, { region: this.#name });
    this.#alarm = new RegionAlarm(ctx.storage);
    this.#pulse = new RegionPulse(env, this.#log);
    this.#observer = new RegionObserver(this.#name, this.#pulse.metrics, this.#log);
    this.#profiles = new Profiles((playerIds) => this.#readProfiles(playerIds), LIMITS.warmProfiles);
    this.#exporter = new Exporter(this.#name, (records) => this.#export(records));
    const { exportedThroughRev, ...state } = this.#store.load();
    this.#queue = new Queue({ region: this.#name, modes: this.#config.modes, newId: idFactory() }, state, nowMs);
    for (const match of this.#queue.matches.changedAfter(exportedThroughRev)) this.#exporter.note(match, nowMs);
    for (const match of this.#queue.matches.withStatus("reporting")) this.#outbox.add(match.matchId, nowMs);
    this.#background = this.#newBackground();
    ctx.blockConcurrencyWhile(async () => {
      await this.#alarm.refresh();
      this.#commit(nowMs);
    });
  }

  async enqueue(call: EnqueueCall): Promise<Result<Ticket, EnqueueCallRefusal>> {
    const waiting = this.#queue.stateOf(call.playerId);
    const modeName =
      call.mode ?? (waiting.type === "queued" ? waiting.ticket.mode : this.#config.modes.defaultMode.name);
    const mode = this.#config.modes.byName.get(modeName);
    if (mode === undefined) return refuse({ reason: "unknown_mode" });
    const player = await this.#ticketPlayer(call.playerId, mode, waiting);
    if (!player.ok) return player;
    const nowMs = Date.now();
    const { constraints, isSystem, release } = call;
    const outcome = this.#queue.enqueue({ player: player.value, mode, constraints, isSystem, release }, nowMs);
    this.#commit(nowMs);
    return outcome;
  }

  async stateOf(playerId: string): Promise<PlayerState> {
    return this.#queue.stateOf(playerId);
  }

  async cancel(playerId: string): Promise<Result<Ticket, CancelRefusal>> {
    const outcome = this.#queue.cancel(playerId);
    this.#commit(Date.now());
    return outcome;
  }

  async match(matchId: string): Promise<Match | null> {
    return this.#queue.matches.find(matchId) ?? null;
  }

  async report(matchId: string, report: Report): Promise<Result<Match, ReportRefusal>> {
    const nowMs = Date.now();
    const outcome = this.#queue.report(matchId, report, nowMs);
    this.#commit(nowMs);
    return outcome;
  }

  async rated(outcomes: readonly RatedOutcome[]): Promise<void> {
    const nowMs = Date.now();
    for (const { matchId, mode, ratings } of outcomes) {
      this.#profiles.apply(mode, ratings);
      this.#queue.rated(matchId, ratings, nowMs);
    }
    this.#commit(nowMs);
  }

  async ratingFailed(failures: readonly RatingFailure[]): Promise<void> {
    const nowMs = Date.now();
    for (const { matchId, reason } of failures) this.#queue.ratingFailed(matchId, reason, nowMs);
    this.#commit(nowMs);
  }

  async failedMatches(): Promise<readonly Match[]> {
    return this.#queue.matches.withStatus("rating_failed");
  }

  async redrive(matchId: string): Promise<Result<Match, RedriveRefusal>> {
    const nowMs = Date.now();
    const outcome = this.#queue.redrive(matchId, nowMs);
    this.#commit(nowMs);
    return outcome;
  }

  async wake(): Promise<void> {
    await this.#alarm.refresh();
    this.#commit(Date.now());
  }

  /**
   * One tick. Nothing here awaits D1, the queue or the hub: a slow await would hold back every later alarm. It catches
   * everything, because the platform drops an alarm for good after six failures.
   */
  override async alarm(info?: AlarmInvocationInfo): Promise<void> {
    const nowMs = Date.now();
    this.#alarm.fired();
    try {
      this.#queue.tick(nowMs);
      const matchesFormed = this.#commit(nowMs).filter(isFormed).length;
      // The clock stands still while code computes; the flush is what moves it, so this is the whole tick's time.
      await this.ctx.storage.sync();
      const scheduledMs = info?.scheduledTime ?? nowMs;
      this.#pulse.ticked(this.#name, { scheduledMs, startedMs: nowMs, endedMs: Date.now(), matchesFormed });
    } catch (error) {
      this.#log.error("tick_failed", error);
      await this.ctx.storage.setAlarm(nowMs + RETRY_TICK_AFTER_MS);
      await this.ctx.storage.sync();
      this.ctx.abort("A tick failed; the object comes back from storage.");
    }
  }

  /**
   * Makes the recorded changes durable and then known. If the transaction throws, memory would be ahead of disk: the
   * object ends itself and comes back from storage.
   */
  #commit(nowMs: number): readonly Change[] {
    const changes = this.#queue.takeChanges();
    if (changes.length > 0) {
      try {
        this.#write(changes);
      } catch (error) {
        this.#log.error("commit_failed", error);
        this.ctx.abort("A commit failed; the object comes back from storage.");
        throw error;
      }
      for (const change of changes) this.#noteForBackground(change, nowMs);
      this.#observer.committed(changes, nowMs);
    }
    this.#background.start();
    this.#wakeInTime(nowMs);
    return changes;
  }

  /** One change is one statement, which holds wholly or not at all by itself; a transaction would double its cost. */
  #write(changes: readonly Change[]): void {
    const write = () => this.#store.write(changes, this.#exportedThroughRev(changes));
    if (changes.length === 1) write();
    else this.ctx.storage.transactionSync(write);
  }

  /** What changes beside the queue's own state: what is still to be exported and to be sent. */
  #noteForBackground(change: Change, nowMs: number): void {
    if (change.type === "match_finished") {
      this.#outbox.remove(change.match.matchId);
      this.#exporter.forget(change.match.matchId);
    }
    if (change.type !== "match_changed") return;
    const { match, event } = change;
    if (event === "reported" || event === "redriven") this.#outbox.add(match.matchId, nowMs);
    if (event === "rating_failed") this.#outbox.remove(match.matchId);
    // A release does not show in D1, and a report is usually overtaken by its rating within a second.
    if (event !== "released" && event !== "reported") this.#exporter.note(match, nowMs);
  }

  #exportedThroughRev(changes: readonly Change[]): number {
    let through = this.#exporter.exportedThroughRev(this.#queue.matches.highestRev);
    for (const change of changes) {
      if (change.type === "match_changed") through = Math.min(through, change.match.rev - 1);
    }
    return through;
  }

  #wakeInTime(nowMs: number): void {
    const wakeMs = Math.min(this.#queue.nextWakeMs() ?? Number.POSITIVE_INFINITY, this.#background.nextWakeMs());
    const armed = this.#alarm.wakeBy(wakeMs === Number.POSITIVE_INFINITY ? null : wakeMs, nowMs);
    this.ctx.waitUntil(armed);
    const rows = this.#store.takeRowsWritten() + this.#alarm.takeRowsWritten();
    this.#pulse.metrics.rowsWritten.inc({ store: "object" }, rows);
    this.ctx.waitUntil(this.#pulse.pushIfDue(this.#pulseSubject(), this.#alarm.armedMs, nowMs));
  }

  async #ticketPlayer(
    playerId: string,
    mode: Mode,
    state: PlayerState,
  ): Promise<Result<TicketPlayer, EnqueueCallRefusal>> {
    // Whoever waits already is answered from the ticket, also while D1 is out.
    const waiting = state.type === "queued" ? state.ticket.players.find((one) => one.playerId === playerId) : undefined;
    if (waiting !== undefined) return accept(waiting);
    try {
      const profile = this.#profiles.warm(playerId) ?? (await this.#profiles.find(playerId));
      if (profile === null) return refuse({ reason: "unknown_player" });
      if (profile.region !== this.#name) return refuse({ reason: "elsewhere", region: profile.region });
      const { mu, sigma } = profile.ratings.get(mode.name) ?? mode.rating;
      return accept({ playerId, mu, sigma });
    } catch (error) {
      this.#log.error("profile_read_failed", error, { player_id: playerId });
      return refuse({ reason: "profile_unavailable" });
    }
  }

  #newBackground(): RegionBackground {
    return new RegionBackground({
      region: this.#name,
      queue: this.#queue,
      outbox: this.#outbox,
      exporter: this.#exporter,
      results: this.env.RESULTS,
      metrics: this.#pulse.metrics,
      log: this.#log,
      now: () => Date.now(),
      waitUntil: (work) => this.ctx.waitUntil(work),
      ended: () => this.#wakeInTime(Date.now()),
    });
  }

  #pulseSubject(): PulseSubject {
    return {
      region: this.#name,
      modes: this.#config.modes.byName.values(),
      queue: this.#queue,
      exporter: this.#exporter,
      outbox: this.#outbox,
    };
  }

  async #export(records: readonly MatchRecord[]): Promise<void> {
    const rows = await withTimeout(exportMatches(this.env.DB, records), D1_WRITE_TIMEOUT_MS, "D1");
    this.#pulse.metrics.rowsWritten.inc({ store: "d1" }, rows);
  }

  #readProfiles(playerIds: readonly string[]): Promise<readonly RegionProfile[]> {
    return withTimeout(readRegionProfiles(this.env.DB, playerIds), D1_READ_TIMEOUT_MS, "D1");
  }

  /** An alarm may wake the object without its name, so the first call's is kept. */
  #learnName(): string {
    const name = this.ctx.id.name ?? this.#store.name();
    assert(name !== null, "a region is addressed by its name");
    this.#store.rememberName(name);
    return name;
  }
}

function isFormed(change: Change): boolean {
  return change.type === "match_changed" && change.event === "formed";
}
