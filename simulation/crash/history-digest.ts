import { createHash } from "node:crypto";

/** Invariant 7: a fingerprint of all that happened, in order. The same seed and steps give the same, bit for bit. */
export class HistoryDigest {
  #hash = createHash("sha256");
  #pending: string[] = [];

  note(what: string): void {
    this.#pending.push(what);
    if (this.#pending.length >= 256) this.#flush();
  }

  /** So far. */
  get hex(): string {
    this.#flush();
    return this.#hash.copy().digest("hex").slice(0, 16);
  }

  #flush(): void {
    this.#hash.update(this.#pending.join("\n"));
    this.#pending = [];
  }
}
