import type { Change } from "../changes.ts";
import type { Match, MatchStatus } from "../match.ts";
import { unreleasedPlayerIds } from "../match.ts";
import type { ModeTable } from "../mode.ts";
import type { QueueState } from "../queue-state.ts";
import type { Ticket, TicketEnding } from "../ticket.ts";
import type { Books } from "./books.ts";
import { emptyBooks, openTicketsBy, unratedResultsBy } from "./books.ts";
import { checkFilled, checkFormed } from "./check-line-up.ts";
import type { Holdings } from "./holdings.ts";
import type { Invariant, Violation } from "./violation.ts";

/** What the ledger keeps of a match that the region still answers for. */
interface BookedMatch {
  readonly status: MatchStatus;
  /** Players whom it holds. */
  readonly slots: number;
}

const UNRATED: readonly MatchStatus[] = ["reporting", "rating_failed"];
/** So many ids at most in one violation. */
const IDS_NAMED = 20;

/**
 * A second book-keeping of the region, by what happened alone. It sees the changes that become durable and nothing else,
 * so it agrees with the pools, the proposals and the matches only if none of them lost, doubled or invented anything.
 *
 * 1. On waking, the books open with the rows that storage held. What they have beyond the saved books is net: it
 *    happened after the last save, and nobody can say any more how much came and went.
 * 2. Every change is booked as it is recorded: a few additions, whatever the number of those who wait.
 * 3. After every event its totals are compared with what is held, total by total. Only where they differ are ids looked
 *    for, one by one. A difference is told of when it appears or changes, not again at every event.
 */
export class Ledger {
  readonly #modes: ModeTable;
  /** Players by ticket. */
  readonly #open = new Map<string, number>();
  readonly #matches = new Map<string, BookedMatch>();
  readonly #countOf = new Map<MatchStatus, number>();
  /** Tickets matched in this event that are in no match so far, with their players. */
  readonly #matched = new Map<string, readonly string[]>();
  readonly #sinceMs: number;
  readonly #unbooked: Books["unbooked"];
  /** What storage held on waking. */
  readonly openedWith: { readonly tickets: number; readonly results: number };
  readonly #ended: Partial<Record<TicketEnding, number>>;
  #accepted: number;
  #reported: number;
  #rated: number;
  #playersOnTickets = 0;
  #slots = 0;
  #found: Violation[] = [];
  /** The differences as they were told of last. */
  readonly #told = new Map<string, number>();

  constructor({ tickets, matches, learned }: QueueState, modes: ModeTable, nowMs: number) {
    this.#modes = modes;
    for (const ticket of tickets) this.#openTicket(ticket);
    for (const match of matches) this.#put(match);
    const books = learned.books ?? emptyBooks(nowMs);
    this.#sinceMs = books.sinceMs;
    this.#accepted = books.accepted;
    this.#ended = { ...books.ended };
    this.#reported = books.reported;
    this.#rated = books.rated;
    this.openedWith = { tickets: this.#open.size, results: this.unratedResults };
    this.#unbooked = {
      tickets: books.unbooked.tickets + this.openedWith.tickets - openTicketsBy(books),
      results: books.unbooked.results + this.openedWith.results - unratedResultsBy(books),
    };
  }

  /** As they are to be saved. */
  get books(): Books {
    return {
      sinceMs: this.#sinceMs,
      accepted: this.#accepted,
      ended: { ...this.#ended },
      reported: this.#reported,
      rated: this.#rated,
      unbooked: this.#unbooked,
    };
  }

  get openTickets(): number {
    return this.#open.size;
  }

  get unratedResults(): number {
    return UNRATED.reduce((sum, status) => sum + this.matchesIn(status), 0);
  }

  matchesIn(status: MatchStatus): number {
    return this.#countOf.get(status) ?? 0;
  }

  book(change: Change): void {
    switch (change.type) {
      case "ticket_added":
        this.#accepted += 1;
        this.#openTicket(change.ticket);
        return;
      case "ticket_ended":
        this.#endTicket(change.ticket, change.ending);
        return;
      case "match_changed":
        this.#bookMatch(change);
        return;
      case "match_finished":
        if (!UNRATED.includes(this.#matches.get(change.match.matchId)?.status ?? "finished"))
          this.#find("results_accounted", "a match was rated that had no unrated result", [change.match.matchId]);
        else this.#rated += 1;
        this.#remove(change.match.matchId);
        return;
      case "match_forgotten":
        if (UNRATED.includes(this.#matches.get(change.matchId)?.status ?? "finished"))
          this.#find("results_accounted", "a match was forgotten whose result is not rated", [change.matchId]);
        this.#remove(change.matchId);
    }
  }

  /**
   * To be called after every event.
   *
   * @returns what it found wrong since it was asked last
   */
  compare(held: Holdings): Violation[] {
    for (const ticketId of this.#matched.keys())
      this.#find("matches_whole", "a ticket was matched and is in no match", [ticketId]);
    this.#matched.clear();
    this.#differ("tickets_conserved", "tickets held", held.tickets - this.#open.size, () => this.#strayTickets(held));
    this.#differ("tickets_conserved", "tickets that neither wait nor are asked", held.setAside - held.asked, () =>
      [...this.#open.keys()].filter((ticketId) => held.isStranded(ticketId)),
    );
    this.#differ("players_bound_once", "players on tickets", held.players - this.#playersOnTickets, () => []);
    const bound = this.#playersOnTickets + this.#slots;
    this.#differ("players_bound_once", "players held by a ticket or a match", held.occupied - bound, () => []);
    for (const status of ["pending", ...UNRATED] as const)
      this.#differ("results_accounted", `${status} matches`, held.matchesIn(status) - this.matchesIn(status), () =>
        [...this.#matches].flatMap(([id, match]) =>
          match.status === status && held.statusOf(id) !== status ? [id] : [],
        ),
      );
    const found = this.#found;
    this.#found = [];
    return found;
  }

  #openTicket({ ticketId, players }: Ticket): void {
    if (this.#open.has(ticketId)) this.#find("tickets_conserved", "a ticket was accepted twice", [ticketId]);
    this.#playersOnTickets += players.length - (this.#open.get(ticketId) ?? 0);
    this.#open.set(ticketId, players.length);
  }

  #endTicket({ ticketId, players }: Ticket, ending: TicketEnding): void {
    const booked = this.#open.get(ticketId);
    if (booked === undefined) {
      this.#find("tickets_conserved", "a ticket ended that was not open", [ticketId]);
      return;
    }
    this.#open.delete(ticketId);
    this.#playersOnTickets -= booked;
    this.#ended[ending] = (this.#ended[ending] ?? 0) + 1;
    if (ending !== "matched") return;
    const playerIds = players.map(({ playerId }) => playerId);
    this.#matched.set(ticketId, playerIds);
  }

  #bookMatch(change: Extract<Change, { type: "match_changed" }>): void {
    const { match, event } = change;
    const before = this.#matches.get(match.matchId);
    if ((before === undefined) !== (event === "formed"))
      this.#find("results_accounted", `a match was ${event} that was ${before?.status ?? "not there"}`, [
        match.matchId,
      ]);
    if (event === "formed" || event === "filled") {
      const mode = this.#modes.byName.get(match.mode);
      const fault =
        event === "formed"
          ? checkFormed(match, mode, this.#matched)
          : checkFilled(match, change.joinedIds, mode, this.#matched);
      if (fault !== null) this.#find("matches_whole", fault, [match.matchId]);
      for (const { players } of match.teams) for (const { ticketId } of players) this.#matched.delete(ticketId);
    }
    if (event === "reported") this.#reported += 1;
    this.#put(match);
  }

  #put(match: Match): void {
    this.#remove(match.matchId);
    const slots = match.status === "pending" ? unreleasedPlayerIds(match).length : 0;
    this.#matches.set(match.matchId, { status: match.status, slots });
    this.#countOf.set(match.status, this.matchesIn(match.status) + 1);
    this.#slots += slots;
  }

  #remove(matchId: string): void {
    const booked = this.#matches.get(matchId);
    if (booked === undefined) return;
    this.#matches.delete(matchId);
    this.#countOf.set(booked.status, this.matchesIn(booked.status) - 1);
    this.#slots -= booked.slots;
  }

  /** Those of the ledger that nobody holds; those that are held and not in the ledger have no names here. */
  #strayTickets({ holdsTicket }: Holdings): string[] {
    return [...this.#open.keys()].filter((ticketId) => !holdsTicket(ticketId));
  }

  #differ(invariant: Invariant, what: string, difference: number, idsOf: () => readonly string[]): void {
    if ((this.#told.get(what) ?? 0) === difference) return;
    this.#told.set(what, difference);
    if (difference === 0) return;
    const sign = difference > 0 ? "more" : "fewer";
    this.#find(invariant, `${what}: ${Math.abs(difference)} ${sign} than the ledger`, idsOf());
  }

  #find(invariant: Invariant, detail: string, ids: readonly string[]): void {
    this.#found.push({ invariant, detail, ids: ids.slice(0, IDS_NAMED) });
  }
}
