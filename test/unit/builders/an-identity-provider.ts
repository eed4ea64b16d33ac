import type { CryptoKey, JWK } from "jose";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

export const PROVIDER = {
  jwksUrl: "https://id.game.example/jwks.json",
  issuer: "https://id.game.example/",
  audience: "muster-game",
};

interface SigningKey {
  readonly alg: string;
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** A game's identity provider: signs tokens, and answers for its keys as it is told to. */
export class IdentityProvider {
  fetches = 0;
  /** What happens instead of an answer with the published keys. */
  trouble: (() => Promise<Response>) | null = null;
  published: JWK[] = [];
  readonly #keys: SigningKey[] = [];

  /** @param algorithms one published key each, with the key ids `key-0`, `key-1` … */
  static async with(...algorithms: string[]): Promise<IdentityProvider> {
    const provider = new IdentityProvider();
    for (const alg of algorithms) await provider.addKey(alg);
    return provider;
  }

  async addKey(alg: string): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    const kid = `key-${this.#keys.length}`;
    const publicJwk = { ...(await exportJWK(publicKey)), kid, alg, use: "sig" };
    this.#keys.push({ alg, kid, privateKey, publicJwk });
    this.published.push(publicJwk);
  }

  readonly fetchKeys = async (): Promise<Response> => {
    this.fetches += 1;
    if (this.trouble !== null) return await this.trouble();
    return Response.json({ keys: this.published });
  };

  keyOf(index = 0): SigningKey {
    const key = this.#keys[index];
    if (key === undefined) throw new Error(`the provider has no key ${index}`);
    return key;
  }

  /** A right token for a subject, but for what is changed; `undefined` takes a claim away. */
  async token(
    subject: string,
    nowMs: number,
    { claims = {}, header = {}, key = 0 }: { claims?: Claims; header?: Claims; key?: number } = {},
  ): Promise<string> {
    const { alg, kid, privateKey } = this.keyOf(key);
    return await new SignJWT({ ...rightClaims(subject, nowMs), ...claims })
      .setProtectedHeader({ alg, kid, typ: "JWT", ...header })
      .sign(privateKey);
  }
}

/** Claims that a provider may get wrong, too. */
export type Claims = Readonly<Record<string, unknown>>;

export function rightClaims(subject: string, nowMs: number): Claims {
  const iat = Math.floor(nowMs / 1_000);
  return { iss: PROVIDER.issuer, aud: PROVIDER.audience, sub: subject, iat, exp: iat + 3_600 };
}
