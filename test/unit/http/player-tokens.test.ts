import fc from "fast-check";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { expect, test } from "vitest";
import { PlayerTokens } from "../../../src/http/auth/player-tokens.ts";

const NOW_MS = 1_700_000_000_000;
const SECRET = "a-secret-of-some-length-0123456789";
const NEXT_SECRET = "another-secret-of-some-length-0123";

function tokensWith(secret: string, previousSecret: string | null = null): Promise<PlayerTokens> {
  return PlayerTokens.create({ secret, previousSecret, ttlSeconds: 3_600 });
}

test("a token carries the player, the region as a hint, and when it ends", async () => {
  const tokens = await tokensWith(SECRET);
  const token = await tokens.issue("ada", "EUW", NOW_MS);
  expect(await tokens.verify(token, NOW_MS)).toEqual({
    playerId: "ada",
    region: "EUW",
    issuedAtMs: NOW_MS,
    expiresAtMs: NOW_MS + 3_600_000,
  });
  const { iss, aud, sub, role } = decodeJwt(token);
  expect({ iss, aud, sub, role }).toEqual({ iss: "muster", aud: "muster", sub: "ada", role: "player" });
});

test("the key id names the secret without holding any of it", async () => {
  const { kid } = decodeProtectedHeader(await (await tokensWith(SECRET)).issue("ada", "EUW", NOW_MS));
  const other = decodeProtectedHeader(await (await tokensWith(NEXT_SECRET)).issue("ada", "EUW", NOW_MS));
  expect(kid).toMatch(/^[0-9a-f]{16}$/);
  expect(kid).not.toBe(other.kid);
});

test("a token lives exactly as long as it says", async () => {
  const token = await (await tokensWith(SECRET)).issue("ada", "EUW", NOW_MS);
  const fresh = await tokensWith(SECRET);
  expect(await fresh.verify(token, NOW_MS + 3_599_999)).not.toBeNull();
  expect(await fresh.verify(token, NOW_MS + 3_600_000)).toBeNull();
});

test("a rotation keeps the previous secret's tokens and signs with the new one", async () => {
  const old = await (await tokensWith(SECRET)).issue("ada", "EUW", NOW_MS);
  const rotated = await tokensWith(NEXT_SECRET, SECRET);
  expect(await rotated.verify(old, NOW_MS)).not.toBeNull();
  const renewed = await rotated.issue("ada", "EUW", NOW_MS);
  expect(await (await tokensWith(NEXT_SECRET)).verify(renewed, NOW_MS)).not.toBeNull();
  expect(await (await tokensWith(NEXT_SECRET)).verify(old, NOW_MS)).toBeNull();
});

test("only what was verified is remembered", async () => {
  const tokens = await tokensWith(SECRET);
  const token = await tokens.issue("ada", "EUW", NOW_MS);
  expect(tokens.remembered(token, NOW_MS)).toBeNull();
  const holder = await tokens.verify(token, NOW_MS);
  expect(tokens.remembered(token, NOW_MS)).toBe(holder);
  expect(tokens.remembered(`${token}x`, NOW_MS)).toBeNull();
});

test("a remembered signature opens nothing under other claims", async () => {
  const tokens = await tokensWith(SECRET);
  const token = await tokens.issue("ada", "EUW", NOW_MS);
  await tokens.verify(token, NOW_MS);
  const [header = "", , signature = ""] = token.split(".");
  const [, othersClaims = ""] = (await tokens.issue("bob", "EUW", NOW_MS)).split(".");
  const forged = [header, othersClaims, signature].join(".");
  expect(tokens.remembered(forged, NOW_MS)).toBeNull();
  expect(await tokens.verify(forged, NOW_MS)).toBeNull();
});

test("no text at all makes the check throw or succeed", async () => {
  const tokens = await tokensWith(SECRET);
  const [header = "", payload = ""] = (await tokens.issue("ada", "EUW", NOW_MS)).split(".");
  const part = fc.oneof(fc.string(), fc.base64String(), fc.constantFrom(header, payload, ""));
  const text = fc.oneof(
    fc.string(),
    fc.array(part, { maxLength: 5 }).map((parts) => parts.join(".")),
  );
  await fc.assert(
    fc.asyncProperty(text, async (candidate) => {
      expect(await tokens.verify(candidate, NOW_MS)).toBeNull();
    }),
  );
});
