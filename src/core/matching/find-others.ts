import type { Mode } from "../mode.ts";
import type { Ticket } from "../ticket.ts";
import { Candidates } from "./candidates.ts";
import type { Density } from "./density.ts";
import { teamsOf } from "./found-match.ts";
import { Group } from "./group.ts";
import { GroupJudge } from "./group-judge.ts";
import { Nearest } from "./nearest.ts";
import { poolRulesOf } from "./pool-rules.ts";
import { sameValuesAs } from "./separate-pools.ts";
import { Tolerances } from "./tolerance.ts";
import { WaitingLine } from "./waiting-line.ts";

/** How many of those whom the rules allow are tried, and how many are looked at to find them. */
const MOST_TRIED = 24;
const MOST_LOOKED_AT = 1_000;
/** Groups that are judged, and tickets that are tried for them. */
const MOST_JUDGED = 200;
const MOST_TRIES = 2_000;

type Teams = readonly (readonly Ticket[])[];

/**
 * Completes matches around tickets that are held, after others dropped out of them.
 *
 * 1. One held group after the other, in the given order. Look at those who wait, nearest in rating to the middle of the
 *    held ones first, and keep the first 24 whom the hard rules allow.
 * 2. Try all ways in which these fill the empty places, nearest first, up to a limit.
 * 3. Of the groups that are ripe, by the same cost and tolerance as in every tick, the one with the most surplus wins.
 *    The held ones' wait counts, so what is ripe widens from tick to tick. With somebody past their cap a group need not
 *    be ripe, as in every tick.
 * 4. The group gets its best split into teams, whoever was on which before. Who was found is not looked at again.
 *
 * @param held groups of at least one ticket
 * @param waiting tickets of the mode, none of the held ones among them
 * @returns the teams of each group, in the given order; null while nobody suits
 */
export function findOthers(
  held: readonly (readonly Ticket[])[],
  waiting: readonly Ticket[],
  mode: Mode,
  density: Density,
  nowMs: number,
): (Teams | null)[] {
  const search = new OthersSearch(held, waiting, mode, density, nowMs);
  return held.map((group) => search.complete(group));
}

class OthersSearch {
  readonly #mode: Mode;
  readonly #candidates: Candidates;
  readonly #tolerances: Tolerances;
  readonly #judge: GroupJudge;
  readonly #group: Group;
  /** Those who wait. */
  readonly #line: WaitingLine;
  readonly #positionOf: ReadonlyMap<Ticket, number>;

  constructor(
    held: readonly (readonly Ticket[])[],
    waiting: readonly Ticket[],
    mode: Mode,
    density: Density,
    nowMs: number,
  ) {
    const rules = poolRulesOf(mode);
    this.#mode = mode;
    this.#candidates = new Candidates([...held.flat(), ...waiting], rules.ruleBook, rules.rolePlaces, nowMs);
    this.#tolerances = new Tolerances(mode, density);
    this.#judge = new GroupJudge(this.#candidates, rules, this.#tolerances);
    this.#group = new Group(this.#candidates, rules);
    this.#line = new WaitingLine(this.#candidates.count);
    this.#positionOf = new Map(this.#candidates.tickets.map((ticket, position) => [ticket, position]));
    for (const position of this.#positionsOf(held.flat())) this.#line.take(position);
  }

  complete(held: readonly Ticket[]): Teams | null {
    const positions = this.#positionsOf(held);
    if (!this.#group.take(positions)) return null;
    const best = this.#bestWith(this.#allowedAround(positions));
    const teamOf = best === null ? null : this.#judge.split(best);
    if (best === null || teamOf === null) return null;
    for (const member of best) if (!positions.includes(member)) this.#line.take(member);
    return teamsOf(best, teamOf, this.#candidates, this.#mode);
  }

  #positionsOf(tickets: readonly Ticket[]): number[] {
    return tickets.flatMap((ticket) => this.#positionOf.get(ticket) ?? []);
  }

  /** Those who wait and may join the group, nearest first. */
  #allowedAround(held: readonly number[]): number[] {
    const anchor = this.#middleOf(held);
    const isAlike = sameValuesAs(this.#candidates.ticket(anchor), this.#mode);
    const allowed: number[] = [];
    this.#line.giveBack(anchor);
    const nearest = new Nearest(this.#candidates, this.#line, anchor);
    for (let place = 0; place < MOST_LOOKED_AT && allowed.length < MOST_TRIED; place += 1) {
      const next = nearest.at(place);
      if (next === null) break;
      if (isAlike(this.#candidates.ticket(next)) && this.#group.conflictWith(next) === null) allowed.push(next);
    }
    this.#line.take(anchor);
    return allowed;
  }

  /** The one nearest to the middle of their range. */
  #middleOf(positions: readonly number[]): number {
    const ratingOf = (position: number) => this.#candidates.rating[position] ?? 0;
    const ratings = positions.map(ratingOf);
    const middle = (Math.min(...ratings) + Math.max(...ratings)) / 2;
    const distance = (position: number) => Math.abs(ratingOf(position) - middle);
    return positions.reduce((best, position) => (distance(position) < distance(best) ? position : best));
  }

  /** The group with some of these that has the most surplus; null: none can be made now. */
  #bestWith(allowed: readonly number[]): number[] | null {
    const group = this.#group;
    let best: number[] | null = null;
    let mostSurplus = Number.NEGATIVE_INFINITY;
    let triesLeft = MOST_TRIES;
    let judgedLeft = MOST_JUDGED;
    const extend = (firstPlace: number): void => {
      if (group.isComplete) {
        judgedLeft -= 1;
        const { members } = group;
        const { surplus } = this.#judge.judge(members);
        if (surplus <= mostSurplus || !(surplus >= 0 || this.#mustBe(members))) return;
        mostSurplus = surplus;
        best = members;
        return;
      }
      for (let place = firstPlace; place < allowed.length && triesLeft > 0 && judgedLeft > 0; place += 1) {
        triesLeft -= 1;
        if (!group.add(allowed[place] ?? 0)) continue;
        extend(place + 1);
        group.removeLast();
      }
    };
    extend(0);
    return best;
  }

  /** Somebody waits past their cap, and teams can be made. */
  #mustBe(members: readonly number[]): boolean {
    const { ageS, rating } = this.#candidates;
    const isOverdue = (position: number) =>
      (ageS[position] ?? 0) >= this.#tolerances.overdueAfterS(rating[position] ?? 0);
    return members.some(isOverdue) && this.#judge.split(members) !== null;
  }
}
