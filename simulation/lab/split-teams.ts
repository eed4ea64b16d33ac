import { Candidates } from "../../src/core/matching/candidates.ts";
import { poolRulesOf } from "../../src/core/matching/pool-rules.ts";
import { TeamSplitter } from "../../src/core/matching/team-splitter.ts";
import type { Ticket } from "../../src/core/ticket.ts";
import type { GameShape } from "./game-shape.ts";
import { REFERENCE_SETTINGS, referenceMode } from "./lab-modes.ts";

/** @returns tickets by team; null where the parties do not fit on the teams */
export type SplitTeams = (members: readonly Ticket[]) => Ticket[][] | null;

/**
 * Splits groups so that the teams' sums of mu are as close as can be.
 *
 * The baselines differ in whom they group, not in how they split: with the original's and FlexMatch's own ways nothing
 * but the best split gives the unevenness that is known of them.
 */
export function fairSplits(shape: GameShape): SplitTeams {
  const rules = poolRulesOf(referenceMode(shape, shape.pointsPerSecond, REFERENCE_SETTINGS));
  return (members) => {
    const candidates = new Candidates(members, rules.ruleBook, rules.rolePlaces, 0);
    const positions = candidates.tickets.map((_, position) => position);
    const teamOf = new TeamSplitter(candidates, rules).split(positions, 0);
    if (teamOf === null) return null;
    return Array.from({ length: shape.teams }, (_, team) =>
      candidates.tickets.filter((_, position) => teamOf[position] === team),
    );
  };
}
