import { DrizzleQueryError } from "drizzle-orm";
import { expect, test } from "vitest";
import { errorMessage } from "../../src/error-message.ts";
import { DatabaseUnavailable } from "../../src/http/outside-failures.ts";

test("an error speaks for itself, and anything else that is thrown is written as text", () => {
  expect(errorMessage(new TypeError("fetch failed"))).toBe("fetch failed");
  expect(errorMessage("no")).toBe("no");
});

test("a failed query is told by its cause: neither its parameters nor its text get into the log", () => {
  const cause = new Error("D1_ERROR: Network connection lost.");
  const failed = new DrizzleQueryError("select * from identities where subject = ?", ["ada@mail.example"], cause);
  for (const error of [failed, new DatabaseUnavailable(failed)]) {
    expect(errorMessage(error)).toContain("Network connection lost");
    expect(errorMessage(error)).not.toMatch(/ada@mail|identities/);
  }
});
