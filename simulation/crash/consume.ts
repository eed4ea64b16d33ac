import type { ModeTable } from "../../src/core/mode.ts";
import { DatabaseHealth, guardDatabase } from "../../src/db/guarded-database.ts";
import { Log } from "../../src/log.ts";
import { Metrics } from "../../src/metrics/metrics.ts";
import type { ConsumerSettings } from "../../src/results/consume-results.ts";
import { consumeDeadResults, consumeResults } from "../../src/results/consume-results.ts";
import type { ResultListener } from "../../src/results/region-notices.ts";
import { RegionNotices } from "../../src/results/region-notices.ts";
import { askRegion } from "./ask-region.ts";
import type { RegionHost } from "./platform/region-host.ts";
import type { Delivered } from "./platform/results-queue.ts";
import type { VirtualTime } from "./platform/virtual-time.ts";
import type { StepRandom } from "./step-random.ts";

export interface ConsumeSettings {
  readonly database: D1Database;
  readonly modes: ModeTable;
  readonly time: VirtualTime;
  readonly random: StepRandom;
  readonly hostOf: (region: string) => RegionHost | null;
}

/** As in the composition root. */
const LIMITS = { readMs: 20_000, writeMs: 20_000 };

/** The production consumers on the simulation's platform. */
export function consumerOf({ database, modes, time, random, hostOf }: ConsumeSettings) {
  const metrics = new Metrics();
  const log = new Log("error", { component: "results" });
  const health = new DatabaseHealth();
  return async (messages: readonly Delivered[], isDead: boolean): Promise<void> => {
    const settings: ConsumerSettings = {
      db: guardDatabase(database, health, LIMITS, () => time.nowMs),
      modes,
      notices: new RegionNotices((name) => listenerOf(hostOf(name)), log),
      metrics,
      log,
      now: () => time.nowMs,
      random: () => random.fraction(),
    };
    const batch = { queue: "match-results", messages } as unknown as MessageBatch;
    await (isDead ? consumeDeadResults(batch, settings) : consumeResults(batch, settings));
  };
}

function listenerOf(host: RegionHost | null): ResultListener | null {
  if (host === null) return null;
  return {
    rated: (outcomes) => askRegion(host, (region) => region.rated(outcomes)),
    ratingFailed: (failures) => askRegion(host, (region) => region.ratingFailed(failures)),
  };
}
