import type { Ticket } from "../../../src/core/ticket.ts";
import { ticketRating } from "../../../src/core/ticket.ts";
import { fillGroup } from "../fill-group.ts";
import type { GameShape } from "../game-shape.ts";
import { playersOf } from "../game-shape.ts";
import type { Policy, PolicyMatch } from "../policy.ts";
import { fairSplits } from "../split-teams.ts";

/** The matcher's default interval; clients resubmit with a wider query when one passed without a match. */
const INTERVAL_MS = 15_000;
const GROWTH = 1.5;

interface Query {
  readonly ticket: Ticket;
  readonly rating: number;
  readonly width: number;
  /** A ticket that is submitted again is a new one. */
  readonly submittedAtMs: number;
}

/**
 * Nakama's way: each ticket is a query for ratings around its own, which the client submits again when nothing was
 * found.
 *
 * 1. Every 15 s go through the tickets in the order in which they were submitted last.
 * 2. Fill a match with the tickets that the query finds, oldest submission first; whether their queries find it is not
 *    asked.
 * 3. Every 15 s of its age a ticket is submitted again: at the end of the line, 1.5 times as wide.
 *
 * Of 96 readings tried this one comes closest to the figures that are known of it: the mean wait within 1 %, the rating
 * spread 12 % too small.
 *
 * @param width rating points to either side that the first query finds: its knob
 */
export function queryResubmit(shape: GameShape, width: number): Policy {
  const split = fairSplits(shape);
  return {
    arrived: () => {},
    tick: (waiting, nowMs) => {
      if (nowMs % INTERVAL_MS !== 0) return [];
      const matches: PolicyMatch[] = [];
      const taken = new Set<Ticket>();
      const line = waiting
        .map((ticket) => queryOf(ticket, width, nowMs))
        .sort((a, b) => a.submittedAtMs - b.submittedAtMs);
      for (const query of line) {
        if (taken.has(query.ticket)) continue;
        const found = line
          .filter(({ ticket, rating }) => !taken.has(ticket) && Math.abs(rating - query.rating) <= query.width)
          .map(({ ticket }) => ticket)
          .filter((ticket) => ticket !== query.ticket);
        const members = fillGroup([query.ticket, ...found], playersOf(shape));
        const teams = members === null ? null : split(members);
        if (members === null || teams === null) continue;
        matches.push({ teams, pass: null });
        for (const ticket of members) taken.add(ticket);
      }
      return matches;
    },
  };
}

function queryOf(ticket: Ticket, width: number, nowMs: number): Query {
  const resubmissions = Math.floor((nowMs - ticket.enqueuedAtMs) / INTERVAL_MS);
  return {
    ticket,
    rating: ticketRating(ticket),
    width: width * GROWTH ** resubmissions,
    submittedAtMs: ticket.enqueuedAtMs + resubmissions * INTERVAL_MS,
  };
}
