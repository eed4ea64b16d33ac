import type { PlayerRating, SequencedRating } from "../core/rating/player-rating.ts";
import type { RegionProfile } from "../db/region-profiles.ts";

type Load = (playerIds: readonly string[]) => Promise<readonly RegionProfile[]>;

interface Waiting {
  readonly promise: Promise<RegionProfile | null>;
  readonly settle: (profile: RegionProfile | null) => void;
  readonly fail: (error: unknown) => void;
  /** Ratings that arrived while the profile was being read and may be newer than what is read. */
  readonly arrived: [mode: string, rating: PlayerRating][];
}

/**
 * The region's bounded memory of profiles, least recently used out first.
 *
 * A rating never goes back to a lower sequence number, in whatever order reads and updates arrive. Reads are gathered:
 * while one is under way, further players wait for the next, so a cold region asks D1 a few times, not once a player.
 */
export class Profiles {
  readonly #load: Load;
  readonly #limit: number;
  readonly #warm = new Map<string, RegionProfile>();
  readonly #waiting = new Map<string, Waiting>();
  #isLoading = false;

  constructor(load: Load, limit: number) {
    this.#load = load;
    this.#limit = limit;
  }

  warm(playerId: string): RegionProfile | undefined {
    const profile = this.#warm.get(playerId);
    if (profile !== undefined) this.#keep(profile);
    return profile;
  }

  /** From memory or from D1; null if there is no such player. @throws when D1 fails */
  async find(playerId: string): Promise<RegionProfile | null> {
    const [profile = null] = await this.findAll([playerId]);
    return profile;
  }

  /** The same for several, in their order, with one read for those that are not in memory. @throws when D1 fails */
  async findAll(playerIds: readonly string[]): Promise<(RegionProfile | null)[]> {
    const found = playerIds.map((playerId) => this.warm(playerId) ?? this.#wait(playerId));
    if (!this.#isLoading && this.#waiting.size > 0) void this.#loadWaiting();
    return Promise.all(found);
  }

  /** New ratings from a result. Players whom nobody asked for lately are not kept. */
  apply(mode: string, ratings: readonly PlayerRating[]): void {
    for (const rating of ratings) {
      const warm = this.#warm.get(rating.playerId);
      if (warm !== undefined) this.#warm.set(rating.playerId, withRating(warm, mode, rating));
      this.#waiting.get(rating.playerId)?.arrived.push([mode, rating]);
    }
  }

  /** Puts a player on the list for the next read, unless one is under way for them. */
  #wait(playerId: string): Promise<RegionProfile | null> {
    const known = this.#waiting.get(playerId);
    if (known !== undefined) return known.promise;
    const { promise, resolve, reject } = Promise.withResolvers<RegionProfile | null>();
    this.#waiting.set(playerId, { promise, settle: resolve, fail: reject, arrived: [] });
    return promise;
  }

  /** Reads until nobody waits. Never fails: each failure goes to those who waited for that read. */
  async #loadWaiting(): Promise<void> {
    this.#isLoading = true;
    for (let batch = [...this.#waiting]; batch.length > 0; batch = [...this.#waiting]) await this.#loadBatch(batch);
    this.#isLoading = false;
  }

  async #loadBatch(batch: readonly [string, Waiting][]): Promise<void> {
    try {
      const profiles = await this.#load(batch.map(([playerId]) => playerId));
      const byId = new Map(profiles.map((profile) => [profile.playerId, profile]));
      for (const [playerId, waiting] of batch) {
        let profile = byId.get(playerId) ?? null;
        if (profile !== null) {
          for (const [mode, rating] of waiting.arrived) profile = withRating(profile, mode, rating);
          this.#keep(profile);
        }
        this.#waiting.delete(playerId);
        waiting.settle(profile);
      }
    } catch (error) {
      for (const [playerId, waiting] of batch) {
        this.#waiting.delete(playerId);
        waiting.fail(error);
      }
    }
  }

  #keep(profile: RegionProfile): void {
    this.#warm.delete(profile.playerId);
    this.#warm.set(profile.playerId, profile);
    if (this.#warm.size <= this.#limit) return;
    const [oldest] = this.#warm.keys();
    if (oldest !== undefined) this.#warm.delete(oldest);
  }
}

function withRating(profile: RegionProfile, mode: string, rating: SequencedRating): RegionProfile {
  if ((profile.ratings.get(mode)?.seq ?? -1) >= rating.seq) return profile;
  const { mu, sigma, seq } = rating;
  return { ...profile, ratings: new Map(profile.ratings).set(mode, { mu, sigma, seq }) };
}
