import { describe, expect, it } from "vitest";
import type { BackfillAsk } from "../../../src/core/backfill-calls.ts";
import { settleTerms } from "../../../src/core/settle-terms.ts";
import { TicketProblems } from "../../../src/core/ticket-problems.ts";

const TERMS = {
  attributes: { map: ["dust", "mirage"], build: "1.4.2", stakes: { min: 10, max: 50 } },
  locations: ["EUW", "NA"],
};

function settle(
  said: Pick<BackfillAsk, "attributes" | "locations">,
  locations: readonly string[] | null = ["EUW", "NA"],
) {
  const problems = new TicketProblems();
  const terms = settleTerms(TERMS, said, locations, problems);
  return { terms, pointers: problems.found.map(({ pointer }) => pointer) };
}

describe("what a game says it is played by", () => {
  it("narrows what was agreed on, and leaves the rest as it is", () => {
    expect(settle({ attributes: { map: ["mirage"], stakes: { min: 20, max: 30 } }, locations: ["NA"] })).toEqual({
      terms: {
        attributes: { map: ["mirage"], build: "1.4.2", stakes: { min: 20, max: 30 } },
        locations: ["NA"],
      },
      pointers: [],
    });
    expect(settle({})).toEqual({ terms: TERMS, pointers: [] });
  });

  it("may be one map, or one number", () => {
    expect(settle({ attributes: { map: "dust", stakes: 25 } }).terms?.attributes).toEqual({
      map: ["dust"],
      build: "1.4.2",
      stakes: { min: 25, max: 25 },
    });
  });

  it.each<[string, NonNullable<BackfillAsk["attributes"]>]>([
    ["a map that was not agreed on", { map: "inferno" }],
    ["no map at all", { map: [] }],
    ["a map and one that was not agreed on", { map: ["dust", "inferno"] }],
    ["another build", { build: "1.5.0" }],
    ["stakes beyond those agreed on", { stakes: { min: 10, max: 51 } }],
    ["a range the wrong way round", { stakes: { min: 30, max: 20 } }],
    ["a list for a range", { stakes: ["10"] }],
    ["an attribute of which nothing was agreed", { constructor: "x" }],
  ])("is refused for %s", (_, attributes) => {
    expect(settle({ attributes }).pointers).toEqual([`/attributes/${Object.keys(attributes)[0]}`]);
  });

  it("is refused for locations that are out of somebody's reach, for none, and where nobody looks at any", () => {
    expect(settle({ locations: ["EUNE"] }).pointers).toEqual(["/locations"]);
    expect(settle({ locations: [] }).pointers).toEqual(["/locations"]);
    expect(settle({ locations: ["EUW"] }, null).pointers).toEqual(["/locations"]);
  });
});
