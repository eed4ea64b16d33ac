import { expect, test } from "vitest";
import { SecretSet } from "../../../src/http/auth/secret-set.ts";

test("each of several secrets is known, and nothing else", () => {
  const secrets = new SecretSet(["first", "second"]);
  expect(["first", "second"].map((secret) => secrets.has(secret))).toEqual([true, true]);
  const others = ["", "fir", "firstsecond", "first,second", "First", "first\u0000"];
  expect(others.filter((other) => secrets.has(other))).toEqual([]);
});

test("a set of no secrets knows nothing, not even nothing", () => {
  expect(new SecretSet([]).has("")).toBe(false);
});
