import { LIMITS } from "../core/limits.ts";
import type { PlayerRating, SequencedRating } from "../core/rating/player-rating.ts";
import type { RegionProfile } from "../db/region-profiles.ts";
import { GatheredReads } from "./gathered-reads.ts";

type Load = (playerIds: readonly string[]) => Promise<readonly RegionProfile[]>;

/**
 * The region's bounded memory of profiles, least recently used out first.
 *
 * A rating never goes back to a lower sequence number, in whatever order reads and updates arrive.
 */
export class Profiles {
  readonly #load: Load;
  readonly #limit: number;
  readonly #warm = new Map<string, RegionProfile>();
  readonly #reads = new GatheredReads((playerIds) => this.#read(playerIds), Number.POSITIVE_INFINITY);
  /** Ratings that came while a player's profile was being read, and may be newer than what is read. */
  readonly #arrived = new Map<string, [mode: string, rating: PlayerRating][]>();

  constructor(load: Load, limit: number) {
    this.#load = load;
    this.#limit = limit;
  }

  warm(playerId: string): RegionProfile | undefined {
    const profile = this.#warm.get(playerId);
    if (profile !== undefined) this.#keep(profile);
    return profile;
  }

  /** Whether more profiles can be read now: while D1 hangs, calls must not pile up without an end. */
  canRead(): boolean {
    return this.#reads.waitingCount < LIMITS.playersBeingRead;
  }

  /** From memory or from D1; null if there is no such player. @throws when D1 fails */
  async find(playerId: string): Promise<RegionProfile | null> {
    const [profile = null] = await this.findAll([playerId]);
    return profile;
  }

  /** The same for several, in their order, with one read for those that are not in memory. @throws when D1 fails */
  async findAll(playerIds: readonly string[]): Promise<(RegionProfile | null)[]> {
    const warm = playerIds.map((playerId) => this.warm(playerId));
    const cold = playerIds.filter((_, index) => warm[index] === undefined);
    for (const playerId of cold) if (!this.#arrived.has(playerId)) this.#arrived.set(playerId, []);
    const read = await this.#reads.findAll(cold);
    return warm.map((profile) => profile ?? read.shift() ?? null);
  }

  /** New ratings from a result. Players whom nobody asked for lately are not kept. */
  apply(mode: string, ratings: readonly PlayerRating[]): void {
    for (const rating of ratings) {
      const warm = this.#warm.get(rating.playerId);
      if (warm !== undefined) this.#warm.set(rating.playerId, withRating(warm, mode, rating));
      this.#arrived.get(rating.playerId)?.push([mode, rating]);
    }
  }

  async #read(playerIds: readonly string[]): Promise<ReadonlyMap<string, RegionProfile>> {
    try {
      const profiles = await this.#load(playerIds);
      return new Map(profiles.map((profile) => [profile.playerId, this.#kept(profile)]));
    } finally {
      for (const playerId of playerIds) this.#arrived.delete(playerId);
    }
  }

  #kept(stored: RegionProfile): RegionProfile {
    let profile = stored;
    for (const [mode, rating] of this.#arrived.get(stored.playerId) ?? []) profile = withRating(profile, mode, rating);
    this.#keep(profile);
    return profile;
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
