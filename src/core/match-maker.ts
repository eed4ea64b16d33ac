import { formMatch } from "./form-match.ts";
import type { Line } from "./line.ts";
import type { LiveMatches } from "./live-matches.ts";
import type { Match } from "./match.ts";
import type { MatchLifecycle } from "./match-lifecycle.ts";
import type { FoundMatch } from "./matching/found-match.ts";
import type { Matchmaking } from "./matchmaking.ts";
import type { Mode } from "./mode.ts";
import { seatJoiners } from "./seat-joiners.ts";
import type { Ticket } from "./ticket.ts";
import { limitsOf } from "./ticket-limits.ts";

/** Makes a match of a group, or lets a group into one: the tickets end, and the match holds their players. */
export class MatchMaker {
  readonly #line: Line;
  readonly #matchmaking: Matchmaking;
  readonly #matches: LiveMatches;
  readonly #lifecycle: MatchLifecycle;

  constructor(line: Line, matchmaking: Matchmaking, matches: LiveMatches, lifecycle: MatchLifecycle) {
    this.#line = line;
    this.#matchmaking = matchmaking;
    this.#matches = matches;
    this.#lifecycle = lifecycle;
  }

  make(found: FoundMatch, mode: Mode, matchId: string, nowMs: number): void {
    this.#endTickets(found.teams.flat(), nowMs);
    this.#lifecycle.formed(formMatch(found, mode, matchId, this.#matches.nextRev(), nowMs), found.pass);
  }

  /** @param teams tickets that come onto each team, in the order of the match's teams */
  join(match: Match, teams: FoundMatch["teams"], mode: Mode, nowMs: number): Match {
    const tickets = teams.flat();
    this.#endTickets(tickets, nowMs);
    return this.#lifecycle.filled(match, seatJoiners(match, teams, mode, nowMs), limitsOf(tickets), nowMs);
  }

  #endTickets(tickets: readonly Ticket[], nowMs: number): void {
    for (const ticket of tickets) {
      const estimate = this.#matchmaking.matched(ticket, nowMs);
      this.#line.end(ticket, "matched", nowMs, estimate === null ? {} : { estimate });
    }
  }
}
