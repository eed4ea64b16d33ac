import { describe, expect, test } from "vitest";
import { PROBLEMS } from "../../../src/wire/problem-kinds.ts";

describe.each(Object.entries(PROBLEMS))("%s", (_, kind) => {
  test("has a title and sentences that say what to do", () => {
    expect(kind.title).toMatch(/^[A-Z].*[^.]$/);
    expect(kind.detail).toMatch(/^[A-Z].*\.$/);
  });

  test("says when to come back if and only if it is 429 or 503", () => {
    expect("retryAfterS" in kind).toBe(kind.status === 429 || kind.status === 503);
  });
});
