import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { ApiKeys } from "../../../src/http/auth/api-keys.ts";

test("each key has an id of its own, which anybody who has the key can compute", () => {
  const keys = new ApiKeys(["first-key-0123456789", "second-key-0123456789"]);
  const ids = ["first-key-0123456789", "second-key-0123456789"].map((key) => keys.idOf(key));
  expect(new Set(ids).size).toBe(2);
  expect(ids[1]).toBe(createHash("sha256").update("muster-key:second-key-0123456789").digest("hex").slice(0, 8));
});

test("what is no key has none", () => {
  const keys = new ApiKeys(["first-key-0123456789"]);
  expect(["", "first", "first-key-0123456789 "].map((text) => keys.idOf(text))).toEqual([null, null, null]);
});
