import type { Backfill } from "../backfill.ts";
import type { Match } from "../match.ts";
import type { Mode } from "../mode.ts";
import type { Ticket } from "../ticket.ts";
import type { Opening } from "./running-match.ts";
import { RunningMatch } from "./running-match.ts";

interface Prospects {
  readonly match: Match;
  readonly running: RunningMatch;
  /** Tickets that the hard rules keep out of it. */
  readonly keptOut: WeakSet<Ticket>;
}

/**
 * Who of those who wait could ever come into which running match. Whether that is anybody is asked whenever somebody
 * comes into line or leaves it, of every match that asks for players: so each ticket is held against each match once.
 *
 * Tickets, matches and backfills never change in place. A match or a backfill that is another one is looked at anew.
 */
export class JoinProspects {
  readonly #byBackfill = new WeakMap<Backfill, Prospects>();

  /** Whether the hard rules allow any of these tickets into a match: only then can time alone bring somebody in. */
  couldJoin(opening: Opening, waiting: Iterable<Ticket>, mode: Mode): boolean {
    const { running, keptOut } = this.#prospectsOf(opening, mode);
    if (running.isDeserted) return false;
    for (const ticket of waiting) {
      if (keptOut.has(ticket)) continue;
      if (running.teamsFor(ticket).length > 0) return true;
      keptOut.add(ticket);
    }
    return false;
  }

  #prospectsOf(opening: Opening, mode: Mode): Prospects {
    const { backfill, match } = opening;
    const known = this.#byBackfill.get(backfill);
    if (known?.match === match) return known;
    const prospects = { match, running: new RunningMatch(opening, mode), keptOut: new WeakSet<Ticket>() };
    this.#byBackfill.set(backfill, prospects);
    return prospects;
  }
}
