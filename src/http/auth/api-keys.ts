import { createHash } from "node:crypto";
import { SecretSet } from "./secret-set.ts";

/** The API keys, and the name by which each appears in the log. */
export class ApiKeys {
  readonly #keys: SecretSet;
  readonly #ids: readonly string[];

  constructor(keys: readonly string[]) {
    this.#keys = new SecretSet(keys);
    this.#ids = keys.map(keyIdOf);
  }

  /** @returns which key it is, as its id; null: none of ours */
  idOf(candidate: string): string | null {
    return this.#ids[this.#keys.indexOf(candidate)] ?? null;
  }
}

/**
 * A key's fingerprint: 8 hexadecimal digits, so that two keys of one deployment are told apart. Of a key drawn at random
 * it says nothing that would help to find it.
 */
export function keyIdOf(key: string): string {
  return createHash("sha256").update(`muster-key:${key}`).digest("hex").slice(0, 8);
}
