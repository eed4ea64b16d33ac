import type { Match } from "../../src/core/match.ts";
import type { Env } from "../../src/env.ts";
import { configOf } from "../../src/env.ts";
import { Log } from "../../src/log.ts";
import { Metrics } from "../../src/metrics/metrics.ts";
import type { RegionRpc } from "../../src/region/rpc.ts";
import { keepAlive } from "../../src/watchdog.ts";
import { askRegion } from "./ask-region.ts";
import { ComplaintsChecker } from "./checkers/check-complaints.ts";
import { Checkers } from "./checkers/checkers.ts";
import { compareMemory, compareStorage } from "./checkers/compare-with-storage.ts";
import { Violations } from "./checkers/violations.ts";
import { consumerOf } from "./consume.ts";
import { DurableState } from "./durable-state.ts";
import type { Climate } from "./faults.ts";
import { Faults } from "./faults.ts";
import { HistoryDigest } from "./history-digest.ts";
import { InjectedFailure } from "./injected-failure.ts";
import type { Plant } from "./plants.ts";
import { installGlobals, settled } from "./platform/globals.ts";
import type { Life } from "./platform/life.ts";
import { currentLife } from "./platform/life.ts";
import { ObjectStorage } from "./platform/object-storage.ts";
import { RegionHost } from "./platform/region-host.ts";
import { ResultsQueue } from "./platform/results-queue.ts";
import { SimulatedD1 } from "./platform/simulated-d1.ts";
import { VirtualTime } from "./platform/virtual-time.ts";
import { releasesOf } from "./releases.ts";
import { StepRandom } from "./step-random.ts";
import { Tally } from "./tally.ts";
import { watchProduction } from "./watch-production.ts";

export const REGIONS = ["EUW", "NA"] as const;
const PLAYERS_PER_REGION = 20;
const START_MS = Date.UTC(2026, 10, 1);
const WATCHDOG_MS = 300_000;

/** One region with what is known of it from outside. */
export interface RegionSeat {
  readonly host: RegionHost;
  readonly durable: DurableState;
  readonly playerIds: readonly string[];
}

export interface WorldSettings {
  readonly seed: number;
  /** Null: none. */
  readonly plant: Plant | null;
  readonly climate: Climate;
}

/** Everything there is in one run: two regions, D1, the queue with its consumers, and those who watch. */
export class World {
  readonly time = new VirtualTime(START_MS);
  readonly tally = new Tally();
  readonly violations: Violations;
  readonly digest = new HistoryDigest();
  /** For what the platform does. */
  readonly random: StepRandom;
  /** For what somebody decides to do. */
  readonly choice: StepRandom;
  readonly faults: Faults;
  readonly d1: SimulatedD1;
  readonly queue: ResultsQueue;
  readonly seats: readonly RegionSeat[];
  readonly checkers: Checkers;
  readonly modes: ReturnType<typeof configOf>["modes"];
  readonly #details: string[] = [];
  readonly #undoPlant: () => void;
  readonly #metrics = new Metrics();
  readonly #log = new Log("error");

  constructor({ seed, plant, climate }: WorldSettings) {
    this.violations = new Violations(plant?.isLedgerMute === true ? ["ledger"] : []);
    this.random = new StepRandom(seed);
    this.choice = new StepRandom(seed);
    this.faults = new Faults(this.random, new StepRandom(seed), this.tally, () => this.time.nowMs, climate);
    installGlobals(this.time, this.random);
    const complaints = new ComplaintsChecker({
      violations: this.violations,
      mayBeSilent: (service) => this.faults.mayBeSilent(service),
      counted: (what) => this.tally.count(what),
    });
    watchProduction((event, error) => complaints.complained(event, error, currentLife()?.isDead === true));
    this.#undoPlant = plant?.production?.() ?? (() => {});
    const { time, random, faults } = this;
    this.d1 = new SimulatedD1({
      ...plant?.d1,
      time,
      fate: () => faults.fateOf("d1", 15),
      executed: (statements) => this.checkers.ratedOnce.executed(statements),
    });
    const bindings = this.#bindings();
    const { whole } = releasesOf(bindings, REGIONS, REGIONS[0]);
    this.modes = configOf(whole).modes;
    this.queue = new ResultsQueue({
      time,
      random,
      faults,
      tally: this.tally,
      consume: consumerOf({
        database: this.database,
        modes: this.modes,
        time,
        random,
        hostOf: (name) => this.#seatOf(name)?.host ?? null,
      }),
      consumerFailed: (error) => this.#broke("a consumer failed", error),
    });
    this.checkers = new Checkers({
      violations: this.violations,
      modes: this.modes,
      digest: this.digest,
      read: (query, ...bindings) => this.d1.read(query, ...bindings),
      resultOf: (matchId) => this.#seatOf(matchId.slice(matchId.indexOf("-") + 1))?.durable.results.get(matchId),
      rated: () => this.tally.count("matches rated"),
    });
    this.seats = REGIONS.map((name) => this.#newSeat(name, bindings, plant));
    this.#watch(whole);
  }

  /** D1 as the production code sees it. */
  get database(): D1Database {
    return this.d1 as unknown as D1Database;
  }

  /** For whoever reads what happened: to whom, and with what. */
  mention(detail: string): void {
    this.#details.push(detail);
  }

  /** What was mentioned since the last call. */
  takeDetails(): readonly string[] {
    return this.#details.splice(0);
  }

  /** Lets time pass, one thing after the other. */
  async advance(byMs: number): Promise<void> {
    const untilMs = this.time.nowMs + byMs;
    for (let next = this.time.takeNext(untilMs); next !== null; next = this.time.takeNext(untilMs)) {
      next.act();
      await this.settle();
    }
  }

  /** Lets everything go on that can, and buries who has ended by it. */
  async settle(): Promise<void> {
    await settled();
    for (const { host } of this.seats) host.bury();
  }

  /** Compares all there is with all that was promised, as far as nothing is on its way. */
  checkAll(): void {
    for (const { host, durable } of this.seats) {
      if (host.storage.hasUnflushed) continue;
      compareStorage(host.storage, durable, this.violations);
      this.#checkMemory(host.life, durable);
    }
    this.checkers.ratedOnce.checkAll();
  }

  /** Gives back what a run takes of the process. */
  close(): void {
    this.#undoPlant();
    this.d1.close();
    for (const { host } of this.seats) host.storage.close();
  }

  #seatOf(region: string): RegionSeat | undefined {
    return this.seats.find(({ host }) => host.name === region);
  }

  #newSeat(name: string, bindings: object, plant: Plant | null): RegionSeat {
    const durable = new DurableState(name);
    const { time, random, faults, tally } = this;
    const storage: ObjectStorage = new ObjectStorage({
      ...plant?.storage,
      time,
      flushMs: () => random.between(0, 15),
      mayFail: () => faults.storage(),
      durable: (commit) => {
        for (const change of commit) tally.count(nameOf(change));
        this.checkers.durable(commit, durable);
      },
      alarmChanged: () => host.alarm.changed(),
    });
    const host: RegionHost = new RegionHost({
      name,
      releases: releasesOf(bindings, REGIONS, name),
      time,
      random,
      faults,
      tally,
      storage,
      told: (playerId, frame) => {
        tally.count("frames told");
        this.checkers.told(playerId, frame, durable);
      },
      waking: () => {
        if (!storage.hasUnflushed) compareStorage(storage, durable, this.violations);
      },
      woken: (life) => {
        if (!storage.hasUnflushed) this.#checkMemory(life, durable);
      },
      broke: (what, error) => this.#broke(what, error),
    });
    const playerIds = Array.from({ length: PLAYERS_PER_REGION }, (_, index) => `${name.toLowerCase()}-${index}`);
    for (const playerId of playerIds) this.#register(playerId, name);
    return { host, durable, playerIds };
  }

  /** As a registration does. */
  #register(playerId: string, region: string): void {
    const { name, rating } = this.modes.defaultMode;
    this.d1.write("INSERT INTO players VALUES (?, ?, ?, ?)", playerId, playerId, region, START_MS);
    this.d1.write(
      "INSERT INTO ratings VALUES (?, ?, ?, ?, ?, 0, 0, 0, NULL)",
      playerId,
      name,
      rating.mu,
      rating.sigma,
      rating.mu - 3 * rating.sigma,
    );
  }

  #checkMemory(life: Life | null, durable: DurableState): void {
    if (life?.queue === null || life?.queue === undefined) return;
    compareMemory(
      life.queue,
      durable,
      this.seats.flatMap(({ playerIds }) => playerIds),
      this.violations,
    );
  }

  /** The cron that wakes every region, also one whose alarm was lost. */
  #watch(env: Env): void {
    this.time.after(WATCHDOG_MS, () => {
      const lost = this.seats.filter(({ host }) => host.storage.alarmMs === null);
      const work = keepAlive(env, { cron: "*/5 * * * *", scheduledTime: this.time.nowMs }, this.#metrics, this.#log);
      work.then(
        () => {
          const again = lost.filter(({ host }) => host.storage.alarmMs !== null);
          if (again.length > 0) this.tally.count("alarm set by the watchdog", again.length);
        },
        (error: unknown) => this.#broke("the watchdog failed", error),
      );
      this.#watch(env);
    });
  }

  #broke(what: string, error: unknown): void {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.violations.expect(false, "no errors", () => `${what}: ${detail}`);
  }

  /** What the watchdog asks of a region. */
  #stubOf(name: string): Pick<RegionRpc, "wake"> {
    const host = this.#seatOf(name)?.host;
    if (host === undefined) throw new Error(`no region ${name}`);
    return { wake: () => askRegion(host, (region) => region.wake()) };
  }

  #bindings(): object {
    const { time, faults } = this;
    const push = () =>
      new Promise<void>((resolve, reject) => {
        const { fate, thereMs } = faults.fateOf("hub", 10);
        if (fate === "lost" || fate === "silent") return;
        time.after(thereMs, () => (fate === "fine" ? resolve() : reject(new InjectedFailure("no hub"))));
      });
    return {
      DB: this.database,
      RESULTS: { sendBatch: (batch: Parameters<ResultsQueue["sendBatch"]>[0]) => this.queue.sendBatch(batch) },
      REGION: { getByName: (name: string) => this.#stubOf(name) },
      METRICS_HUB: { getByName: () => ({ push }) },
    };
  }
}

/** What a change is about, in a few words. */
function nameOf(change: {
  readonly type: string;
  readonly event?: string;
  readonly ending?: string;
  readonly outcome?: string;
  readonly match?: Pick<Match, "failure">;
}) {
  const what = change.event ?? change.ending ?? change.outcome;
  const failure = change.event === "rating_failed" ? `: ${change.match?.failure}` : "";
  return what === undefined ? change.type : `${change.type} ${what}${failure}`;
}
