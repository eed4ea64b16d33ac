import { assert } from "../assert.ts";
import type { Mode } from "../mode.ts";
import type { Ticket } from "../ticket.ts";
import { Candidates } from "./candidates.ts";
import type { Density } from "./density.ts";
import { matchNeighbours } from "./exact-pass.ts";
import type { FoundMatch, Matching, MatchingPass } from "./found-match.ts";
import { teamsOf } from "./found-match.ts";
import { GroupJudge } from "./group-judge.ts";
import { matchLeftovers } from "./leftover-pass.ts";
import { matchOverdue } from "./overdue-pass.ts";
import type { PoolRules } from "./pool-rules.ts";
import { poolRulesOf } from "./pool-rules.ts";
import { separatePools } from "./separate-pools.ts";
import { Tolerances } from "./tolerance.ts";
import { WaitingLine } from "./waiting-line.ts";

/**
 * Puts waiting tickets of one mode into matches, by the policy of ripe windows: a group is matched as soon as waiting
 * longer would cost more than it could gain.
 *
 * 1. Tickets that can never meet, because they differ in an attribute that must be the same, are separate pools.
 * 2. Sort a pool by rating, ties by place in line.
 * 3. Work out the tolerance at each rating from the density of arrivals there (`tolerance.ts`).
 * 4. Overdue pass: tickets past their cap, oldest first, get the nearest that complete a match (`overdue-pass.ts`).
 * 5. Exact pass: the best disjoint set of ripe windows of neighbours (`exact-pass.ts`).
 * 6. Leftover pass: ripe groups of those who are left, around each of them (`leftover-pass.ts`).
 * 7. Every group gets its best split into teams (`team-splitter.ts`).
 *
 * Pure and deterministic: no clock but `nowMs`, no chance, and the order of `tickets` does not matter.
 *
 * @param tickets all of `mode`
 * @param density arrivals per second and rating point of that mode
 */
export function findMatches(tickets: readonly Ticket[], mode: Mode, density: Density, nowMs: number): Matching {
  const tolerances = new Tolerances(mode, density);
  const rules = poolRulesOf(mode);
  const matches: FoundMatch[] = [];
  const unmatched: Ticket[] = [];
  for (const pool of separatePools(tickets, mode)) {
    const candidates = new Candidates(pool, rules.ruleBook, rules.rolePlaces, nowMs);
    matchPool(candidates, rules, tolerances, matches, unmatched);
  }
  return { matches, unmatched };
}

function matchPool(
  candidates: Candidates,
  rules: PoolRules,
  tolerances: Tolerances,
  matches: FoundMatch[],
  unmatched: Ticket[],
): void {
  const line = new WaitingLine(candidates.count);
  const judge = new GroupJudge(candidates, rules, tolerances);
  const form = (groups: readonly (readonly number[])[], pass: MatchingPass) => {
    for (const members of groups) {
      const teamOf = judge.split(members);
      assert(teamOf !== null, "a group that was chosen can be split into teams");
      matches.push({ teams: teamsOf(members, teamOf, candidates, rules.mode), pass });
    }
  };
  form(matchOverdue(candidates, line, rules, judge, tolerances), "overdue");
  form(matchNeighbours(candidates, line, rules, judge), "exact");
  form(matchLeftovers(candidates, line, rules, judge), "leftover");
  for (const position of line.positions()) unmatched.push(candidates.ticket(position));
}
