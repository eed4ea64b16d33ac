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
    return this.indexOf(candidate) !== -1;
  }

  /** Which of the secrets it is, in their order; -1: none. */
  indexOf(candidate: string): number {
    const candidateDigest = digest(candidate);
    let index = -1;
    this.#digests.forEach((known, at) => {
      if (timingSafeEqual(known, candidateDigest)) index = at;
    });
    return index;
  }
}

function digest(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
