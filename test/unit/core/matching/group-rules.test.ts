import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { GroupRules, RuleName } from "../../../../src/core/matching/group-rules.ts";
import { NO_RULES, RuleBook } from "../../../../src/core/matching/group-rules.ts";
import type { Constraints } from "../../../../src/core/ticket.ts";
import { aSolo } from "../../builders/a-ticket.ts";
import { aHunt } from "../../builders/hunt-mode.ts";

const book = new RuleBook(aHunt({ maxLatencyMs: 80 }));

function rulesOf(constraints: Constraints): GroupRules {
  return book.rulesOf(aSolo("ann", 25, { constraints }));
}

function join(one: Constraints, other: Constraints): GroupRules | RuleName {
  return book.join(rulesOf(one), rulesOf(other));
}

function about(attributes: Constraints["attributes"]): Constraints {
  return attributes === undefined ? {} : { attributes };
}

describe("RuleBook.join", () => {
  it("asks nothing of those who ask nothing", () => {
    expect(rulesOf({})).toBe(NO_RULES);
    expect(join({}, {})).toBe(NO_RULES);
  });

  it("takes the smaller rating gap", () => {
    expect(join({ maxRatingGap: 5 }, { maxRatingGap: 3 })).toMatchObject({ maxRatingGap: 3 });
    expect(join({ maxRatingGap: 5 }, {})).toMatchObject({ maxRatingGap: 5 });
  });

  it("wants a value in common, whatever else the lists hold, and names the attribute that has none", () => {
    const dust = about({ map: ["dust", "inferno"] });
    expect(join(dust, about({ map: ["inferno", "mirage"] }))).not.toBeTypeOf("string");
    expect(join(dust, about({ map: ["mirage"] }))).toBe("map");
    expect(join(dust, {})).not.toBeTypeOf("string");
  });

  it("wants one value for all, not one for every two", () => {
    const two = join(about({ map: ["dust", "mirage"] }), about({ map: ["dust", "inferno"] }));
    if (typeof two === "string") throw new Error("they have dust in common");
    expect(book.join(two, rulesOf(about({ map: ["mirage", "inferno"] })))).toBe("map");
  });

  it("wants a number that all accept, ends included, and names the attribute that has none", () => {
    const low = about({ stakes: { min: 0, max: 10 } });
    expect(join(low, about({ stakes: { min: 10, max: 20 } }))).not.toBeTypeOf("string");
    expect(join(low, about({ stakes: { min: 11, max: 20 } }))).toBe("stakes");
  });

  it("lets who says something of one attribute meet who says something of another", () => {
    expect(join(about({ map: ["dust"] }), about({ stakes: { min: 1, max: 2 } }))).not.toBeTypeOf("string");
  });

  it("wants a location that is near enough for everybody who says latencies", () => {
    expect(join({ latencyMs: { EUW: 80, NA: 20 } }, { latencyMs: { EUW: 30 } })).not.toBeTypeOf("string");
    expect(join({ latencyMs: { EUW: 81, NA: 20 } }, { latencyMs: { EUW: 30 } })).toBe("latency_ms");
    expect(join({ latencyMs: { NA: 20 } }, { latencyMs: { EUW: 30 } })).toBe("latency_ms");
    expect(join({ latencyMs: { NA: 20 } }, {})).not.toBeTypeOf("string");
  });

  it("leaves what must be the same to the pools", () => {
    expect(join(about({ build: "1" }), about({ build: "2" }))).not.toBeTypeOf("string");
  });
});

/** As a ticket's check lets them through: nobody contradicts themselves. */
const constraints: fc.Arbitrary<Constraints> = fc.record(
  {
    maxRatingGap: fc.integer({ min: 0, max: 9 }),
    latencyMs: fc
      .dictionary(fc.constantFrom("EUW", "NA", "JPN"), fc.constantFrom(20, 50, 80, 90), { minKeys: 1 })
      .filter((latencies) => Object.values(latencies).some((ms) => ms <= 80)),
    attributes: fc.record(
      {
        map: fc.subarray(["dust", "mirage", "inferno"], { minLength: 1 }),
        stakes: fc.tuple(fc.nat(9), fc.nat(9)).map(([min, more]) => ({ min, max: min + more })),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

/** Of a list that says nothing, and one in which every entry says nothing, it is the same. */
function meaningOf(joined: GroupRules | RuleName): unknown {
  if (typeof joined === "string") return "blocked";
  const { maxRatingGap, acceptable, ranges, latencyMs } = joined;
  return {
    maxRatingGap,
    acceptable: acceptable.length === 0 ? [-1] : acceptable,
    ranges: ranges.length === 0 ? [{ min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY }] : ranges,
    latencyMs,
  };
}

test("joining is the same in either order", () => {
  fc.assert(
    fc.property(constraints, constraints, (one, other) => {
      expect(join(one, other)).toEqual(join(other, one));
    }),
    { numRuns: 2_000 },
  );
});

test("joining three is the same whichever two are joined first", () => {
  const joinAll = (one: GroupRules | RuleName, other: GroupRules | RuleName) =>
    typeof one === "string" || typeof other === "string" ? "blocked" : book.join(one, other);
  fc.assert(
    fc.property(constraints, constraints, constraints, (a, b, c) => {
      const [first, second, third] = [rulesOf(a), rulesOf(b), rulesOf(c)];
      const left = joinAll(joinAll(first, second), third);
      const right = joinAll(first, joinAll(second, third));
      expect(meaningOf(left)).toEqual(meaningOf(right));
    }),
    { numRuns: 2_000 },
  );
});
