import { generateKeyPairSync, sign } from "node:crypto";
import fc from "fast-check";
import { exportJWK, exportSPKI, importJWK, SignJWT } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import { ProviderTokens } from "../../../src/http/auth/provider-tokens.ts";
import { IdentityProvider, PROVIDER, rightClaims } from "../builders/an-identity-provider.ts";

const NOW_MS = 1_700_000_000_000;
const NOW_S = NOW_MS / 1_000;

let provider: IdentityProvider;
let stranger: IdentityProvider;
beforeAll(async () => {
  [provider, stranger] = await Promise.all([IdentityProvider.with("RS256", "ES256"), IdentityProvider.with("RS256")]);
});

function tokensOf(from: IdentityProvider): ProviderTokens {
  return new ProviderTokens(PROVIDER, from.fetchKeys, () => NOW_MS);
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

test("a token of the provider says who its holder is there, and until when it counts", async () => {
  const tokens = tokensOf(provider);
  const token = await provider.token("ada", NOW_MS);
  expect(tokens.isTheirs(token)).toBe(true);
  expect(await tokens.verify(token, NOW_MS)).toEqual({
    issuer: PROVIDER.issuer,
    subject: "ada",
    issuedAtMs: NOW_MS,
    expiresAtMs: NOW_MS + 3_605_000,
  });
});

test.each(["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"])(
  "%s is taken",
  async (alg) => {
    const other = await IdentityProvider.with(alg);
    expect(await tokensOf(other).verify(await other.token("ada", NOW_MS), NOW_MS)).toMatchObject({ subject: "ada" });
  },
);

describe("a token is refused", () => {
  test.each<[fault: string, claims: Record<string, unknown>]>([
    ["of another issuer", { iss: "https://evil.example/" }],
    ["of an issuer that only begins the same", { iss: `${PROVIDER.issuer}x` }],
    ["without an issuer", { iss: undefined }],
    ["whose issuer is a list", { iss: [PROVIDER.issuer] }],
    ["for another audience", { aud: "another-game" }],
    ["without an audience", { aud: undefined }],
    ["without a subject", { sub: undefined }],
    ["with an empty subject", { sub: "" }],
    ["with a number for a subject", { sub: 7 }],
    ["with a subject of more than 255 characters", { sub: "a".repeat(256) }],
    ["with half a surrogate pair in its subject", { sub: "a\ud800" }],
    ["without an end", { exp: undefined }],
    ["whose end is a text", { exp: "tomorrow" }],
    ["whose end is beyond all time", { exp: 1e300 }],
    ["that has expired", { exp: NOW_S - 6 }],
    ["that does not count yet", { nbf: NOW_S + 6 }],
    ["without a time of issue", { iat: undefined }],
    ["whose time of issue is a text", { iat: "today" }],
    // It would be newer than any order to take the player's tokens back.
    ["that was issued in the future", { iat: NOW_S + 6 }],
  ])("%s", async (_, claims) => {
    const token = await provider.token("ada", NOW_MS, { claims });
    expect(await tokensOf(provider).verify(token, NOW_MS)).toBeNull();
  });

  test("signed with a key of somebody else under the provider's key id", async () => {
    expect(await tokensOf(provider).verify(await stranger.token("ada", NOW_MS), NOW_MS)).toBeNull();
  });

  test("whose key id names another of the provider's keys", async () => {
    const token = await provider.token("ada", NOW_MS, { header: { kid: "key-1" } });
    expect(await tokensOf(provider).verify(token, NOW_MS)).toBeNull();
  });

  test("with a key id that nobody has", async () => {
    const token = await provider.token("ada", NOW_MS, { header: { kid: "../../etc/passwd" } });
    expect(await tokensOf(provider).verify(token, NOW_MS)).toBeNull();
  });

  test("that brings its own key, or an address of one", async () => {
    const { privateKey, publicJwk } = stranger.keyOf();
    for (const header of [{ jwk: publicJwk }, { jku: "https://evil.example/" }, { x5u: "https://evil.example/" }]) {
      const token = await new SignJWT(rightClaims("ada", NOW_MS))
        .setProtectedHeader({ alg: "RS256", kid: "key-0", ...header })
        .sign(privateKey);
      expect(await tokensOf(provider).verify(token, NOW_MS)).toBeNull();
    }
  });

  test.each(["HS256", "HS384", "HS512"])("signed with the public key as if it were a secret, by %s", async (alg) => {
    const { publicJwk } = provider.keyOf();
    const publicKey = await importJWK(publicJwk, "RS256");
    if (publicKey instanceof Uint8Array) throw new Error("RSA keys are not bytes");
    for (const secret of [await exportSPKI(publicKey), JSON.stringify(publicJwk), publicJwk.n ?? ""]) {
      const token = await new SignJWT(rightClaims("ada", NOW_MS))
        .setProtectedHeader({ alg, kid: "key-0" })
        .sign(new TextEncoder().encode(secret));
      expect(await tokensOf(provider).verify(token, NOW_MS)).toBeNull();
    }
  });

  test.each(["none", "None", "NONE", "", "HS256", "RS256 ", "ES256K", "dir", "toString", "__proto__"])(
    "whose algorithm is changed to %j",
    async (alg) => {
      const [, payload = "", signature = ""] = (await provider.token("ada", NOW_MS)).split(".");
      for (const end of [signature, ""]) {
        const token = `${encoded({ alg, kid: "key-0" })}.${payload}.${end}`;
        expect(await tokensOf(provider).verify(token, NOW_MS)).toBeNull();
      }
    },
  );

  test("that a symmetric key in the provider's set would verify", async () => {
    const careless = await IdentityProvider.with("RS256");
    const secret = "published-by-mistake-0123456789abcdef";
    careless.published.push({ kty: "oct", k: Buffer.from(secret).toString("base64url"), kid: "shared", alg: "HS256" });
    const token = await new SignJWT(rightClaims("ada", NOW_MS))
      .setProtectedHeader({ alg: "HS256", kid: "shared" })
      .sign(new TextEncoder().encode(secret));
    expect(await tokensOf(careless).verify(token, NOW_MS)).toBeNull();
  });

  test("signed with a key too short to be safe, though the provider has it in its set", async () => {
    const old = new IdentityProvider();
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 1_024 });
    old.published.push({ ...(await exportJWK(publicKey)), kid: "old", alg: "RS256" });
    const signed = `${encoded({ alg: "RS256", kid: "old" })}.${encoded(rightClaims("ada", NOW_MS))}`;
    const signature = sign("sha256", Buffer.from(signed), privateKey);
    const token = `${signed}.${signature.toString("base64url")}`;
    expect(await tokensOf(old).verify(token, NOW_MS)).toBeNull();
  });

  test("that has more than 8,192 characters, before anything reads it", async () => {
    const long = await provider.token("ada", NOW_MS, { claims: { padding: "x".repeat(8_192) } });
    expect(tokensOf(provider).isTheirs(long)).toBe(false);
  });
});

test("clocks may differ by five seconds", async () => {
  const late = await provider.token("ada", NOW_MS, { claims: { exp: NOW_S - 4, nbf: NOW_S + 5, iat: NOW_S + 5 } });
  expect(await tokensOf(provider).verify(late, NOW_MS)).toMatchObject({ expiresAtMs: NOW_MS + 1_000 });
});

test("a token that was verified is refused once it has expired", async () => {
  const tokens = tokensOf(provider);
  const token = await provider.token("ada", NOW_MS, { claims: { exp: NOW_S + 60 } });
  expect(await tokens.verify(token, NOW_MS + 64_999)).not.toBeNull();
  expect(await tokens.verify(token, NOW_MS + 65_000)).toBeNull();
});

test("without a key id a token is taken only if one key alone suits", async () => {
  const unnamed = { header: { kid: undefined } };
  expect(await tokensOf(provider).verify(await provider.token("ada", NOW_MS, unnamed), NOW_MS)).not.toBeNull();
  const two = await IdentityProvider.with("RS256", "RS256");
  expect(await tokensOf(two).verify(await two.token("ada", NOW_MS, unnamed), NOW_MS)).toBeNull();
});

test("whose player an identity is, is remembered by subject and never taken from it", () => {
  const tokens = tokensOf(provider);
  const ada = { issuer: PROVIDER.issuer, subject: "ada", issuedAtMs: 0, expiresAtMs: 0 };
  expect(tokens.playerOf(ada)).toBeUndefined();
  tokens.rememberPlayer(ada, { playerId: "p-1", region: "EUW" });
  expect(tokens.playerOf(ada)).toEqual({ playerId: "p-1", region: "EUW" });
  expect(tokens.playerOf({ ...ada, subject: "p-1" })).toBeUndefined();
});

test("no text at all makes the check throw or succeed", async () => {
  const tokens = tokensOf(provider);
  const [header = "", payload = "", signature = ""] = (await provider.token("ada", NOW_MS)).split(".");
  const junk = fc.oneof(
    fc.json().map((text) => Buffer.from(text).toString("base64url")),
    fc.base64String(),
    fc.string(),
  );
  const claims = fc
    .record({ iss: fc.constant(PROVIDER.issuer), sub: fc.jsonValue(), aud: fc.jsonValue(), exp: fc.jsonValue() })
    .map(encoded);
  const headers = fc
    .record({
      alg: fc.oneof(fc.constant("RS256"), fc.jsonValue()),
      kid: fc.oneof(fc.constant("key-0"), fc.jsonValue()),
    })
    .map(encoded);
  const parts = fc.tuple(
    fc.oneof(headers, junk, fc.constant(header)),
    fc.oneof(claims, junk, fc.constant(payload)),
    fc.oneof(junk, fc.constant(signature)),
  );
  const right = [header, payload, signature].join(".");
  const text = fc
    .oneof(
      fc.string(),
      parts.map((three) => three.join(".")),
    )
    .filter((candidate) => candidate !== right);
  await fc.assert(
    fc.asyncProperty(text, async (candidate) => {
      expect([true, false]).toContain(tokens.isTheirs(candidate));
      expect(await tokens.verify(candidate, NOW_MS)).toBeNull();
    }),
    { numRuns: 1_000 },
  );
});
