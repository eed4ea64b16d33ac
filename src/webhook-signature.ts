/** A secret that is written so is base64 of the key; any other is the key's text itself. */
export const WEBHOOK_SECRET_PREFIX = "whsec_";
/** Shorter keys are easy to guess; the specification's own minimum. */
const SHORTEST_KEY_BYTES = 24;

/** What the receiver of a webhook checks it by. */
export type WebhookHeaders = Readonly<Record<"webhook-id" | "webhook-timestamp" | "webhook-signature", string>>;

/**
 * The key that a secret stands for.
 *
 * @returns null: it says that it is base64 and is not, or of less than 24 bytes
 */
export function webhookKey(secret: string): Uint8Array<ArrayBuffer> | null {
  if (!secret.startsWith(WEBHOOK_SECRET_PREFIX)) return new Uint8Array(new TextEncoder().encode(secret));
  const encoded = secret.slice(WEBHOOK_SECRET_PREFIX.length);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded) || encoded.length % 4 !== 0) return null;
  const key = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  return key.length < SHORTEST_KEY_BYTES ? null : key;
}

/**
 * Signs a webhook: HMAC-SHA256 over `id.timestamp.body`, as Standard Webhooks has it
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
 *
 * @param id without a full stop; the same at every try of the same event
 * @param nowMs when this try is made: the receiver refuses old ones
 */
export async function webhookHeaders(
  key: Uint8Array<ArrayBuffer>,
  id: string,
  body: string,
  nowMs: number,
): Promise<WebhookHeaders> {
  const timestamp = String(Math.floor(nowMs / 1_000));
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const hmacKey = await crypto.subtle.importKey("raw", key, algorithm, false, ["sign"]);
  const content = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  const signature = new Uint8Array(await crypto.subtle.sign("HMAC", hmacKey, content));
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${btoa(String.fromCharCode(...signature))}`,
  };
}
