import { DurableObject } from "cloudflare:workers";
import type { BackfillAsk } from "../core/backfill-calls.ts";
import type { Change } from "../core/changes.ts";
import type { CoolDown } from "../core/cool-downs.ts";
import { LIMITS } from "../core/limits.ts";
import type { Match, Report } from "../core/match.ts";
import type { Party, PartyMember } from "../core/party.ts";
import type { DisbandPartyRefusal, UnknownParty } from "../core/party-calls.ts";
import type { Queue } from "../core/queue.ts";
import type { CancelRefusal, RedriveRefusal, ReportRefusal } from "../core/queue-calls.ts";
import type { Answer, AnswerRefusal } from "../core/ready-check-calls.ts";
import type { Result } from "../core/result.ts";
import { accept } from "../core/result.ts";
import type { MatchRecord } from "../db/match-row.ts";
import type { Config, Env } from "../env.ts";
import { configOf } from "../env.ts";
import { Log } from "../log.ts";
import { Entrance } from "./entrance.ts";
import { LiveRegion } from "./live-region.ts";
import { Profiles } from "./profiles.ts";
import type { QueueAccess } from "./queue-access.ts";
import { RegionAlarm } from "./region-alarm.ts";
import { RegionBackground } from "./region-background.ts";
import { RegionDatabase } from "./region-database.ts";
import { RegionObserver } from "./region-observer.ts";
import { RegionPulse } from "./region-pulse.ts";
import type { EnqueueCall, EnqueuePartyCall, RatedOutcome, RatingFailure, RegionRpc, TicketReceipt } from "./rpc.ts";
import { Sockets } from "./sockets.ts";
import { standingOf } from "./standing.ts";
import { RegionStore } from "./store.ts";
import { receiptOf } from "./ticket-receipt.ts";

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
  readonly #database: RegionDatabase;
  readonly #profiles: Profiles;
  readonly #entrance: Entrance;
  readonly #alarm: RegionAlarm;
  readonly #observer: RegionObserver;
  readonly #pulse: RegionPulse;
  readonly #sockets: Sockets;
  #live: LiveRegion;
  #background: RegionBackground;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#config = configOf(env);
    this.#store = new RegionStore(ctx.storage.sql);
    this.#name = this.#store.learnName(ctx.id.name);
    this.#log = new Log(this.#config.logLevel, { region: this.#name });
    this.#alarm = new RegionAlarm(ctx.storage);
    this.#pulse = new RegionPulse({ region: this.#name, modes: this.#config.modes, env, log: this.#log });
    const setupRows = this.#store.takeRowsWritten();
    if (setupRows > 0) this.#pulse.metrics.rowsWritten.inc({ store: "setup" }, setupRows);
    this.#observer = new RegionObserver(this.#name, this.#config.modes, this.#pulse.metrics, this.#log);
    this.#database = new RegionDatabase(env.DB, [...this.#config.modes.byName.keys()]);
    this.#profiles = new Profiles((playerIds) => this.#database.readProfiles(playerIds), LIMITS.warmProfiles);
    const access: QueueAccess = {
      region: this.#name,
      log: this.#log,
      now: () => Date.now(),
      queue: () => this.#live.queue,
      event: (act) => this.#event(act),
    };
    this.#entrance = new Entrance({ ...access, modes: this.#config.modes, profiles: this.#profiles });
    this.#live = this.#restore(Date.now());
    this.#background = this.#newBackground();
    this.#sockets = new Sockets({
      ...access,
      platform: ctx,
      metrics: this.#pulse.metrics,
      notBeforeMs: this.#live.latestKnownMs,
      entrance: this.#entrance,
      readLastMatches: (playerIds, sinceMs) => this.#database.readLastMatches(playerIds, sinceMs),
      counted: () => this.#wakeInTime(Date.now()),
    });
    ctx.blockConcurrencyWhile(async () => {
      await this.#alarm.refresh();
      this.#commit(Date.now());
    });
  }

  async enqueue(call: EnqueueCall): ReturnType<RegionRpc["enqueue"]> {
    return this.#entrance.enqueue(call);
  }

  async enqueueParty(call: EnqueuePartyCall): ReturnType<RegionRpc["enqueueParty"]> {
    return this.#entrance.enqueueParty(call);
  }

  async createParty(member: PartyMember): ReturnType<RegionRpc["createParty"]> {
    return this.#entrance.createParty(member);
  }

  async joinParty(code: string, member: PartyMember): ReturnType<RegionRpc["joinParty"]> {
    return this.#entrance.joinParty(code, member);
  }

  async leaveParty(code: string, playerId: string): Promise<Result<Party | null, UnknownParty>> {
    return this.#event((queue, nowMs) => queue.parties.leave(code, playerId, nowMs));
  }

  async disbandParty(code: string, playerId: string | null): Promise<Result<Party, DisbandPartyRefusal>> {
    return this.#event((queue, nowMs) => queue.parties.disband(code, playerId, nowMs));
  }

  async party(code: string): Promise<Party | null> {
    return this.#live.queue.parties.find(code, Date.now()) ?? null;
  }

  async stateOf(playerId: string): ReturnType<RegionRpc["stateOf"]> {
    return standingOf(this.#live.queue, playerId, Date.now());
  }

  async cancel(playerId: string, isSystem = false): Promise<Result<TicketReceipt, CancelRefusal>> {
    return receiptOf(this.#event((queue, nowMs) => queue.cancel(playerId, nowMs, isSystem ? null : playerId)));
  }

  async accept(answer: Answer): Promise<Result<null, AnswerRefusal>> {
    return this.#event((queue, nowMs) => queue.accept(answer, nowMs));
  }

  async decline(answer: Answer): Promise<Result<CoolDown | null, AnswerRefusal>> {
    const outcome = this.#event((queue, nowMs) => queue.decline(answer, nowMs));
    return outcome.ok ? accept(this.#live.queue.coolDownOf(answer.playerId, Date.now())) : outcome;
  }

  async match(matchId: string): Promise<Match | null> {
    return this.#live.queue.publicMatch(matchId);
  }

  async askBackfill(matchId: string, ask: BackfillAsk): ReturnType<RegionRpc["askBackfill"]> {
    return this.#event((queue, nowMs) => queue.backfills.ask(matchId, ask, nowMs));
  }

  async cancelBackfill(matchId: string): ReturnType<RegionRpc["cancelBackfill"]> {
    return this.#event((queue) => queue.backfills.cancel(matchId));
  }

  async backfillOf(matchId: string): ReturnType<RegionRpc["backfillOf"]> {
    return this.#live.queue.backfills.standingOf(matchId);
  }

  async report(matchId: string, report: Report): Promise<Result<Match, ReportRefusal>> {
    return this.#event((queue, nowMs) => queue.report(matchId, report, nowMs));
  }

  async rated(outcomes: readonly RatedOutcome[]): Promise<void> {
    for (const { mode, ratings } of outcomes) this.#profiles.apply(mode, ratings);
    this.#event((queue, nowMs) => {
      for (const { matchId, ratings } of outcomes) queue.rated(matchId, ratings, nowMs);
    });
  }

  async ratingFailed(failures: readonly RatingFailure[]): Promise<void> {
    this.#event((queue, nowMs) => {
      for (const { matchId, reason } of failures) queue.ratingFailed(matchId, reason, nowMs);
    });
  }

  async failedMatches(): Promise<readonly Match[]> {
    return this.#live.queue.matches.withStatus("rating_failed");
  }

  async redrive(matchId: string): Promise<Result<Match, RedriveRefusal>> {
    return this.#event((queue, nowMs) => queue.redrive(matchId, nowMs));
  }

  async wake(): Promise<void> {
    await this.#alarm.refresh();
    this.#sockets.sweep();
    this.#event(() => {});
  }

  /** The Worker brings a player's socket: an upgrade cannot cross an RPC call. */
  override async fetch(request: Request): Promise<Response> {
    return this.#sockets.connect(request);
  }

  override async webSocketMessage(socket: WebSocket, frame: string | ArrayBuffer): Promise<void> {
    await this.#sockets.received(socket, frame);
  }

  override async webSocketClose(_socket: WebSocket, code: number): Promise<void> {
    this.#sockets.closed(code);
  }

  override async webSocketError(socket: WebSocket, error: unknown): Promise<void> {
    this.#sockets.failed(socket, error);
  }

  /**
   * One tick. Nothing here awaits D1, the queue or the hub: a slow await would hold back every later alarm. It catches
   * everything, because the platform drops an alarm for good after six failures.
   */
  override async alarm(info?: AlarmInvocationInfo): Promise<void> {
    const startedMs = Date.now();
    const scheduledMs = info?.scheduledTime ?? startedMs;
    this.#alarm.fired();
    try {
      const matchesFormed = this.#event((queue, nowMs) => queue.tick(nowMs));
      // The clock stands still while code computes; the flush is what moves it, so this is the whole tick's time.
      await this.ctx.storage.sync();
      this.#pulse.ticked({ scheduledMs, startedMs, endedMs: Date.now(), matchesFormed });
    } catch (error) {
      this.#log.error("tick_failed", error);
      await this.ctx.storage.setAlarm(startedMs + RETRY_TICK_AFTER_MS);
      await this.#alarm.refresh();
    }
  }

  /**
   * Lets one event happen: asks the queue, and commits what changed. If anything throws on the way, memory may be ahead
   * of disk, so all of it is thrown away and restored from storage before the caller hears of the failure.
   */
  #event<Outcome>(act: (queue: Queue, nowMs: number) => Outcome): Outcome {
    const nowMs = Date.now();
    try {
      const outcome = act(this.#live.queue, nowMs);
      this.#commit(nowMs);
      return outcome;
    } catch (error) {
      this.#log.error("event_failed", error);
      this.#pulse.metrics.invariantViolations.inc({ region: this.#name, invariant: "event_failed" });
      this.#comeBack(nowMs);
      throw error;
    }
  }

  /**
   * Memory as storage has it. If not even that can be had, the object ends: it must not answer from what it holds now.
   */
  #comeBack(nowMs: number): void {
    try {
      this.#live = this.#restore(nowMs);
      this.#background = this.#newBackground();
      this.#wakeInTime(nowMs);
    } catch (error) {
      this.#log.error("restore_failed", error);
      this.ctx.abort("The region could not be restored from its storage.");
    }
  }

  /** Makes the recorded changes durable, and then known. */
  #commit(nowMs: number): void {
    const changes = this.#live.queue.takeChanges();
    if (changes.length > 0) {
      this.#write(changes);
      this.#live.committed(changes, nowMs);
      this.#observer.committed(changes, nowMs);
      this.#sockets.committed(changes, nowMs);
    }
    this.#background.start();
    this.#wakeInTime(nowMs);
  }

  /** One change is one statement, which holds wholly or not at all by itself; a transaction would double its cost. */
  #write(changes: readonly Change[]): void {
    const write = () => this.#store.write(changes, () => this.#live.exportedThroughRev(changes));
    if (changes.length === 1) write();
    else this.ctx.storage.transactionSync(write);
  }

  #restore(nowMs: number): LiveRegion {
    const settings = {
      region: this.#name,
      modes: this.#config.modes,
      locations: this.#config.regions,
      write: (records: readonly MatchRecord[]) => this.#export(records),
    };
    return new LiveRegion(settings, this.#store.load(), nowMs);
  }

  #wakeInTime(nowMs: number): void {
    const wakeMs = Math.min(this.#live.queue.nextWakeMs() ?? Number.POSITIVE_INFINITY, this.#background.nextWakeMs());
    const armed = this.#alarm.wakeBy(wakeMs === Number.POSITIVE_INFINITY ? null : wakeMs, nowMs);
    if (armed !== null) this.ctx.waitUntil(armed);
    this.#pulse.countRows(this.#store.takeRowsWritten() + this.#alarm.takeRowsWritten());
    const pushed = this.#pulse.pushIfDue(this.#live, this.#alarm.armedMs, nowMs);
    if (pushed !== null) this.ctx.waitUntil(pushed);
  }

  #newBackground(): RegionBackground {
    return new RegionBackground({
      region: this.#name,
      live: this.#live,
      results: this.env.RESULTS,
      metrics: this.#pulse.metrics,
      log: this.#log,
      now: () => Date.now(),
      waitUntil: (work) => this.ctx.waitUntil(work),
      ended: () => this.#wakeInTime(Date.now()),
    });
  }

  async #export(records: readonly MatchRecord[]): Promise<void> {
    const rows = await this.#database.export(records);
    this.#pulse.metrics.rowsWritten.inc({ store: "d1" }, rows);
  }
}
