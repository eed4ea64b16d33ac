import type { Mode } from "../mode.ts";
import { playersPerMatch } from "../mode.ts";
import type { Ticket } from "../ticket.ts";
import { ticketRating, waitingSinceMs } from "../ticket.ts";
import { Candidates } from "./candidates.ts";
import type { Density } from "./density.ts";
import { Group } from "./group.ts";
import type { RuleName } from "./group-rules.ts";
import { poolRulesOf } from "./pool-rules.ts";
import { sameAttributes, sameValueOf } from "./separate-pools.ts";
import { Tolerances } from "./tolerance.ts";

/** Other tickets that are looked at, the first of those given: a status call must stay cheap in a crowd. */
export const MOST_EXPLAINED = 500;

/** Why a ticket still waits, by the same rules and numbers that decide over it. */
export interface Explanation {
  /** What a match of tickets as old as this one may cost now, in rating points. */
  readonly tolerance: number;
  /** The same after so many seconds more. */
  readonly toleranceIn: { readonly 10: number; readonly 30: number; readonly 60: number };
  /** Other tickets that no hard rule keeps out of a match with this one. */
  readonly compatible: number;
  /** Those of them that lie within the tolerance. */
  readonly nearEnough: number;
  /** Players that a match needs besides this ticket's. */
  readonly needed: number;
  /** The hard rule that keeps most others out; null: none keeps anybody out. */
  readonly heldBackBy: { readonly rule: RuleName; readonly excludes: number } | null;
  /** When tolerance stops to count and only the hard rules do; null: it does not count any more. */
  readonly relaxesAtMs: number | null;
}

/**
 * 1. The tolerance is that of a group around this ticket's rating in which everybody is as old as it is.
 * 2. Every other ticket is asked to join a group of this one alone: it is compatible, or the first rule in its way is
 *    noted.
 * 3. Compatible tickets count as near enough if the two ratings are no further apart than the tolerance.
 *
 * @param others tickets of the mode; the ticket itself may be among them
 */
export function explain(
  ticket: Ticket,
  others: Iterable<Ticket>,
  mode: Mode,
  density: Density,
  nowMs: number,
): Explanation {
  const tolerances = new Tolerances(mode, density);
  const rating = ticketRating(ticket);
  const ageS = Math.max(0, nowMs - waitingSinceMs(ticket)) / 1000;
  const toleranceAfter = (seconds: number) => tolerances.of(rating, ageS + seconds, ageS + seconds);
  const tolerance = toleranceAfter(0);
  const looked = firstOthers(ticket, others);
  const conflicts = conflictsWith(ticket, looked, mode, nowMs);
  const compatible = looked.filter((_, index) => conflicts[index] === null);
  const nearEnough = compatible.filter((other) => Math.abs(ticketRating(other) - rating) <= tolerance);
  const overdueAtMs = waitingSinceMs(ticket) + tolerances.overdueAfterS(rating) * 1000;
  return {
    tolerance,
    toleranceIn: { 10: toleranceAfter(10), 30: toleranceAfter(30), 60: toleranceAfter(60) },
    compatible: compatible.length,
    nearEnough: nearEnough.length,
    needed: playersPerMatch(mode) - ticket.players.length,
    heldBackBy: mostExcluding(conflicts),
    relaxesAtMs: overdueAtMs > nowMs ? overdueAtMs : null,
  };
}

function firstOthers({ ticketId }: Ticket, others: Iterable<Ticket>): Ticket[] {
  const first: Ticket[] = [];
  for (const other of others) {
    if (first.length === MOST_EXPLAINED) break;
    if (other.ticketId !== ticketId) first.push(other);
  }
  return first;
}

/** For each of the others the first rule that keeps it out of a match with this ticket; null: none does. */
function conflictsWith(
  ticket: Ticket,
  others: readonly Ticket[],
  mode: Mode,
  nowMs: number,
): readonly (RuleName | null)[] {
  const rules = poolRulesOf(mode);
  const candidates = new Candidates([ticket, ...others], rules.ruleBook, rules.rolePlaces, nowMs);
  const positions = new Map(candidates.tickets.map((one, position) => [one, position]));
  const group = new Group(candidates, rules);
  group.take([positions.get(ticket) ?? 0]);
  const mustBeSame = sameAttributes(mode);
  return others.map((other) => {
    const different = mustBeSame.find((name) => sameValueOf(ticket, mode, name) !== sameValueOf(other, mode, name));
    return different ?? group.conflictWith(positions.get(other) ?? 0);
  });
}

function mostExcluding(conflicts: readonly (RuleName | null)[]): Explanation["heldBackBy"] {
  const excludes = new Map<RuleName, number>();
  for (const rule of conflicts) if (rule !== null) excludes.set(rule, (excludes.get(rule) ?? 0) + 1);
  let most: Explanation["heldBackBy"] = null;
  for (const [rule, count] of excludes) if (count > (most?.excludes ?? 0)) most = { rule, excludes: count };
  return most;
}
