import { createHash } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";
import { BoundedMap } from "../bounded-map.ts";
import type { TokenHolder } from "./caller.ts";

const ALGORITHM = "HS256";
const ISSUER = "muster";
const AUDIENCE = "muster";
const ROLE = "player";
/** Verified tokens kept in memory, so that a player's second call costs no signature check. */
const REMEMBERED_TOKENS = 10_000;

export interface TokenSettings {
  readonly secret: string;
  /** Still verifies, never signs: a rotation logs nobody out. */
  readonly previousSecret: string | null;
  readonly ttlSeconds: number;
}

interface TokenKey {
  /** Fingerprint of the secret: says which of the two made a token. */
  readonly kid: string;
  readonly key: CryptoKey;
}

interface VerifiedToken {
  readonly token: string;
  readonly holder: TokenHolder;
}

/** Makes and checks players' tokens: JWTs (RFC 7519), signed with HS256. */
export class PlayerTokens {
  readonly #signing: TokenKey;
  readonly #keys: ReadonlyMap<string, CryptoKey>;
  readonly #ttlSeconds: number;
  readonly #verified = new BoundedMap<string, VerifiedToken>(REMEMBERED_TOKENS);

  private constructor(signing: TokenKey, previous: TokenKey | null, ttlSeconds: number) {
    this.#signing = signing;
    const known = previous === null ? [signing] : [previous, signing];
    this.#keys = new Map(known.map(({ kid, key }) => [kid, key]));
    this.#ttlSeconds = ttlSeconds;
  }

  static async create(settings: TokenSettings): Promise<PlayerTokens> {
    const { secret, previousSecret, ttlSeconds } = settings;
    const previous = previousSecret === null ? null : await importKey(previousSecret);
    return new PlayerTokens(await importKey(secret), previous, ttlSeconds);
  }

  get ttlSeconds(): number {
    return this.#ttlSeconds;
  }

  /** @param notBeforeMs tokens issued before this time are void, so this one says a later time: at most a second later */
  async issue(playerId: string, region: string, nowMs: number, notBeforeMs = 0): Promise<string> {
    const issuedAt = Math.floor(Math.max(nowMs, notBeforeMs) / 1_000);
    return await new SignJWT({ role: ROLE, region })
      .setProtectedHeader({ alg: ALGORITHM, kid: this.#signing.kid, typ: "JWT" })
      .setSubject(playerId)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + this.#ttlSeconds)
      .sign(this.#signing.key);
  }

  /** The holder of a token that was verified before and has not expired; needs no await. */
  remembered(token: string, nowMs: number): TokenHolder | null {
    const verified = this.#verified.get(signatureOf(token));
    // The whole token counts: anybody can put a known signature under other claims.
    if (verified?.token !== token) return null;
    if (verified.holder.expiresAtMs > nowMs) return verified.holder;
    this.#verified.delete(signatureOf(token));
    return null;
  }

  /** @returns null for any token that is not ours, not for here, not signed with a known secret, or expired */
  async verify(token: string, nowMs: number): Promise<TokenHolder | null> {
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => this.#keyOf(kid), {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ["exp", "sub"],
        currentDate: new Date(nowMs),
      });
      const { sub, exp, iat = 0, role, region } = payload;
      if (sub === undefined || exp === undefined || role !== ROLE || typeof region !== "string") return null;
      const holder: TokenHolder = { playerId: sub, region, expiresAtMs: exp * 1_000, issuedAtMs: iat * 1_000 };
      this.#verified.set(signatureOf(token), { token, holder });
      return holder;
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }

  #keyOf(kid: string | undefined): CryptoKey {
    const key = this.#keys.get(kid ?? "");
    if (key === undefined) throw new errors.JWKSNoMatchingKey();
    return key;
  }
}

/** The last part of a token: as good a key as the whole, and a fifth as long. */
function signatureOf(token: string): string {
  return token.slice(token.lastIndexOf(".") + 1);
}

async function importKey(secret: string): Promise<TokenKey> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const bytes = new TextEncoder().encode(secret);
  const key = await crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign", "verify"]);
  const kid = createHash("sha256").update(`muster-kid:${secret}`).digest("hex").slice(0, 16);
  return { kid, key };
}
