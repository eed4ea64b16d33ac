import type { JWSHeaderParameters, RemoteJWKSet } from "jose";
import { createRemoteJWKSet, customFetch, errors } from "jose";
import { z } from "zod";
import { readBounded } from "../../read-bounded.ts";

/** How long the provider may take for its keys, in ms. */
const TIMEOUT_MS = 3_000;
/** After this long the keys are fetched again, in ms: a key that was taken back is refused from then on. */
const FRESH_MS = 600_000;
/** While they cannot be fetched, those known count this long, in ms. */
const MOST_STALE_MS = 24 * 3_600_000;
/** Between two tries, in ms: with keys that still count, and without any. */
const RETRY_WITH_KEYS_MS = 30_000;
const RETRY_WITHOUT_MS = 5_000;
const MOST_BYTES = 131_072;
/** Shorter RSA keys are not safe (RFC 7518, section 3.3). */
const LEAST_RSA_BITS = 2_048;

const KeySetSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/** The provider's keys cannot be had, so nobody can say whether its token is right. */
export class ProviderUnavailable extends Error {
  constructor(cause: unknown) {
    super(`identity provider: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

export type FetchKeys = (url: string, init: RequestInit) => Promise<Response>;

/**
 * The public keys of the game's identity provider.
 *
 * 1. They are fetched when the first token needs one, and then kept.
 * 2. After ten minutes one call fetches them again and the others go on with those there are. If that fails, all do, for
 *    a day at the most; another call tries after thirty seconds.
 * 3. A key id that is not among them makes them be fetched at once, since the provider may have a new one; not more
 *    often than every thirty seconds, so made-up ids cost the provider nothing.
 * 4. A failed fetch is not repeated for five seconds: whoever needs it hears so at once.
 */
export class ProviderKeys {
  readonly #keys: RemoteJWKSet;
  readonly #fetchKeys: FetchKeys;
  readonly #now: () => number;
  #fetchedAtMs = 0;
  #refreshAtMs = 0;
  #failure: { readonly cause: unknown; readonly untilMs: number } | null = null;

  constructor(jwksUrl: string, fetchKeys: FetchKeys, now: () => number) {
    this.#fetchKeys = fetchKeys;
    this.#now = now;
    this.#keys = createRemoteJWKSet(new URL(jwksUrl), {
      timeoutDuration: TIMEOUT_MS,
      cooldownDuration: RETRY_WITH_KEYS_MS,
      // jose forgets its keys when they are old, also while there are no newer ones.
      cacheMaxAge: Number.POSITIVE_INFINITY,
      [customFetch]: (url, init) => this.#fetch(url, init),
    });
  }

  /**
   * @throws {errors.JOSEError} if the provider has no such key, or none that is safe, which is the token's fault
   * @throws {ProviderUnavailable} if nobody can say
   */
  async keyOf(header: JWSHeaderParameters): Promise<CryptoKey> {
    await this.#refresh();
    try {
      // The token itself is not needed to find its key.
      const key = await this.#keys(header, { payload: "", signature: "" });
      if (isTooShort(key)) throw new errors.JOSENotSupported(`RSA keys have ${LEAST_RSA_BITS} bits or more`);
      return key;
    } catch (error) {
      if (isFaultOfToken(error)) throw error;
      throw new ProviderUnavailable(error);
    }
  }

  async #refresh(): Promise<void> {
    const nowMs = this.#now();
    if (this.#keys.jwks() === undefined || nowMs < this.#refreshAtMs) return;
    // Set before the wait, so that nobody else waits.
    this.#refreshAtMs = nowMs + RETRY_WITH_KEYS_MS;
    try {
      await this.#keys.reload();
    } catch (error) {
      if (this.#now() - this.#fetchedAtMs > MOST_STALE_MS) {
        this.#refreshAtMs = nowMs;
        throw new ProviderUnavailable(error);
      }
    }
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    const failure = this.#failure;
    if (failure !== null && this.#now() < failure.untilMs) throw failure.cause;
    try {
      const response = await this.#fetchKeys(url, init);
      if (response.status !== 200) throw new Error(`JWKS_URL answered with status ${response.status}`);
      const text = await readBounded(response, MOST_BYTES);
      if (text === null) throw new Error("the answer of JWKS_URL is too large");
      const keySet = KeySetSchema.parse(JSON.parse(text));
      this.#failure = null;
      this.#fetchedAtMs = this.#now();
      this.#refreshAtMs = this.#fetchedAtMs + FRESH_MS;
      return Response.json(keySet);
    } catch (cause) {
      this.#failure = { cause, untilMs: this.#now() + RETRY_WITHOUT_MS };
      throw cause;
    }
  }
}

/** jose throws an error that is none of its own at such a key, which would pass for a fault of ours. */
function isTooShort({ algorithm }: CryptoKey): boolean {
  return "modulusLength" in algorithm && Number(algorithm.modulusLength) < LEAST_RSA_BITS;
}

function isFaultOfToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}
