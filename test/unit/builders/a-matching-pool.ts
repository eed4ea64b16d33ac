import { Candidates } from "../../../src/core/matching/candidates.ts";
import type { Density } from "../../../src/core/matching/density.ts";
import { Group } from "../../../src/core/matching/group.ts";
import { GroupJudge } from "../../../src/core/matching/group-judge.ts";
import type { PoolRules } from "../../../src/core/matching/pool-rules.ts";
import { poolRulesOf } from "../../../src/core/matching/pool-rules.ts";
import { TeamSplitter } from "../../../src/core/matching/team-splitter.ts";
import { Tolerances } from "../../../src/core/matching/tolerance.ts";
import { WaitingLine } from "../../../src/core/matching/waiting-line.ts";
import type { Mode } from "../../../src/core/mode.ts";
import type { Ticket } from "../../../src/core/ticket.ts";
import { anEvenDensity } from "./a-density.ts";

/** The parts of one tick, put together as the tick does. Positions are in the order of rating. */
export interface MatchingPool {
  readonly candidates: Candidates;
  readonly line: WaitingLine;
  readonly rules: PoolRules;
  readonly judge: GroupJudge;
  readonly splitter: TeamSplitter;
  readonly tolerances: Tolerances;
  readonly group: Group;
}

export function aMatchingPool(
  tickets: readonly Ticket[],
  mode: Mode,
  { density = anEvenDensity(1), nowMs = 0 }: { readonly density?: Density; readonly nowMs?: number } = {},
): MatchingPool {
  const rules = poolRulesOf(mode);
  const candidates = new Candidates(tickets, rules.ruleBook, rules.rolePlaces, nowMs);
  const tolerances = new Tolerances(mode, density);
  return {
    candidates,
    line: new WaitingLine(candidates.count),
    rules,
    judge: new GroupJudge(candidates, rules, tolerances),
    splitter: new TeamSplitter(candidates, rules),
    tolerances,
    group: new Group(candidates, rules),
  };
}

/** First players of the tickets at these positions. */
export function namesAt({ candidates }: MatchingPool, positions: readonly number[]): (string | undefined)[] {
  return positions.map((position) => candidates.ticket(position).players[0]?.playerId);
}
