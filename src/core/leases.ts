import { assert } from "./assert.ts";
import type { Mode, ModeTable } from "./mode.ts";
import type { Pools } from "./pools.ts";
import type { AskedLease } from "./queue-calls.ts";
import type { Ticket, TicketLease } from "./ticket.ts";

/** Leases run out at multiples of this, so that a crowd of them is looked through no more often. */
const GRAIN_MS = 1_000;

/** The time of a player who may have left: it runs since their last sign of life. */
interface Clock {
  readonly ticketId: string;
  readonly runsOutMs: number;
  /** Their socket was lost and nothing was heard of them since. */
  readonly isAway: boolean;
}

export interface LeasesSettings {
  readonly modes: ModeTable;
  readonly pools: Pools;
  /** The ticket that holds a player. */
  readonly ticketOf: (playerId: string) => Ticket | undefined;
  /** Whether a player has an open socket now. Asked once for each leased ticket, when it comes or the region wakes. */
  readonly isConnected: (playerId: string) => boolean;
  /** Tickets of a mode can be matched again, or cannot for now. */
  readonly poolChanged: (mode: string, nowMs: number) => void;
}

/**
 * How long places in line are kept without a sign of life, and who is passed over meanwhile.
 *
 * 1. Only whoever may have left has a clock: of a leased ticket the player who took the place, while they have no open
 *    socket; and everybody whose last socket was lost. An open socket needs none.
 * 2. A call about a player sets their clock back to the whole lease; a socket that opens takes it away. When one runs
 *    out, the ticket ends for everybody on it. None runs out before its time, and none later than a second after it.
 * 3. A player whose socket was lost is away until the next sign of life. Their ticket is passed over: it keeps its place
 *    and its age, and is not matched.
 * 4. A ticket without a lease never ends by this; it is passed over for its mode's grace at the most.
 * 5. While a ticket's players are asked in a ready check, its lease does not run out; when it returns to line, the whole
 *    of it begins anew.
 *
 * All of it is memory. On waking every lease begins anew, for whoever has no socket; those who queued over a socket and
 * have none are away. A clock belongs to a player on a ticket, so there are never more than players who wait.
 */
export class Leases {
  readonly #settings: LeasesSettings;
  readonly #clocks = new Map<string, Clock>();
  /** No lease runs out sooner. May be too early after somebody was heard of: the look is then for nothing. */
  #earliestMs = Number.POSITIVE_INFINITY;

  constructor(settings: LeasesSettings) {
    this.#settings = settings;
  }

  /** A ticket came into line, or is there when the region wakes. */
  came(ticket: Ticket, nowMs: number): void {
    const [asker] = ticket.players;
    if (ticket.lease === undefined || asker === undefined || this.#settings.isConnected(asker.playerId)) return;
    this.#start(asker.playerId, ticket, ticket.lease.kind === "socket", nowMs);
  }

  /** A ticket is back in line from a ready check. */
  returned(ticket: Ticket, nowMs: number): void {
    if (ticket.lease === undefined) return;
    for (const { playerId } of ticket.players) {
      const clock = this.#clocks.get(playerId);
      if (clock !== undefined) this.#start(playerId, ticket, clock.isAway, nowMs);
    }
  }

  /** A ticket is gone, in whatever way. */
  ended({ players }: Ticket): void {
    for (const { playerId } of players) this.#clocks.delete(playerId);
  }

  /** A player opened a socket. */
  connected(playerId: string, nowMs: number): void {
    this.#stop(playerId, nowMs);
  }

  /** A player lost their last socket. Again without a sign of life between: nothing new. */
  disconnected(playerId: string, nowMs: number): void {
    const ticket = this.#settings.ticketOf(playerId);
    if (ticket === undefined || this.#clocks.get(playerId)?.isAway === true) return;
    this.#start(playerId, ticket, true, nowMs);
  }

  /**
   * A call about a player came in.
   *
   * @returns whether they were away until now
   */
  seen(playerId: string, nowMs: number): boolean {
    const clock = this.#clocks.get(playerId);
    if (clock === undefined) return false;
    const ticket = this.#ticketOf(clock);
    if (ticket.lease === undefined) this.#stop(playerId, nowMs);
    else this.#start(playerId, ticket, false, nowMs);
    return clock.isAway;
  }

  /** Tickets in line whose lease has run out; the caller ends them. Afterwards `earliestMs` is exact for the others. */
  due(nowMs: number): Ticket[] {
    if (nowMs < this.#earliestMs) return [];
    this.#earliestMs = Number.POSITIVE_INFINITY;
    const due = new Set<Ticket>();
    for (const [playerId, clock] of this.#clocks) {
      if (clock.runsOutMs > nowMs) {
        this.#earliestMs = Math.min(this.#earliestMs, clock.runsOutMs);
        continue;
      }
      const ticket = this.#ticketOf(clock);
      if (ticket.lease === undefined) this.#stop(playerId, nowMs);
      else if (this.#settings.pools.isInLine(ticket)) due.add(ticket);
    }
    return [...due];
  }

  /** When `due` has something to do next; Infinity: no clock runs. */
  get earliestMs(): number {
    return this.#earliestMs;
  }

  #start(playerId: string, ticket: Ticket, isAway: boolean, nowMs: number): void {
    const { ticketId } = ticket;
    const runsOutMs = Math.ceil((nowMs + this.#graceMs(ticket)) / GRAIN_MS) * GRAIN_MS;
    this.#clocks.set(playerId, { ticketId, runsOutMs, isAway });
    this.#earliestMs = Math.min(this.#earliestMs, runsOutMs);
    this.#passOverIfAway(ticket, nowMs);
  }

  #stop(playerId: string, nowMs: number): void {
    const clock = this.#clocks.get(playerId);
    if (clock === undefined) return;
    this.#clocks.delete(playerId);
    this.#passOverIfAway(this.#ticketOf(clock), nowMs);
  }

  #ticketOf({ ticketId }: Clock): Ticket {
    const ticket = this.#settings.pools.get(ticketId);
    assert(ticket !== undefined, "a clock ends with its ticket");
    return ticket;
  }

  #passOverIfAway(ticket: Ticket, nowMs: number): void {
    const { pools, poolChanged } = this.#settings;
    const isAway = ticket.players.some(({ playerId }) => this.#clocks.get(playerId)?.isAway === true);
    if (pools.setPassedOver(ticket, isAway)) poolChanged(ticket.mode, nowMs);
  }

  /** A mode that a deploy took away has no grace: its tickets end in a moment. */
  #graceMs({ lease, mode }: Ticket): number {
    return lease?.ms ?? (this.#settings.modes.byName.get(mode)?.socketGraceS ?? 0) * 1_000;
  }
}

/** The lease of a place that is asked for like that. */
export function leaseOf({ kind, ms }: AskedLease, { socketGraceS, httpLeaseS }: Mode): TicketLease {
  return { kind, ms: ms ?? (kind === "socket" ? socketGraceS : httpLeaseS) * 1_000 };
}
