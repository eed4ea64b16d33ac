import type { Mode } from "../mode.ts";
import { playersPerMatch } from "../mode.ts";
import type { Ticket } from "../ticket.ts";
import { ticketRating } from "../ticket.ts";
import type { Split } from "./best-split.ts";
import { bestSplit } from "./best-split.ts";
import type { Density } from "./density.ts";
import { summarizeGroup } from "./group-summary.ts";
import { toleranceOf } from "./tolerance.ts";

export interface FoundMatch {
  /** Tickets of each team, in team order. */
  readonly teams: readonly (readonly Ticket[])[];
}

export interface Matching {
  readonly matches: readonly FoundMatch[];
  readonly unmatched: readonly Ticket[];
}

interface Window {
  readonly first: number;
  /** One past the last. */
  readonly end: number;
  readonly split: Split;
  /** Tolerance minus cost: how much better than needed. Below 0 only where a ticket is overdue. */
  readonly surplus: number;
}

/**
 * Puts waiting tickets of one mode into matches.
 *
 * 1. Sort the tickets by rating, ties by place in line.
 * 2. For each right end at most one contiguous window holds exactly the players of a match; slide over them all.
 * 3. A window is allowed if its range keeps every ticket's maximum rating gap and nobody avoids anybody in it.
 * 4. Its cost is its rating range + 4·imbalance/T of its best split + MATCH_BETA·mean sigma; it is ripe if the cost
 *    is within the tolerance that its density and waiting time give it.
 * 5. A window with a ticket that is overdue is ripe at any cost: past that age a loose match beats no match.
 * 6. Take ripe windows, largest surplus first, skipping those that share a ticket with one taken.
 *
 * Pure and deterministic: no clock but `nowMs`, no chance, and the order of `tickets` does not matter.
 *
 * @param tickets all of `mode`
 * @param density arrivals per second and rating point of that mode
 */
export function findMatches(tickets: readonly Ticket[], mode: Mode, density: Density, nowMs: number): Matching {
  const sorted = sortedByRating(tickets);
  const ripe = ripeWindows(sorted, mode, density, nowMs);
  ripe.sort((a, b) => b.surplus - a.surplus || a.first - b.first);

  const taken = new Array<boolean>(sorted.length).fill(false);
  const matches: FoundMatch[] = [];
  for (const window of ripe) {
    if (taken.slice(window.first, window.end).includes(true)) continue;
    taken.fill(true, window.first, window.end);
    const members = sorted.slice(window.first, window.end);
    const teams = Array.from({ length: mode.teams }, (_, team) =>
      members.filter((_, position) => window.split.teamOf[position] === team),
    );
    matches.push({ teams });
  }
  return { matches, unmatched: sorted.filter((_, position) => taken[position] === false) };
}

/** By rating, ties by place in line. Each rating is worked out once: the comparison asks for it many times. */
function sortedByRating(tickets: readonly Ticket[]): Ticket[] {
  return tickets
    .map((ticket) => ({ ticket, rating: ticketRating(ticket) }))
    .sort((a, b) => a.rating - b.rating || byPlace(a.ticket, b.ticket))
    .map(({ ticket }) => ticket);
}

function byPlace(a: Ticket, b: Ticket): number {
  return a.enqueuedAtMs - b.enqueuedAtMs || (a.ticketId < b.ticketId ? -1 : a.ticketId > b.ticketId ? 1 : 0);
}

function ripeWindows(sorted: readonly Ticket[], mode: Mode, density: Density, nowMs: number): Window[] {
  const needed = playersPerMatch(mode);
  const windows: Window[] = [];
  let first = 0;
  let players = 0;
  sorted.forEach((ticket, position) => {
    players += ticket.players.length;
    while (players > needed) {
      players -= sorted[first]?.players.length ?? 0;
      first += 1;
    }
    if (players !== needed) return;
    const window = judge(sorted, first, position + 1, mode, density, nowMs);
    if (window !== null) windows.push(window);
  });
  return windows;
}

/** The window as a candidate, or null if it is not allowed or not ripe. */
function judge(
  sorted: readonly Ticket[],
  first: number,
  end: number,
  mode: Mode,
  density: Density,
  nowMs: number,
): Window | null {
  const { range, middle, meanSigma, meanAgeS, highestAgeS } = summarizeGroup(sorted, first, end, nowMs);
  const tolerance = toleranceOf(mode, density(middle), meanAgeS, highestAgeS);
  const isOverdue = highestAgeS * 1000 >= mode.overdueAfterMs;
  const costBeforeSplit = range + mode.sigmaWeight * meanSigma;
  if (costBeforeSplit > tolerance && !isOverdue) return null;
  const members = sorted.slice(first, end);
  if (!isAllowed(members, range)) return null;
  const split = bestSplit(
    members.map((ticket) => ({ size: ticket.players.length, ratingSum: ticketRating(ticket) * ticket.players.length })),
    mode.teams,
    mode.teamSize,
  );
  if (split === null) return null;
  const surplus = tolerance - costBeforeSplit - (4 * split.imbalance) / mode.teamSize;
  return surplus >= 0 || isOverdue ? { first, end, split, surplus } : null;
}

/**
 * Hard rules: a forbidden group is none at all, not an expensive one. A ticket cannot avoid its own players, or it would
 * wait forever.
 */
function isAllowed(members: readonly Ticket[], range: number): boolean {
  return members.every((ticket) => {
    const { maxRatingGap, avoid } = ticket.constraints;
    if (maxRatingGap !== undefined && range > maxRatingGap) return false;
    if (avoid === undefined) return true;
    return !members.some(
      (other) => other !== ticket && other.players.some((player) => avoid.includes(player.playerId)),
    );
  });
}
