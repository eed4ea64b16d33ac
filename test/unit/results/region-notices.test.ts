import { expect, it } from "vitest";
import { Log } from "../../../src/log.ts";
import { RegionNotices } from "../../../src/results/region-notices.ts";

it("a region that is overloaded is told once and left in peace: it sends its results again by itself", async () => {
  let calls = 0;
  const busy = async () => {
    calls += 1;
    throw Object.assign(new Error("too many requests"), { retryable: true, overloaded: true });
  };
  const notices = new RegionNotices(() => ({ rated: busy, ratingFailed: busy }), new Log("off"));
  notices.rated("EUW", { matchId: "m1", mode: "2v2", ratings: [] });
  expect(await notices.send()).toEqual(new Set(["EUW"]));
  expect(await notices.send()).toEqual(new Set());
  expect(calls).toBe(1);
});

it("a name that nobody knows is not addressed", async () => {
  const asked: string[] = [];
  const regionOf = (name: string) => {
    asked.push(name);
    return null;
  };
  const notices = new RegionNotices(regionOf, new Log("off"));
  notices.failed("ATLANTIS", "m1", "retries_exhausted");
  expect(await notices.send()).toEqual(new Set());
  expect(asked).toEqual(["ATLANTIS"]);
});
