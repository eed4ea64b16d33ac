import type { JournalEntry, JournalSlot } from "./race-journal.ts";

/** What holds a player. */
export type Holder = "nothing" | `ticket ${string}` | `match ${string}`;

/** How a ticket left the line. */
export interface TicketEnd {
  readonly position: number;
  readonly playerIds: readonly string[];
  /** The match that it went into; null: somebody took it out. */
  readonly matchId: string | null;
}

export type WaitingTicket = Extract<JournalEntry, { what: "ticket_in" }>;
export type RecordedMatch = Extract<JournalEntry, { what: "match" }>;

const TEAM_SIZES: Readonly<Record<string, string>> = { "2v2": "2,2", "1v1": "1,1" };

/**
 * Who was held by what, all told by storage alone.
 *
 * 1. A player is held by the ticket that came into the table with them, until it leaves the table.
 * 2. A ticket that left went into the match that came right behind it, or else somebody took it out and its players are
 *    free. A match and the end of its tickets are one write, so there is no moment between them.
 * 3. A match holds its players until it releases them or is no longer pending.
 * 4. Whatever does not fit this is a breach.
 */
export class RaceRecord {
  readonly waiting = new Map<string, WaitingTicket>();
  readonly matches = new Map<string, RecordedMatch>();
  readonly counts = { added: 0, cancelled: 0, matched: 0 };
  /** What each player should have heard, in order. */
  readonly histories = new Map<string, string[]>();
  #breaches: string[] = [];
  #arrivals = new Map<string, number>();
  #ends = new Map<string, TicketEnd>();
  #position = 0;
  readonly #holds = new Map<string, { readonly position: number; readonly holder: Holder }[]>();
  /** Tickets that left just now, and for which match. */
  readonly #leaving = new Map<string, string>();

  /** Goes on by what was written since. Of earlier entries only their outcome can be asked from now on. */
  follow(entries: readonly JournalEntry[]): void {
    this.#breaches = [];
    this.#arrivals = new Map();
    this.#ends = new Map();
    for (const [playerId, holds] of this.#holds) this.#holds.set(playerId, holds.slice(-1));
    const matchIds = this.#newMatchIds(entries);
    for (const entry of entries) this.#take(entry, matchIds);
    this.#checkThatAllArrived();
    this.#position = entries.at(-1)?.position ?? this.#position;
  }

  /** Of the newest entry so far. */
  get position(): number {
    return this.#position;
  }

  /** What storage did that it never may. */
  get breaches(): readonly string[] {
    return this.#breaches;
  }

  /** Where tickets came into line. */
  get arrivals(): ReadonlyMap<string, number> {
    return this.#arrivals;
  }

  /** Tickets that left the line. */
  get ends(): ReadonlyMap<string, TicketEnd> {
    return this.#ends;
  }

  /** Everything that held a player at `from` and thereafter up to `to`, both positions of the journal. */
  holdersDuring(playerId: string, from: number, to: number): Holder[] {
    const holds = this.#holds.get(playerId) ?? [];
    const atFirst = holds.findLast(({ position }) => position <= from)?.holder ?? "nothing";
    const later = holds.filter(({ position }) => position > from && position <= to);
    return [atFirst, ...later.map(({ holder }) => holder)];
  }

  holderOf(playerId: string): Holder {
    return this.#holds.get(playerId)?.at(-1)?.holder ?? "nothing";
  }

  #newMatchIds(entries: readonly JournalEntry[]): ReadonlyMap<string, string> {
    const byTicket = new Map<string, string>();
    for (const entry of entries) {
      if (entry.what !== "match" || this.matches.has(entry.matchId)) continue;
      for (const { ticketId } of entry.teams.flat()) byTicket.set(ticketId, entry.matchId);
    }
    return byTicket;
  }

  #take(entry: JournalEntry, matchIds: ReadonlyMap<string, string>): void {
    const isNewMatch = entry.what === "match" && !this.matches.has(entry.matchId);
    if (!isNewMatch && entry.what !== "ticket_out") this.#checkThatAllArrived();
    if (isNewMatch) this.#checkNewMatch(entry);
    if (entry.what === "ticket_in") this.#takeTicket(entry);
    if (entry.what === "ticket_out") {
      this.#endTicket(entry.ticketId, matchIds.get(entry.ticketId) ?? null, entry.position);
    }
    if (entry.what === "match") this.#takeMatch(entry);
    if (entry.what === "match_out") this.matches.delete(entry.matchId);
  }

  #takeTicket(ticket: WaitingTicket): void {
    const { ticketId, playerIds, position } = ticket;
    this.counts.added += 1;
    this.waiting.set(ticketId, ticket);
    this.#arrivals.set(ticketId, position);
    for (const playerId of playerIds) this.#hold(playerId, `ticket ${ticketId}`, position);
    this.#tell(playerIds, `joined ${ticketId}`);
  }

  #endTicket(ticketId: string, matchId: string | null, position: number): void {
    const ticket = this.waiting.get(ticketId);
    if (ticket === undefined) {
      this.#breaches.push(`ticket ${ticketId} left and did not wait`);
      return;
    }
    const { playerIds } = ticket;
    this.waiting.delete(ticketId);
    this.#ends.set(ticketId, { position, playerIds, matchId });
    for (const playerId of playerIds) this.#free(playerId, position);
    if (matchId === null) {
      this.counts.cancelled += 1;
      this.#tell(playerIds, `left ${ticketId}`);
      return;
    }
    this.counts.matched += 1;
    this.#leaving.set(ticketId, matchId);
    for (const playerId of playerIds) this.#hold(playerId, `match ${matchId}`, position);
    this.#tell(playerIds, `found ${matchId}`);
  }

  #takeMatch(match: RecordedMatch): void {
    this.matches.set(match.matchId, match);
    for (const { playerId, released } of match.teams.flat()) {
      const isOver = released || match.status !== "pending";
      if (isOver && this.holderOf(playerId) === `match ${match.matchId}`) this.#free(playerId, match.position);
    }
  }

  #checkNewMatch({ matchId, mode, teams }: RecordedMatch): void {
    const sizes = teams.map((team) => team.length).join();
    if (sizes !== TEAM_SIZES[mode]) this.#breaches.push(`match ${matchId} of ${mode} has teams of ${sizes}`);
    for (const ticketId of new Set(teams.flat().map((slot) => slot.ticketId))) {
      if (!this.#leaving.delete(ticketId)) {
        this.#breaches.push(`match ${matchId} has ticket ${ticketId}, which did not leave for it`);
      }
      const seated = teams.map((team) => playersOf(team, ticketId)).filter((players) => players.length > 0);
      const [players = []] = seated;
      if (seated.length !== 1 || !isSameGroup(players, this.#ends.get(ticketId)?.playerIds ?? [])) {
        this.#breaches.push(`match ${matchId} has not all of ticket ${ticketId} on one team`);
      }
    }
  }

  /** To be called when something else is written: whoever left for a match must be in it by now. */
  #checkThatAllArrived(): void {
    for (const [ticketId, matchId] of this.#leaving) {
      this.#breaches.push(`ticket ${ticketId} left some time before match ${matchId} was made`);
    }
    this.#leaving.clear();
  }

  #hold(playerId: string, holder: Holder, position: number): void {
    const before = this.holderOf(playerId);
    if (before !== "nothing") this.#breaches.push(`${holder} holds ${playerId}, whom ${before} still holds`);
    this.#setHolder(playerId, holder, position);
  }

  #free(playerId: string, position: number): void {
    this.#setHolder(playerId, "nothing", position);
  }

  /** What was set last at a position is what held from there on. */
  #setHolder(playerId: string, holder: Holder, position: number): void {
    const earlier = (this.#holds.get(playerId) ?? []).filter((hold) => hold.position !== position);
    this.#holds.set(playerId, [...earlier, { position, holder }]);
  }

  #tell(playerIds: readonly string[], what: string): void {
    for (const playerId of playerIds) {
      const history = this.histories.get(playerId) ?? [];
      this.histories.set(playerId, history);
      history.push(what);
    }
  }
}

function playersOf(slots: readonly JournalSlot[], ticketId: string): string[] {
  return slots.filter((slot) => slot.ticketId === ticketId).map(({ playerId }) => playerId);
}

function isSameGroup(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((playerId) => other.includes(playerId));
}
