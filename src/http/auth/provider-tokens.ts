import { createHash } from "node:crypto";
import { decodeJwt, errors, jwtVerify } from "jose";
import type { IdentityProviderConfig } from "../../identity-provider.ts";
import { BoundedMap } from "../bounded-map.ts";
import type { Identity } from "./caller.ts";
import type { FetchKeys } from "./provider-keys.ts";
import { ProviderKeys } from "./provider-keys.ts";

/**
 * Asymmetric only: with HS256 whoever has the public key could sign, and `none` needs no key at all. A fixed list, so
 * that the token's own `alg` decides nothing.
 */
const ALGORITHMS = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
  ...["ES256", "ES384", "ES512", "EdDSA", "Ed25519"],
];
/** By how much the provider's clock and ours may differ, in seconds. */
const CLOCK_TOLERANCE_S = 5;
/** Longer tokens are not even looked at. */
const MOST_CHARACTERS = 8_192;
/** A verified token is believed for so long without another look, in ms: its key may be taken back meanwhile. */
const BELIEVED_MS = 600_000;
const REMEMBERED_TOKENS = 10_000;
const REMEMBERED_PLAYERS = 50_000;
const LONGEST_SUBJECT = 255;

/** The player that an identity is here, and the home region as last heard: a hint. */
export interface KnownPlayer {
  readonly playerId: string;
  readonly region: string;
}

interface VerifiedToken {
  readonly identity: Identity;
  readonly believedUntilMs: number;
}

/** Checks the tokens of the game's identity provider, and remembers who is which player here. */
export class ProviderTokens {
  readonly #provider: IdentityProviderConfig;
  readonly #keys: ProviderKeys;
  /** By digest: the tokens themselves may be long. */
  readonly #verified = new BoundedMap<string, VerifiedToken>(REMEMBERED_TOKENS);
  /** By subject: there is one issuer. */
  readonly #players = new BoundedMap<string, KnownPlayer>(REMEMBERED_PLAYERS);

  constructor(
    provider: IdentityProviderConfig,
    fetchKeys: FetchKeys = (url, init) => fetch(url, init),
    now: () => number = Date.now,
  ) {
    this.#provider = provider;
    this.#keys = new ProviderKeys(provider.jwksUrl, fetchKeys, now);
  }

  /** Whether a token says that it is the provider's. Nothing is believed yet: it only chooses who verifies. */
  isTheirs(token: string): boolean {
    if (token.length > MOST_CHARACTERS) return false;
    try {
      return decodeJwt(token).iss === this.#provider.issuer;
    } catch (error) {
      if (error instanceof errors.JOSEError) return false;
      throw error;
    }
  }

  /**
   * @returns null for any token that is not theirs, not for here, not signed with one of their keys, or expired
   * @throws {ProviderUnavailable} if their keys are needed and cannot be had
   */
  async verify(token: string, nowMs: number): Promise<Identity | null> {
    const digest = createHash("sha256").update(token).digest("base64url");
    const known = this.#verified.get(digest);
    if (known !== undefined && nowMs < Math.min(known.believedUntilMs, known.identity.expiresAtMs))
      return known.identity;
    this.#verified.delete(digest);
    try {
      const { payload } = await jwtVerify(token, (header) => this.#keys.keyOf(header), {
        algorithms: ALGORITHMS,
        issuer: this.#provider.issuer,
        audience: this.#provider.audience,
        requiredClaims: ["exp", "iat", "sub"],
        clockTolerance: CLOCK_TOLERANCE_S,
        currentDate: new Date(nowMs),
      });
      const identity = this.#identityOf(payload, nowMs);
      if (identity !== null) this.#verified.set(digest, { identity, believedUntilMs: nowMs + BELIEVED_MS });
      return identity;
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }

  /** The identity's player, if this isolate has heard of them: without a look into D1. */
  playerOf({ subject }: Identity): KnownPlayer | undefined {
    return this.#players.get(subject);
  }

  /** An identity has the same player for ever, so what is remembered never becomes wrong; the region may. */
  rememberPlayer({ subject }: Identity, player: KnownPlayer): void {
    this.#players.set(subject, player);
  }

  /** What a token says is what its provider signed, but its provider may have written anything. */
  #identityOf({ sub, exp, iat }: { sub?: unknown; exp?: unknown; iat?: unknown }, nowMs: number): Identity | null {
    if (typeof sub !== "string" || sub === "" || sub.length > LONGEST_SUBJECT || !sub.isWellFormed()) return null;
    if (!isTime(exp) || !isTime(iat)) return null;
    // Tokens are taken back by when they were issued: one of a later time would never be.
    if (iat * 1_000 > nowMs + CLOCK_TOLERANCE_S * 1_000) return null;
    const expiresAtMs = (exp + CLOCK_TOLERANCE_S) * 1_000;
    return { issuer: this.#provider.issuer, subject: sub, issuedAtMs: iat * 1_000, expiresAtMs };
  }
}

/** Seconds since 1970 that are still exact as milliseconds. */
function isTime(claim: unknown): claim is number {
  return typeof claim === "number" && claim >= 0 && Number.isSafeInteger(Math.ceil(claim * 1_000) + 10_000);
}
