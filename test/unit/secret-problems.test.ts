import fc from "fast-check";
import { expect, test } from "vitest";
import { ConfigError, parseConfig, type Variables } from "../../src/env.ts";

const RIGHT: Variables = {
  API_KEY: "k-0123456789abcdef,k-fedcba9876543210",
  JWT_SECRET: "s-0123456789abcdef0123456789abcdef",
  JWT_SECRET_PREVIOUS: "p-0123456789abcdef0123456789abcdef",
  METRICS_TOKEN: "m-0123456789abcdef0123456789abcdef",
  ALLOCATOR_SECRET: "a-0123456789abcdef0123456789abcdef",
};
const NAMES = ["API_KEY", "JWT_SECRET", "JWT_SECRET_PREVIOUS", "METRICS_TOKEN", "ALLOCATOR_SECRET"] as const;

function problemsOf(changes: Variables): readonly string[] {
  try {
    parseConfig({ ...RIGHT, ...changes });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test("different random secrets are taken", () => {
  expect(problemsOf({})).toEqual([]);
});

test.each(NAMES)("production refuses a %s that was filled up by hand, without repeating it", (name) => {
  for (const secret of ["x".repeat(40), "secret".repeat(7), "0101".repeat(10), "aaaabbbbccccddddaaaabbbbccccdddd"]) {
    const problems = problemsOf({ [name]: secret });
    expect(problems).toEqual([expect.stringContaining(`${name} is easy to guess`)]);
    expect(problems.join()).not.toContain(secret);
    expect(problemsOf({ [name]: secret, ENVIRONMENT: "development" })).toEqual([]);
  }
});

test("production refuses one secret for two purposes", () => {
  const secret = "one-for-all-0123456789abcdef0123456789";
  for (const first of NAMES) {
    for (const second of NAMES) {
      const isOnePurpose = first.startsWith("JWT_SECRET") && second.startsWith("JWT_SECRET");
      if (first === second || isOnePurpose) continue;
      const problems = problemsOf({ [first]: secret, [second]: secret });
      expect(problems).toEqual([expect.stringMatching(/ is the same as .*; each needs its own$/)]);
      expect(problems.join()).toContain(first);
      expect(problems.join()).toContain(second);
      expect(problems.join()).not.toContain(secret);
    }
  }
});

test("one API key of several may not be the metrics token either", () => {
  expect(problemsOf({ METRICS_TOKEN: "k-fedcba9876543210" }).join()).toContain("METRICS_TOKEN is the same as API_KEY");
});

test("between the two steps of a rotation the previous secret may be the present one", () => {
  expect(problemsOf({ JWT_SECRET_PREVIOUS: RIGHT.JWT_SECRET ?? "" })).toEqual([]);
});

test("secrets of 32 random bytes are never taken for guessable ones", () => {
  const random = fc.uint8Array({ minLength: 32, maxLength: 32 }).filter((bytes) => new Set(bytes).size > 16);
  fc.assert(
    fc.property(random, fc.constantFrom("hex" as const, "base64" as const, "base64url" as const), (bytes, encoding) => {
      expect(problemsOf({ JWT_SECRET: Buffer.from(bytes).toString(encoding) })).toEqual([]);
    }),
  );
});
