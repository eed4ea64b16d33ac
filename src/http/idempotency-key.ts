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

/**
 * A key and what it was first used for, as D1 keeps them. The system's keys are apart from everybody else's: no header
 * can hold a line break, so no key that is sent without the API key is ever one of them.
 */
export function hashedKey(idempotencyKey: string, isSystem: boolean, wish: object): NewIdempotencyKey {
  return {
    keyHash: sha256(isSystem ? `system\n${idempotencyKey}` : idempotencyKey),
    bodyHash: sha256(JSON.stringify(wish)),
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
