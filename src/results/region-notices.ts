import type { Log } from "../log.ts";
import type { RatedOutcome, RatingFailure, RegionRpc } from "../region/rpc.ts";

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
  #byRegion = new Map<string, Notices>();

  /** @param regionOf null for a name that is not configured: no object may be addressed by a made-up name */
  constructor(regionOf: (name: string) => ResultListener | null, log: Log) {
    this.#regionOf = regionOf;
    this.#log = log;
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
          if (rated.length > 0) await region.rated(rated);
          if (failures.length > 0) await region.ratingFailed(failures);
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
