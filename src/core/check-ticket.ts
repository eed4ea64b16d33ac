import { checkAttributes } from "./check-attributes.ts";
import { checkLatency } from "./check-latency.ts";
import { checkRoles } from "./check-roles.ts";
import type { Mode } from "./mode.ts";
import type { Result } from "./result.ts";
import { accept, refuse } from "./result.ts";
import type { AskedConstraints, Constraints, TicketPlayer } from "./ticket.ts";
import type { TicketProblem } from "./ticket-problems.ts";
import { TicketProblems } from "./ticket-problems.ts";

export interface CheckedTicket {
  readonly players: readonly TicketPlayer[];
  readonly constraints: Constraints;
}

export interface TicketRefusal {
  readonly reason: "invalid_constraints";
  readonly problems: readonly TicketProblem[];
}

/**
 * Whether a mode takes such a ticket, and the one form in which its rules are kept and compared.
 *
 * 1. The party's size is one that the mode takes, and its own ratings are within the mode's limit.
 * 2. What the ticket asks for exists in the mode: attributes and their values, roles, locations.
 * 3. What it asks for can be had at all. A ticket that contradicts itself would wait forever: it avoids one of its own
 *    players, its ratings are further apart than it allows, no team has room for its roles, no server is near enough.
 * 4. The normal form: each player with the roles they offer, lists sorted and without repeats, defaults filled in, and
 *    nothing that says nothing. A ticket in normal form stays as it is.
 *
 * @param locations where servers can be
 * @returns the ticket's normal form, or everything that is wrong, each with its place in the call's body
 */
export function checkTicket(
  players: readonly TicketPlayer[],
  asked: AskedConstraints,
  mode: Mode,
  locations: readonly string[],
): Result<CheckedTicket, TicketRefusal> {
  const problems = new TicketProblems();
  checkParty(players, mode, problems);
  checkRatingGap(players, asked.maxRatingGap, problems);
  checkAvoid(players, asked.avoid ?? [], problems);
  const checkedPlayers = checkRoles(players, asked.roles, mode, problems);
  if (asked.latencyMs !== undefined) checkLatency(asked.latencyMs, mode.maxLatencyMs, locations, problems);
  const attributes = checkAttributes(asked.attributes ?? {}, mode.attributes, problems);
  if (problems.found.length > 0) return refuse({ reason: "invalid_constraints", problems: problems.found });
  const constraints: Constraints = {
    ...(asked.maxRatingGap !== undefined && { maxRatingGap: asked.maxRatingGap }),
    ...(asked.avoid !== undefined && asked.avoid.length > 0 && { avoid: [...new Set(asked.avoid)].sort() }),
    ...(asked.latencyMs !== undefined && { latencyMs: asked.latencyMs }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
  };
  return accept({ players: checkedPlayers, constraints });
}

function checkParty(
  players: readonly TicketPlayer[],
  { partySizes, maxRatingGap }: Mode,
  problems: TicketProblems,
): void {
  const range = ratingRange(players);
  if (!partySizes.includes(players.length)) {
    problems.add(
      ["party"],
      `This mode takes tickets of ${partySizes.join(", ")} players; this one has ${players.length}.`,
    );
  } else if (maxRatingGap !== null && range > maxRatingGap) {
    problems.add(["party"], `Its ratings are ${inPoints(range)} points apart; this mode allows ${maxRatingGap}.`);
  }
}

function checkRatingGap(players: readonly TicketPlayer[], gap: number | undefined, problems: TicketProblems): void {
  if (gap === undefined) return;
  const range = ratingRange(players);
  if (gap >= range) return;
  problems.add(["constraints", "max_rating_gap"], `The party's own ratings are ${inPoints(range)} points apart.`);
}

function checkAvoid(players: readonly TicketPlayer[], avoid: readonly string[], problems: TicketProblems): void {
  avoid.forEach((avoidedId, index) => {
    if (!players.some(({ playerId }) => playerId === avoidedId)) return;
    problems.add(["constraints", "avoid", index], "A ticket cannot avoid one of its own players.");
  });
}

/** Highest mu minus the lowest. */
function ratingRange(players: readonly TicketPlayer[]): number {
  const mus = players.map(({ mu }) => mu);
  return Math.max(...mus) - Math.min(...mus);
}

function inPoints(range: number): string {
  return range.toFixed(2);
}
