import { expect, it } from "vitest";
import { ratingBand } from "../../../../src/core/rating/rating-band.ts";

const SCALE = { mu: 25, sigma: 8 };

it.each([
  { mu: -40, band: "lowest" },
  { mu: 14.9, band: "lowest" },
  { mu: 15, band: "low" },
  { mu: 20.9, band: "low" },
  { mu: 21, band: "middle" },
  { mu: 25, band: "middle" },
  { mu: 29, band: "high" },
  { mu: 34.9, band: "high" },
  { mu: 35, band: "highest" },
])("a mu of $mu is in the band $band", ({ mu, band }) => {
  expect(ratingBand(mu, SCALE)).toBe(band);
});

it("a new player of any scale is in the middle", () => {
  expect(ratingBand(1_500, { mu: 1_500, sigma: 500 })).toBe("middle");
});
