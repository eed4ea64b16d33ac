import type { Mode } from "../mode.ts";
import type { Ticket } from "../ticket.ts";
import { Candidates } from "./candidates.ts";
import type { Density } from "./density.ts";
import { teamsOf } from "./found-match.ts";
import { Group } from "./group.ts";
import { GroupJudge } from "./group-judge.ts";
import { poolRulesOf } from "./pool-rules.ts";
import { sameAttributes, sameValueOf } from "./separate-pools.ts";
import { Tolerances } from "./tolerance.ts";

/** Who is looked at: the nearest in rating to those who are held. */
const NEAREST = 24;
/** Groups that are judged, and tickets that are tried for them. */
const MOST_JUDGED = 200;
const MOST_TRIES = 2_000;

/**
 * Completes a match around tickets that are held, after others dropped out of it.
 *
 * 1. Look at those who wait and whom the hard rules allow, nearest in rating to the middle of the held ones first.
 * 2. Try all ways in which the nearest 24 of them fill the empty places, nearest first, up to a limit.
 * 3. Of the groups that are ripe, by the same cost and tolerance as in every tick, the one with the most surplus wins.
 *    The held ones' wait counts, so what is ripe widens from tick to tick.
 * 4. The group gets its best split into teams, whoever was on which before.
 *
 * @param held at least one, allowed together
 * @param waiting tickets of the mode, none of the held ones among them
 * @returns the teams; null while nobody suits
 */
export function findOthers(
  held: readonly Ticket[],
  waiting: readonly Ticket[],
  mode: Mode,
  density: Density,
  nowMs: number,
): readonly (readonly Ticket[])[] | null {
  const candidates = candidatesAround(held, waiting, mode, nowMs);
  const rules = poolRulesOf(mode);
  const judge = new GroupJudge(candidates, rules, new Tolerances(mode, density));
  const group = new Group(candidates, rules);
  const isHeld = new Set(held);
  const positions = candidates.tickets.map((_, position) => position);
  const heldPositions = positions.filter((position) => isHeld.has(candidates.ticket(position)));
  if (!group.take(heldPositions)) return null;
  const nearest = nearestTo(heldPositions, candidates).filter((position) => group.conflictWith(position) === null);
  const best = bestCompletion(group, nearest.slice(0, NEAREST), judge);
  const teamOf = best === null ? null : judge.split(best);
  return best === null || teamOf === null ? null : teamsOf(best, teamOf, candidates, mode);
}

/** Those who differ in an attribute that must be the same are no candidates. */
function candidatesAround(held: readonly Ticket[], waiting: readonly Ticket[], mode: Mode, nowMs: number): Candidates {
  const [first] = held;
  const mustBeSame =
    first === undefined ? [] : sameAttributes(mode).map((name) => [name, sameValueOf(first, mode, name)]);
  const alike = waiting.filter((ticket) =>
    mustBeSame.every(([name, value]) => sameValueOf(ticket, mode, String(name)) === value),
  );
  const { ruleBook, rolePlaces } = poolRulesOf(mode);
  return new Candidates([...held, ...alike], ruleBook, rolePlaces, nowMs);
}

/** Positions of the others by their distance from the middle of the held ones' range; ties by position. */
function nearestTo(heldPositions: readonly number[], { rating, count }: Candidates): number[] {
  const ratings = heldPositions.map((position) => rating[position] ?? 0);
  const middle = (Math.min(...ratings) + Math.max(...ratings)) / 2;
  const distance = (position: number) => Math.abs((rating[position] ?? 0) - middle);
  return Array.from({ length: count }, (_, position) => position)
    .filter((position) => !heldPositions.includes(position))
    .sort((a, b) => distance(a) - distance(b) || a - b);
}

/** The ripe group with the most surplus; null: none is ripe. */
function bestCompletion(group: Group, nearest: readonly number[], judge: GroupJudge): number[] | null {
  let best: number[] | null = null;
  let mostSurplus = 0;
  let triesLeft = MOST_TRIES;
  let judgedLeft = MOST_JUDGED;
  const extend = (firstPlace: number): void => {
    if (group.isComplete) {
      judgedLeft -= 1;
      const { surplus } = judge.judge(group.members);
      if (surplus < mostSurplus || (surplus === mostSurplus && best !== null)) return;
      mostSurplus = surplus;
      best = group.members;
      return;
    }
    for (let place = firstPlace; place < nearest.length && triesLeft > 0 && judgedLeft > 0; place += 1) {
      triesLeft -= 1;
      if (!group.add(nearest[place] ?? 0)) continue;
      extend(place + 1);
      group.removeLast();
    }
  };
  extend(0);
  return best;
}
