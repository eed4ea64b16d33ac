import { expect, it } from "vitest";
import { HearingTimes } from "../../../../simulation/sockets/hearing-times.ts";
import { aToldMatch, at, found, proposed } from "../builders/a-server-message.ts";

/** Milliseconds since 1970, so many seconds past noon. */
const clock = (seconds: number) => at(seconds) / 1_000;

it("measures from the telling, by its number, to each hearing and to each match's last", () => {
  const hearing = new HearingTimes();
  hearing.heard(found(at(1)), clock(1.01));
  hearing.heard(found(at(1)), clock(1.03));
  hearing.heard(found(at(2), aToldMatch("m2")), clock(2.02));
  const { found: each, found_by_last: last, proposed: none } = hearing.notifications();
  expect(each).toMatchObject({ count: 3, p50: 20, max: 30 });
  expect(last).toMatchObject({ count: 2, p50: 20, max: 30 });
  expect(none).toBeNull();
});

it("tells the rounds of a ready check apart, and measures the match from the first", () => {
  const hearing = new HearingTimes();
  hearing.heard(proposed(at(1)), clock(1.01));
  hearing.heard(proposed(at(4), { round: 2 }), clock(4.05));
  hearing.heard(proposed(at(5), { match_id: "m2" }), clock(5.01));
  hearing.heard(found(at(7.5)), clock(7.6));
  expect(hearing.notifications().proposed_by_last).toMatchObject({ count: 3, p50: 10, max: 50 });
  expect(hearing.confirmations()).toMatchObject({ count: 1, p50: 6.5 });
  expect(hearing.readyChecks()).toEqual({ proposed: 2, confirmed: 1, confirmed_after_repair: 1, repairs: 1 });
});
