import { expect, it, test } from "vitest";
import { hashedKey, isHardToGuess } from "../../../src/http/idempotency-key.ts";

const HOME = { isSystem: false, address: "192.0.2.1" } as const;

test.each([
  ["a UUID of version 4", "f6f0a6a6-5c3a-4a0e-9b0e-2f1e5a3c9d77", true],
  ["one without dashes", "f6f0a6a65c3a4a0e9b0e2f1e5a3c9d77", true],
  ["one in capitals", "F6F0A6A6-5C3A-4A0E-9B0E-2F1E5A3C9D77", true],
  ["a UUID of version 7", "018f3c2e-9f4b-7c3a-8a55-7f1d3a0f5c11", true],
  ["a UUID made from a name (5)", "c6437ef1-5b86-5a4e-a071-c2d4ad414e65", false],
  ["a UUID made from the time (1)", "c232ab00-9414-11ec-b3c8-9e6bdeced846", false],
  ["the UUID of zeros", "00000000-0000-0000-0000-000000000000", false],
  ["a word and a number", "register-user-000000000017", false],
  ["eight characters", "aaaaaaaa", false],
])("%s is hard to guess: %s is %s", (_, key, expected) => {
  expect(isHardToGuess(key)).toBe(expected);
});

it("the system's keys are never anybody else's", () => {
  const wish = { username: "ada", region: "EUW" };
  const system = hashedKey("a-key-of-the-game", { isSystem: true }, wish);
  expect(hashedKey("a-key-of-the-game", HOME, wish).keyHash).not.toBe(system.keyHash);
  expect(hashedKey("a-key-of-the-game", { isSystem: true }, wish)).toEqual(system);
});

test.each([
  ["a key that can be guessed is bound to where it came from", "register-ada", false],
  ["a random one is not", "f6f0a6a6-5c3a-4a0e-9b0e-2f1e5a3c9d77", true],
])("%s", (_, key, isSame) => {
  const wish = { username: "ada", region: "EUW" };
  const first = hashedKey(key, HOME, wish);
  const elsewhere = hashedKey(key, { isSystem: false, address: "198.51.100.7" }, wish);
  expect(elsewhere.keyHash).toBe(first.keyHash);
  expect(elsewhere.bodyHash === first.bodyHash).toBe(isSame);
  expect(hashedKey(key, HOME, wish)).toEqual(first);
});
