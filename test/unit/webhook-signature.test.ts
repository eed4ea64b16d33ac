import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { webhookHeaders, webhookKey } from "../../src/webhook-signature.ts";

/** As the specification's own libraries test it: secret, id, time, body and signature belong together. */
const PUBLISHED = {
  secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  timestampS: 1_614_265_330,
  body: '{"test": 2432232314}',
  signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
};

function keyOf(secret: string): Uint8Array<ArrayBuffer> {
  const key = webhookKey(secret);
  if (key === null) throw new Error("no key");
  return key;
}

describe("a webhook's headers", () => {
  it("are those of the specification's published example", async () => {
    const { secret, id, timestampS, body, signature } = PUBLISHED;
    expect(await webhookHeaders(keyOf(secret), id, body, timestampS * 1_000 + 999)).toEqual({
      "webhook-id": id,
      "webhook-timestamp": String(timestampS),
      "webhook-signature": signature,
    });
  });

  it("sign the body's UTF-8", async () => {
    const key = keyOf("a-secret-that-is-no-base64-at-all-0123");
    const { "webhook-signature": signature } = await webhookHeaders(key, "id", "žluťoučký 🐎", 1_000);
    const expected = createHmac("sha256", "a-secret-that-is-no-base64-at-all-0123").update("id.1.žluťoučký 🐎");
    expect(signature).toBe(`v1,${expected.digest("base64")}`);
  });
});

describe("a webhook's key", () => {
  it("is what whsec_ stands before, as base64", () => {
    expect(Buffer.from(keyOf(PUBLISHED.secret)).toString("base64")).toBe("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  });

  it("is the text of any other secret", () => {
    expect(Buffer.from(keyOf("0123456789abcdef")).toString()).toBe("0123456789abcdef");
  });

  it.each([
    "whsec_",
    "whsec_not base64 but long enough for a secret",
    "whsec_c2hvcnQ=",
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS",
  ])("is none of %s", (secret) => {
    expect(webhookKey(secret)).toBeNull();
  });
});
