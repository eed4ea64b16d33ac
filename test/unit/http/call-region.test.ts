import { describe, expect, it } from "vitest";
import type { Env } from "../../../src/env.ts";
import { callRegion } from "../../../src/http/call-region.ts";
import { RegionUnavailable } from "../../../src/http/outside-failures.ts";
import { regionStub } from "../../../src/region/directory.ts";

type Marks = Readonly<Record<"retryable" | "overloaded", boolean>>;

/** Regions whose calls fail in these ways, one after the other, and then answer; counts calls and stubs. */
function failingRegions(failures: readonly Partial<Marks>[]) {
  const made = { stubs: 0, calls: 0 };
  const REGION = {
    getByName: () => {
      made.stubs += 1;
      return {
        wake: async () => {
          const marks = failures[made.calls];
          made.calls += 1;
          if (marks !== undefined) throw Object.assign(new Error("the object's own words"), marks);
        },
      };
    },
  };
  // Of all bindings it is given the regions only.
  const env = { REGION } as unknown as Env;
  return { made, outcome: callRegion(env, "EUW", (stub) => stub.wake()).then(() => "served", outcomeOf) };
}

function outcomeOf(error: unknown): string {
  if (!(error instanceof RegionUnavailable)) throw error;
  return error.isOverloaded ? "overloaded" : "unavailable";
}

describe("a call of a region", () => {
  it.each<[string, Partial<Marks>[], { calls: number; stubs: number }, string]>([
    ["that succeeds is made once", [], { calls: 1, stubs: 1 }, "served"],
    ["that may be repeated is, with a new stub", [{ retryable: true }], { calls: 2, stubs: 2 }, "served"],
    ["that fails twice is given up", [{ retryable: true }, { retryable: true }], { calls: 2, stubs: 2 }, "unavailable"],
    ["that must not be repeated is not", [{ retryable: false }], { calls: 1, stubs: 1 }, "unavailable"],
    ["that fails without a mark is not repeated", [{}], { calls: 1, stubs: 1 }, "unavailable"],
    ["that an overloaded object refuses is not repeated", [{ overloaded: true }], { calls: 1, stubs: 1 }, "overloaded"],
    [
      "that an overloaded object refuses is not repeated, even if it might be",
      [{ retryable: true, overloaded: true }],
      { calls: 1, stubs: 1 },
      "overloaded",
    ],
    [
      "is not made a third time for an object that is overloaded by the second",
      [{ retryable: true }, { retryable: true, overloaded: true }],
      { calls: 2, stubs: 2 },
      "overloaded",
    ],
  ])("%s", async (_, failures, expected, wanted) => {
    const { made, outcome } = failingRegions(failures);
    expect(await outcome).toBe(wanted);
    expect(made).toEqual(expected);
  });

  it("goes to the region's one object", () => {
    const names: string[] = [];
    const env = { REGION: { getByName: (name: string) => names.push(name) } } as unknown as Env;
    regionStub(env, "EUW");
    expect(names).toEqual(["EUW"]);
  });
});
