import { assert } from "./assert.ts";
import type { AssignRefusal } from "./assignment.ts";
import { awaitingOf, connectionOf } from "./assignment.ts";
import type { Connection } from "./connection.ts";
import { LIMITS } from "./limits.ts";
import type { Line } from "./line.ts";
import type { LiveMatches } from "./live-matches.ts";
import type { Match } from "./match.ts";
import type { MatchLifecycle } from "./match-lifecycle.ts";
import type { ModeTable } from "./mode.ts";
import type { Occupancy } from "./occupancy.ts";
import type { Parties } from "./parties.ts";
import type { Party } from "./party.ts";
import { memberIds } from "./party.ts";
import type { Pools } from "./pools.ts";
import { readmitTicket } from "./readmit.ts";
import type { Result } from "./result.ts";
import { accept, refuse } from "./result.ts";
import type { Revocations } from "./revocations.ts";
import type { Ticket } from "./ticket.ts";

export interface AssignmentsSettings {
  readonly matches: Pick<LiveMatches, "find" | "withStatus">;
  readonly lifecycle: Pick<MatchLifecycle, "assigned" | "cancelled" | "forget">;
  readonly occupancy: Pick<Occupancy, "isHeldBy">;
  readonly line: Pick<Line, "comeBack">;
  readonly pools: Pick<Pools, "playerCount">;
  readonly parties: Pick<Parties, "find" | "queued">;
  readonly revocations: Pick<Revocations, "refusalOf">;
  readonly modes: ModeTable;
  readonly locations: readonly string[];
  /** See `QueueSettings`. */
  readonly isClosed?: boolean;
  readonly newId: (nowMs: number) => string;
  /** Whether the players of a match are still asked. */
  readonly isProposed: (matchId: string) => boolean;
}

interface Returning {
  readonly ticket: Ticket;
  /** Of players, whose members the ticket's are. */
  readonly party: Party | undefined;
}

/**
 * Which match has which game server.
 *
 * 1. In a mode with `assignWithinS` a new match keeps its tickets and waits until its deadline. Whoever has a server for
 *    it says how to get there; the first word stands, and the tickets are forgotten.
 * 2. A match that is reported without a server was played on one that nobody told of: that ends the wait as well.
 * 3. No server in time, or the game's refusal to give one: the match is cancelled. Its tickets come back into line as
 *    new ones, with their old place; the time since the match was made counts twice from then on.
 * 4. A ticket comes back whole or not at all. It does not if somebody on it was taken out of the match or is locked out,
 *    if its party is not the same any more, or if a deploy has changed what its mode asks for or closed the region; nor
 *    if the region is full by then.
 */
export class Assignments {
  readonly #settings: AssignmentsSettings;
  /** Matches that were cancelled and are kept, the oldest first; some may be forgotten by now. */
  readonly #cancelled: string[];

  constructor(settings: AssignmentsSettings) {
    this.#settings = settings;
    this.#cancelled = settings.matches.withStatus("cancelled").map(({ matchId }) => matchId);
  }

  /** A match has a server. The same connection again changes nothing, in whatever state the match is by then. */
  assign(matchId: string, connection: Connection, nowMs: number): Result<null, AssignRefusal> {
    const { matches, lifecycle, isProposed } = this.#settings;
    if (isProposed(matchId)) return refuse({ reason: "not_assignable", status: "proposed" });
    const match = matches.find(matchId);
    if (match === undefined) return refuse({ reason: "unknown_match" });
    const known = connectionOf(match);
    if (known === connection) return accept(null);
    if (match.status !== "pending") return refuse({ reason: "not_assignable", status: match.status });
    if (known !== null) return refuse({ reason: "already_assigned" });
    lifecycle.assigned(match, connection, nowMs);
    return accept(null);
  }

  /**
   * The game has said that it will never have a server for this match.
   *
   * @returns false: the match waits for none, and goes on as it is
   */
  refuse(matchId: string, nowMs: number): boolean {
    const match = this.#settings.matches.find(matchId);
    if (match === undefined || awaitingOf(match) === null) return false;
    this.giveUp(match, nowMs);
    return true;
  }

  /** Cancels a match that waits for a server. */
  giveUp(match: Match, nowMs: number): void {
    const { lifecycle, line, parties, pools } = this.#settings;
    const awaiting = awaitingOf(match);
    assert(awaiting !== null, "only a match without a server is given up for want of one");
    const able = awaiting.tickets.flatMap((ticket) => this.#returning(ticket, match, nowMs) ?? []);
    const returning = withinRoom(able, LIMITS.waitingPlayers - pools.playerCount);
    const backInLine = returning.flatMap(({ ticket }) => ticket.players.map(({ playerId }) => playerId));
    lifecycle.cancelled(match, backInLine, nowMs);
    this.#cancelled.push(match.matchId);
    if (this.#cancelled.length > LIMITS.cancelledMatches) lifecycle.forget(this.#cancelled.shift() ?? "");
    for (const { ticket, party } of returning) {
      line.comeBack(ticket, nowMs);
      if (party !== undefined) parties.queued(party, nowMs);
    }
  }

  /** The ticket as it comes back; null: it cannot. */
  #returning(ended: Ticket, match: Match, nowMs: number): Returning | null {
    const { occupancy, parties, revocations, newId } = this.#settings;
    const { party: origin, ...ticket } = ended;
    if (revocations.refusalOf(ticket.players.map(({ playerId }) => playerId)) !== null) return null;
    if (!ticket.players.every(({ playerId }) => occupancy.isHeldBy(playerId, match))) return null;
    const readmitted = readmitTicket(ticket, this.#settings);
    if (readmitted.ending !== null) return null;
    const party = origin === undefined ? undefined : parties.find(origin.code, nowMs);
    const isPartyWhole = party !== undefined && isMadeOf(party, ticket);
    if (origin !== undefined && !isPartyWhole && ticket.players.length > 1) return null;
    const lostMs = Math.max(0, nowMs - match.createdAtMs);
    const returned: Ticket = {
      ...readmitted.ticket,
      ...(origin !== undefined && isPartyWhole && { party: origin }),
      ticketId: newId(nowMs),
      priorityMs: (ticket.priorityMs ?? 0) + lostMs,
    };
    return { ticket: returned, party: isPartyWhole ? party : undefined };
  }
}

/** As many of them as there is room for, in their order. */
function withinRoom(returning: readonly Returning[], freePlaces: number): readonly Returning[] {
  let leftPlaces = freePlaces;
  return returning.filter(({ ticket }) => {
    const fits = ticket.players.length <= leftPlaces;
    if (fits) leftPlaces -= ticket.players.length;
    return fits;
  });
}

function isMadeOf(party: Party, { players }: Pick<Ticket, "players">): boolean {
  const ids = memberIds(party);
  return ids.length === players.length && players.every(({ playerId }) => ids.includes(playerId));
}
