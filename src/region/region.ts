import { DurableObject } from "cloudflare:workers";
import type { AssignRefusal } from "../core/assignment.ts";
import type { Backfill } from "../core/backfill.ts";
import type { BackfillAsk, BackfillRefusal, BackfillStanding, CancelBackfillRefusal } from "../core/backfill-calls.ts";
import type { Connection } from "../core/connection.ts";
import type { CoolDown } from "../core/cool-downs.ts";
import { LIMITS } from "../core/limits.ts";
import type { Match, Report } from "../core/match.ts";
import type { Party, PartyMember } from "../core/party.ts";
import type { DisbandPartyRefusal, JoinPartyRefusal, UnknownParty } from "../core/party-calls.ts";
import type { CancelRefusal, Redriven, RedriveRefusal, ReportRefusal } from "../core/queue-calls.ts";
import type { Answer, AnswerRefusal } from "../core/ready-check-calls.ts";
import type { Result } from "../core/result.ts";
import { accept } from "../core/result.ts";
import type { Revocation } from "../core/revocations.ts";
import type { Env } from "../env.ts";
import { configOf } from "../env.ts";
import { Log } from "../log.ts";
import { Entrance } from "./entrance.ts";
import { LoadGuard } from "./load-guard.ts";
import { Profiles } from "./profiles.ts";
import type { QueueAccess } from "./queue-access.ts";
import { RegionAlarm } from "./region-alarm.ts";
import { RegionDatabase } from "./region-database.ts";
import { RegionEvents } from "./region-events.ts";
import { RegionObserver } from "./region-observer.ts";
import { RegionPulse } from "./region-pulse.ts";
import type {
  CreateCallRefusal,
  EnqueueCall,
  EnqueueCallRefusal,
  EnqueuePartyCall,
  ProfileRefusal,
  RatedOutcome,
  RatingFailure,
  RegionRpc,
  Standing,
  TicketReceipt,
} from "./rpc.ts";
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
  readonly #profiles: Profiles;
  readonly #guard: LoadGuard;
  readonly #entrance: Entrance;
  readonly #alarm: RegionAlarm;
  readonly #pulse: RegionPulse;
  readonly #events: RegionEvents;
  readonly #sockets: Sockets;
  readonly #log: Log;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const config = configOf(env);
    const { modes } = config;
    const store = new RegionStore(ctx.storage.sql);
    const region = store.learnName(ctx.id.name);
    const isClosed = !config.regions.includes(region);
    const log = new Log(config.logLevel, { region });
    const database = new RegionDatabase(env.DB, [...modes.byName.keys()]);
    this.#log = log;
    this.#alarm = new RegionAlarm(ctx.storage);
    this.#pulse = new RegionPulse({ region, modes, env, log });
    const { metrics } = this.#pulse;
    const setupRows = store.takeRowsWritten();
    if (setupRows > 0) metrics.rowsWritten.inc({ store: "setup" }, setupRows);
    this.#events = new RegionEvents({
      region,
      config,
      env,
      platform: ctx,
      log,
      store,
      database,
      alarm: this.#alarm,
      observer: new RegionObserver(region, modes, metrics, log),
      pulse: this.#pulse,
      committed: (changes, nowMs) => this.#sockets.committed(changes, nowMs),
    });
    this.#profiles = new Profiles((playerIds) => database.readProfiles(playerIds), LIMITS.warmProfiles);
    const access: QueueAccess = {
      region,
      log,
      now: () => Date.now(),
      queue: () => this.#events.queue,
      event: (act) => this.#events.run(act),
    };
    this.#guard = new LoadGuard({ ...access, metrics, random: () => Math.random() });
    this.#entrance = new Entrance({ ...access, modes, profiles: this.#profiles, guard: this.#guard });
    this.#sockets = new Sockets({
      ...access,
      platform: ctx,
      metrics,
      notBeforeMs: this.#events.latestKnownMs,
      entrance: this.#entrance,
      guard: this.#guard,
      isClosed,
      readLastMatches: (playerIds, sinceMs) => database.readLastMatches(playerIds, sinceMs),
      settle: () => this.#events.settle(),
    });
    ctx.blockConcurrencyWhile(async () => {
      await this.#alarm.refresh();
      this.#events.commit(Date.now());
      if (isClosed) this.#sockets.closeAll();
    });
  }

  async enqueue(call: EnqueueCall): Promise<Result<TicketReceipt, EnqueueCallRefusal>> {
    return this.#entrance.enqueue(call);
  }

  async enqueueParty(call: EnqueuePartyCall): Promise<Result<TicketReceipt, EnqueueCallRefusal>> {
    return this.#entrance.enqueueParty(call);
  }

  async createParty(member: PartyMember): Promise<Result<Party, CreateCallRefusal>> {
    return this.#entrance.createParty(member);
  }

  async joinParty(code: string, member: PartyMember): Promise<Result<Party, JoinPartyRefusal | ProfileRefusal>> {
    return this.#entrance.joinParty(code, member);
  }

  async leaveParty(code: string, playerId: string): Promise<Result<Party | null, UnknownParty>> {
    return this.#events.run((queue, nowMs) => queue.parties.leave(code, playerId, nowMs));
  }

  async disbandParty(code: string, playerId: string | null): Promise<Result<Party, DisbandPartyRefusal>> {
    return this.#events.run((queue, nowMs) => queue.parties.disband(code, playerId, nowMs));
  }

  async party(code: string): Promise<Party | null> {
    return this.#events.queue.parties.find(code, Date.now()) ?? null;
  }

  async stateOf(playerId: string, isSystem = false): Promise<Standing> {
    const nowMs = Date.now();
    if (this.#events.queue.leases.seen(playerId, nowMs, isSystem)) this.#events.settle();
    return standingOf(this.#events.queue, playerId, nowMs);
  }

  async cancel(playerId: string, isSystem = false): Promise<Result<TicketReceipt, CancelRefusal>> {
    return receiptOf(this.#events.run((queue, nowMs) => queue.cancel(playerId, nowMs, isSystem ? null : playerId)));
  }

  async accept(answer: Answer): Promise<Result<null, AnswerRefusal>> {
    return this.#events.run((queue, nowMs) => queue.accept(answer, nowMs));
  }

  async decline(answer: Answer): Promise<Result<CoolDown | null, AnswerRefusal>> {
    const outcome = this.#events.run((queue, nowMs) => queue.decline(answer, nowMs));
    return outcome.ok ? accept(this.#events.queue.coolDownOf(answer.playerId, Date.now())) : outcome;
  }

  async match(matchId: string): Promise<Match | null> {
    return this.#events.queue.publicMatch(matchId);
  }

  async askBackfill(matchId: string, ask: BackfillAsk): Promise<Result<Backfill, BackfillRefusal>> {
    return this.#events.run((queue, nowMs) => queue.backfills.ask(matchId, ask, nowMs));
  }

  async cancelBackfill(matchId: string): Promise<Result<Backfill, CancelBackfillRefusal>> {
    return this.#events.run((queue) => queue.backfills.cancel(matchId));
  }

  async backfillOf(matchId: string): Promise<BackfillStanding | null> {
    return this.#events.queue.backfills.standingOf(matchId);
  }

  async report(matchId: string, report: Report): Promise<Result<Match, ReportRefusal>> {
    return this.#events.run((queue, nowMs) => queue.report(matchId, report, nowMs));
  }

  async assign(matchId: string, connection: Connection): Promise<Result<null, AssignRefusal>> {
    return this.#events.run((queue, nowMs) => queue.assignments.assign(matchId, connection, nowMs));
  }

  async rated(outcomes: readonly RatedOutcome[]): Promise<void> {
    for (const { mode, ratings } of outcomes) this.#profiles.apply(mode, ratings);
    this.#events.run((queue, nowMs) => {
      for (const { matchId, ratings } of outcomes) queue.rated(matchId, ratings, nowMs);
    });
  }

  async ratingFailed(failures: readonly RatingFailure[]): Promise<void> {
    this.#events.run((queue, nowMs) => {
      for (const { matchId, reason } of failures) queue.ratingFailed(matchId, reason, nowMs);
    });
  }

  async failedMatches(): Promise<readonly Match[]> {
    return this.#events.queue.matches.withStatus("rating_failed");
  }

  async redrive(matchId: string): Promise<Result<Match, RedriveRefusal>> {
    return this.#events.run((queue, nowMs) => queue.redrive(matchId, nowMs));
  }

  async redriveAll(failure: string | null): Promise<Redriven> {
    return this.#events.run((queue, nowMs) => queue.redriveAll(failure, LIMITS.redrivenPerCall, nowMs));
  }

  async revoke(revocation: Revocation): Promise<void> {
    this.#events.run((queue, nowMs) => queue.revocations.put(revocation, nowMs));
  }

  async wake(): Promise<void> {
    await this.#alarm.refresh();
    this.#sockets.sweep();
    this.#events.run(() => {});
    if (this.#alarm.takeLoss()) this.#pulse.alarmRearmed();
  }

  /** The Worker brings a player's socket: an upgrade cannot cross an RPC call. */
  override async fetch(request: Request): Promise<Response> {
    return this.#sockets.connect(request);
  }

  override async webSocketMessage(socket: WebSocket, frame: string | ArrayBuffer): Promise<void> {
    await this.#sockets.received(socket, frame);
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    // The platform does not answer a goodbye: the client would wait for it until the region falls asleep, and read 1006.
    // Before the loss is noticed, so that the socket is not taken for an open one.
    socket.close(1000);
    this.#sockets.closed(socket, code);
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
      this.#guard.ticked(startedMs - scheduledMs);
      const matchesFormed = this.#events.run((queue, nowMs) => queue.tick(nowMs));
      // The clock stands still while code computes; the flush is what moves it, so this is the whole tick's time.
      await this.ctx.storage.sync();
      this.#pulse.ticked({ scheduledMs, startedMs, endedMs: Date.now(), matchesFormed });
    } catch (error) {
      this.#log.error("tick_failed", error);
      await this.ctx.storage.setAlarm(startedMs + RETRY_TICK_AFTER_MS);
      await this.#alarm.refresh();
    }
  }
}
