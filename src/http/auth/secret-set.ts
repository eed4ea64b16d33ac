import { createHash, timingSafeEqual } from "node:crypto";

/**
 * Secrets that open a door, such as API keys. A candidate is compared with all of them, by digest and in constant time,
 * so that neither a secret's length nor its first letters can be learnt from how long the answer takes.
 */
export class SecretSet {
  readonly #digests: readonly Buffer[];

  constructor(secrets: readonly string[]) {
    this.#digests = secrets.map(digest);
  }

  has(candidate: string): boolean {
    const candidateDigest = digest(candidate);
    let isKnown = false;
    for (const known of this.#digests) isKnown = timingSafeEqual(known, candidateDigest) || isKnown;
    return isKnown;
  }
}

function digest(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
