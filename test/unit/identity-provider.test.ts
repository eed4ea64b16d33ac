import { expect, test } from "vitest";
import { ConfigError, parseConfig, type Variables } from "../../src/env.ts";

const RIGHT: Variables = {
  API_KEY: "k-0123456789abcdef",
  JWT_SECRET: "s-0123456789abcdef0123456789abcdef",
  JWKS_URL: "https://id.game.example/jwks.json",
  JWKS_ISSUER: "https://id.game.example/",
  JWKS_AUDIENCE: "muster-game",
};

function problemsOf(changes: Variables): readonly string[] {
  try {
    parseConfig({ ...RIGHT, ...changes });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test("an identity provider has an address, an issuer and an audience", () => {
  expect(parseConfig(RIGHT).identityProvider).toEqual({
    jwksUrl: "https://id.game.example/jwks.json",
    issuer: "https://id.game.example/",
    audience: "muster-game",
  });
  expect(parseConfig({ ...RIGHT, JWKS_URL: "", JWKS_ISSUER: "", JWKS_AUDIENCE: "" }).identityProvider).toBeNull();
});

test.each(["JWKS_URL", "JWKS_ISSUER", "JWKS_AUDIENCE"])("without %s the others are refused", (name) => {
  expect(problemsOf({ [name]: "" })).toEqual([
    `${name} is not set; an identity provider needs JWKS_URL, JWKS_ISSUER, JWKS_AUDIENCE`,
  ]);
});

test.each([
  "not an address",
  "ftp://id.game.example/",
  "https://user:pass@id.game.example/",
  "http://id.game.example/",
])("its keys may not come from %s", (address) => {
  const problems = problemsOf({ JWKS_URL: address });
  expect(problems.join()).toContain("JWKS_URL");
  expect(problems.join()).not.toContain("pass");
});

test("its keys may come without TLS in development only", () => {
  expect(problemsOf({ JWKS_URL: "http://127.0.0.1:9000/jwks.json", ENVIRONMENT: "development" })).toEqual([]);
});

test.each(["muster", "two words", "x".repeat(256)])("its issuer may not be %s", (issuer) => {
  expect(problemsOf({ JWKS_ISSUER: issuer }).join()).toContain("JWKS_ISSUER");
});

test.each(["two words", "x".repeat(256)])("its audience may not be %s", (audience) => {
  expect(problemsOf({ JWKS_AUDIENCE: audience }).join()).toContain("JWKS_AUDIENCE");
});
