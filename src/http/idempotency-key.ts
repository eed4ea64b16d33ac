import { createHash } from "node:crypto";
import type { NewIdempotencyKey } from "../db/idempotency.ts";

/** Of version 4 or 7 (RFC 9562): 122 or 74 bits of chance. With or without dashes, as programs write them. */
const RANDOM_UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[47][0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i;

/**
 * Whether nobody but its maker can know a key. How random a text is cannot be seen from the text, only that it is made
 * as random ones are; whoever counts up in the shape of such a UUID fools nobody but themselves.
 */
export function isHardToGuess(idempotencyKey: string): boolean {
  return RANDOM_UUID.test(idempotencyKey);
}

/** Who sends a key: the game's backend, or somebody at an address. */
export type KeySender = { readonly isSystem: true } | { readonly isSystem: false; readonly address: string };

/**
 * A key and what it was first used for, as D1 keeps them.
 *
 * 1. The system's keys are apart from everybody else's: no header can hold a line break, so no key that is sent without
 *    the API key is ever one of them.
 * 2. A key that others could guess is bound to the address that it came from first, beside the wish: what it repeats
 *    holds a token, and the wish is public. A key that is hard to guess may be repeated from anywhere.
 */
export function hashedKey(idempotencyKey: string, sender: KeySender, wish: object): NewIdempotencyKey {
  if (sender.isSystem) return { keyHash: sha256(`system\n${idempotencyKey}`), bodyHash: sha256(JSON.stringify(wish)) };
  const bound = isHardToGuess(idempotencyKey) ? wish : { ...wish, from: sender.address };
  return { keyHash: sha256(idempotencyKey), bodyHash: sha256(JSON.stringify(bound)) };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
