import type { ModeTable } from "../../src/core/mode.ts";
import { Log } from "../../src/log.ts";
import { Metrics } from "../../src/metrics/metrics.ts";
import type { Region } from "../../src/region/region.ts";
import type { ConsumerSettings } from "../../src/results/consume-results.ts";
import { consumeDeadResults, consumeResults } from "../../src/results/consume-results.ts";
import type { ResultListener } from "../../src/results/region-notices.ts";
import { RegionNotices } from "../../src/results/region-notices.ts";
import { InjectedFailure } from "./injected-failure.ts";
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

/** The production consumers on the simulation's platform. */
export function consumerOf({ database, modes, time, random, hostOf }: ConsumeSettings) {
  const metrics = new Metrics();
  const log = new Log("error", { component: "results" });
  return async (messages: readonly Delivered[], isDead: boolean): Promise<void> => {
    const settings: ConsumerSettings = {
      db: database,
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
  const ask = (act: (region: Region) => Promise<void>) =>
    new Promise<void>((resolve, reject) => {
      host.call(act, ({ type }) => {
        if (type === "answered") resolve();
        else reject(new InjectedFailure("the region did not answer"));
      });
    });
  return {
    rated: (outcomes) => ask((region) => region.rated(outcomes)),
    ratingFailed: (failures) => ask((region) => region.ratingFailed(failures)),
  };
}
