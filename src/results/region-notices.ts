import type { Log } from "../log.ts";
import type { RatedOutcome, RatingFailure, RegionRpc } from "../region/rpc.ts";
import { withTimeout } from "../with-timeout.ts";

/** A region that hangs must not hold the batch: it asks again by itself for what it did not hear. */
const TIMEOUT_MS = 10_000;

/** The part of a region that hears of results. */
export type ResultListener = Pick<RegionRpc, "rated" | "ratingFailed">;

interface Notices {
  readonly rated: RatedOutcome[];
  readonly failures: RatingFailure[];
}

/** What the regions are to be told at the end of a batch: one call each and kind, not one a match. */
export class RegionNotices {
  readonly #regionOf: (name: string) => ResultListener | null;
  readonly #log: Log;
  readonly #timeoutMs: number;
  #byRegion = new Map<string, Notices>();

  /** @param regionOf null for a name that is not configured: no object may be addressed by a made-up name */
  constructor(regionOf: (name: string) => ResultListener | null, log: Log, timeoutMs = TIMEOUT_MS) {
    this.#regionOf = regionOf;
    this.#log = log;
    this.#timeoutMs = timeoutMs;
  }

  rated(region: string, outcome: RatedOutcome): void {
    this.#of(region).rated.push(outcome);
  }

  failed(region: string, matchId: string, reason: string): void {
    this.#of(region).failures.push({ matchId, reason });
  }

  /** Tells all regions side by side. Says which could not be reached. */
  async send(): Promise<ReadonlySet<string>> {
    const unreached = new Set<string>();
    const notices = this.#byRegion;
    this.#byRegion = new Map();
    await Promise.all(
      [...notices].map(async ([name, { rated, failures }]) => {
        const region = this.#regionOf(name);
        if (region === null) {
          this.#log.warn("notice_for_unknown_region", { region: name });
          return;
        }
        try {
          if (rated.length > 0) await withTimeout(region.rated(rated), this.#timeoutMs, "The object");
          if (failures.length > 0) await withTimeout(region.ratingFailed(failures), this.#timeoutMs, "The object");
        } catch (error) {
          unreached.add(name);
          this.#log.error("region_unreached", error, { region: name });
        }
      }),
    );
    return unreached;
  }

  #of(region: string): Notices {
    const notices = this.#byRegion.get(region) ?? { rated: [], failures: [] };
    this.#byRegion.set(region, notices);
    return notices;
  }
}
