import { describe, expect, it } from "vitest";
import { agreeOnTerms } from "../../../src/core/match-terms.ts";
import type { Mode } from "../../../src/core/mode.ts";
import type { Constraints } from "../../../src/core/ticket.ts";
import { aMode } from "../builders/a-mode.ts";
import { aPlayer } from "../builders/a-player.ts";
import { aTicket } from "../builders/a-ticket.ts";

function termsOf(mode: Partial<Mode>, ...constraints: Constraints[]) {
  const tickets = constraints.map((one, index) => aTicket({ players: [aPlayer(`p${index}`)], constraints: one }));
  return agreeOnTerms(tickets, aMode(mode));
}

function saying(name: string, ...values: NonNullable<Constraints["attributes"]>[string][]): Constraints[] {
  return values.map((value) => ({ attributes: { [name]: value } }));
}

describe("agreeOnTerms", () => {
  const map = { map: { rule: "overlap", values: ["dust", "mirage", "inferno"] } } as const;
  const stakes = { stakes: { rule: "range", min: 0, max: 100 } } as const;

  it("finds nothing to agree on in a mode without rules", () => {
    expect(termsOf({}, {}, { maxRatingGap: 6 })).toBeNull();
  });

  it("agrees on every value that all accept, in the mode's order", () => {
    const asked = saying("map", ["inferno", "mirage"], ["dust", "inferno", "mirage"]);
    expect(termsOf({ attributes: map }, ...asked, {})).toEqual({ attributes: { map: ["mirage", "inferno"] } });
  });

  it("leaves every value open where nobody names one", () => {
    expect(termsOf({ attributes: map }, {}, {})).toEqual({ attributes: { map: ["dust", "mirage", "inferno"] } });
  });

  it("names the value that all share, also where it is false", () => {
    const asked = saying("crossplay", false, false);
    expect(termsOf({ attributes: { crossplay: { rule: "same" } } }, ...asked)).toEqual({
      attributes: { crossplay: false },
    });
  });

  it("narrows a range to what all accept", () => {
    const asked = saying("stakes", { min: 10, max: 60 }, { min: 40, max: 90 });
    expect(termsOf({ attributes: stakes }, ...asked, {})).toEqual({ attributes: { stakes: { min: 40, max: 60 } } });
    expect(termsOf({ attributes: stakes }, {})).toEqual({ attributes: { stakes: { min: 0, max: 100 } } });
  });

  it("puts the location first where the worst off is best off, and leaves out those beyond somebody's reach", () => {
    const asked = [
      { latencyMs: { EUW: 10, EUNE: 40, NA: 70, BR: 200 } },
      { latencyMs: { NA: 75, EUNE: 45, EUW: 60, LAN: 5 } },
    ];
    expect(termsOf({ maxLatencyMs: 80 }, ...asked, {})).toEqual({ locations: ["EUNE", "EUW", "NA"] });
    expect(termsOf({ maxLatencyMs: 60 }, ...asked, {})).toEqual({ locations: ["EUNE", "EUW"] });
  });

  it("orders locations that are as good as each other by name", () => {
    expect(termsOf({ maxLatencyMs: 80 }, { latencyMs: { NA: 20, BR: 20, EUW: 20 } })).toEqual({
      locations: ["BR", "EUW", "NA"],
    });
  });

  it("names no location where nobody says latencies", () => {
    expect(termsOf({ maxLatencyMs: 80 }, {}, {})).toBeNull();
  });

  it("takes tickets that cannot agree for a mistake of the matcher", () => {
    expect(() => termsOf({ attributes: map }, ...saying("map", ["dust"], ["mirage"]))).toThrow("agree on map");
    expect(() => termsOf({ attributes: stakes }, ...saying("stakes", { min: 0, max: 1 }, { min: 2, max: 3 }))).toThrow(
      "agree on stakes",
    );
    expect(() => termsOf({ attributes: { build: { rule: "same" } } }, ...saying("build", "1", "2"))).toThrow("build");
    expect(() => termsOf({ maxLatencyMs: 80 }, { latencyMs: { NA: 1 } }, { latencyMs: { EUW: 1 } })).toThrow(
      "location",
    );
  });

  it("does not take an attribute named like something that every object has for said", () => {
    const attributes = { constructor: { rule: "overlap", values: ["a", "b"] } } as const;
    expect(termsOf({ attributes }, {}, ...saying("constructor", ["b"]))).toEqual({
      attributes: { constructor: ["b"] },
    });
  });
});
