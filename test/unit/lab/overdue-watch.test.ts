import { expect, it } from "vitest";
import { watchOverdue } from "../../../simulation/lab/overdue-watch.ts";
import { oldestFirst } from "../../../simulation/lab/policies/oldest-first.ts";
import type { Policy } from "../../../simulation/lab/policy.ts";
import type { MatchingPass } from "../../../src/core/matching/found-match.ts";
import { aLabTicket, aShape } from "./builders/a-line.ts";

const lazy = { arrived: () => {}, tick: () => [] };
const line = [10, 20, 30, 40].map((mu) => aLabTicket(0, mu));

it("notices a ticket past the cap that a match was there for", () => {
  const watch = watchOverdue(lazy, aShape(), 60);
  watch.policy.tick(line, 59_999);
  expect(watch.misses()).toBe(0);
  watch.policy.tick(line, 60_000);
  expect(watch.misses()).toBe(1);
});

it("blames nobody while there are too few players", () => {
  const watch = watchOverdue(lazy, aShape(), 60);
  watch.policy.tick(line.slice(1), 90_000);
  expect(watch.misses()).toBe(0);
});

it("blames nobody for parties that do not fill the teams, and somebody for those that do", () => {
  const watch = watchOverdue(lazy, aShape("3v3"), 60);
  watch.policy.tick([aLabTicket(0, 20, 21), aLabTicket(1, 22, 23), aLabTicket(2, 24, 25)], 90_000);
  expect(watch.misses()).toBe(0);
  watch.policy.tick([aLabTicket(0, 20, 21), aLabTicket(1, 22, 23, 24), aLabTicket(2, 24)], 90_000);
  expect(watch.misses()).toBe(1);
});

it("blames nobody for players who want other maps", () => {
  const [overdue, ...others] = line;
  if (overdue === undefined) throw new Error("there are four");
  const wanting = (map: string) => ({ attributes: { maps: [map] } });
  const young = others.map((ticket) => ({ ...ticket, enqueuedAtMs: 80_000, constraints: wanting("docks") }));
  const watch = watchOverdue(lazy, aShape(), 60);
  watch.policy.tick([{ ...overdue, constraints: wanting("arena") }, ...young], 90_000);
  expect(watch.misses()).toBe(0);
  watch.policy.tick([{ ...overdue, constraints: wanting("docks") }, ...young], 90_000);
  expect(watch.misses()).toBe(1);
});

it("notices players whom the overdue ticket needed and a younger match took", () => {
  const young = [11, 21, 31, 41].map((mu) => aLabTicket(80, mu));
  const policyWith = (pass: MatchingPass): Policy => {
    const [a, b, c, d] = young;
    if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error("there are four");
    const match = {
      teams: [
        [a, b],
        [c, d],
      ],
      pass,
    };
    return { arrived: () => {}, tick: () => [match] };
  };
  const misses = (pass: MatchingPass) => {
    const watch = watchOverdue(policyWith(pass), aShape(), 60);
    watch.policy.tick([aLabTicket(0, 25), ...young], 90_000);
    return watch.misses();
  };
  expect(misses("exact")).toBe(1);
  expect(misses("overdue")).toBe(0);
});

it("counts nothing when the policy matches them", () => {
  const watch = watchOverdue(oldestFirst(aShape()), aShape(), 60);
  expect(watch.policy.tick(line, 90_000)).toHaveLength(1);
  expect([watch.misses(), watch.overdueTicks()]).toEqual([0, 1]);
});
