import type { Candidates } from "./candidates.ts";
import type { RipeGroup } from "./gathering.ts";
import { Gathering } from "./gathering.ts";
import type { GroupJudge } from "./group-judge.ts";
import type { PoolRules } from "./pool-rules.ts";
import { byPlaceInLine } from "./rating-order.ts";
import type { WaitingLine } from "./waiting-line.ts";

/** Tickets that are tried in one tick around all anchors together; the oldest anchors come first. */
const MOST_TRIES = 2_000_000;

/**
 * Makes matches of what the exact pass left: parties that do not tile, runs of neighbours that a rule or their balance
 * broke.
 *
 * 1. Around each ticket, oldest first, gather the nearest that the hard rules allow (`gathering.ts`).
 * 2. Take the ripe groups, largest surplus first, skipping those that share a ticket with one taken.
 * 3. Tickets that were in a ripe group and lost a mate that way gather again, as long as that makes matches.
 *
 * @returns groups by position; their members are taken out of the line
 */
export function matchLeftovers(
  candidates: Candidates,
  line: WaitingLine,
  pool: PoolRules,
  judge: GroupJudge,
): number[][] {
  const groups: number[][] = [];
  let triesLeft = MOST_TRIES;
  let anchors = oldestFirst(candidates, line);
  while (anchors.length > 0) {
    const gathering = new Gathering(candidates, line, pool, judge);
    const ripe: RipeGroup[] = [];
    for (const anchor of anchors) {
      if (triesLeft <= 0) break;
      ripe.push(...gathering.around(anchor));
      triesLeft -= gathering.tries + 1;
    }
    groups.push(...takeBestFirst(ripe, line));
    anchors = [...new Set(ripe.map(({ anchor }) => anchor))].filter((anchor) => line.has(anchor));
  }
  return groups;
}

function oldestFirst(candidates: Candidates, line: WaitingLine): number[] {
  return Array.from(line.positions()).sort((a, b) => byPlaceInLine(candidates.ticket(a), candidates.ticket(b)));
}

function takeBestFirst(ripe: readonly RipeGroup[], line: WaitingLine): number[][] {
  const taken: number[][] = [];
  for (const { members } of [...ripe].sort((a, b) => b.surplus - a.surplus)) {
    if (!members.every((member) => line.has(member))) continue;
    for (const member of members) line.take(member);
    taken.push([...members]);
  }
  return taken;
}
