import { assert } from "./assert.ts";
import type { ChangeLog } from "./change-log.ts";
import type { LeaseClock } from "./lease-clock.ts";
import { isWorthStoring, resumedRunsOutMs, runsOutMs } from "./lease-clock.ts";
import type { ModeTable } from "./mode.ts";
import type { Pools } from "./pools.ts";
import type { Ticket } from "./ticket.ts";

/** The time of a player who may have left: it runs since their last sign of life. */
interface Clock extends Omit<LeaseClock, "playerId"> {
  readonly ticketId: string;
  /** The rest is as it is stored; this may have been put off since. */
  readonly runsOutMs: number;
}

export interface LeasesSettings {
  readonly modes: ModeTable;
  readonly pools: Pools;
  readonly changes: ChangeLog;
  /** The ticket that holds a player. */
  readonly ticketOf: (playerId: string) => Ticket | undefined;
  /** Whether a player has an open socket now. Asked when a leased ticket comes, and when the region wakes. */
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
 *    out, the ticket ends for everybody on it. None runs out before its time, and none of a region that is awake later
 *    than a second after it.
 * 3. A player whose socket was lost is away until the next sign of life. Their ticket is passed over: it keeps its place
 *    and its age, and is not matched.
 * 4. The system's call renews the lease of a place that is kept by calls. It says nothing of somebody who is away, nor of
 *    somebody who queued over a socket: a backend that polls must not keep absent players in line.
 * 5. A ticket without a lease never ends by this; it is passed over for its mode's grace at the most.
 * 6. While a ticket's players are asked in a ready check, its lease does not run out; when it returns to line, the whole
 *    of it begins anew.
 * 7. A clock is stored with its ticket when it starts and when it is taken away, and of its renewals as many as are worth
 *    it. An object is forgotten ten seconds after its last event, so without that a quiet region would begin each lease
 *    anew whenever it wakes to end it.
 * 8. On waking a stored clock goes on, see `resumedRunsOutMs`. Whoever took a place and has no clock had a socket: if
 *    that is gone they are away, and their clock starts now.
 *
 * A clock belongs to a player on a ticket, so there are never more than players who wait.
 */
export class Leases {
  readonly #settings: LeasesSettings;
  readonly #clocks = new Map<string, Clock>();
  /** No lease runs out sooner. May be too early after somebody was heard of: the look is then for nothing. */
  #earliestMs = Number.POSITIVE_INFINITY;

  constructor(settings: LeasesSettings) {
    this.#settings = settings;
  }

  /** A ticket came into line. The caller records it, with its clocks. */
  came(ticket: Ticket, nowMs: number): void {
    this.#startOfAsker(ticket, ticket.lease?.kind === "socket", nowMs);
  }

  /**
   * A ticket is there when the region wakes.
   *
   * @param stored undefined: nothing is known; the release before stored none
   */
  resumed(ticket: Ticket, stored: readonly LeaseClock[] | undefined, nowMs: number): void {
    const going = (stored ?? []).filter(({ playerId }) => !this.#settings.isConnected(playerId));
    for (const clock of going) {
      const runsOut = resumedRunsOutMs(clock, this.#leaseMs(ticket), nowMs);
      this.#set(clock.playerId, ticket, { ...clock, runsOutMs: runsOut }, nowMs);
    }
    const isAway = ticket.lease?.kind === "socket" || stored !== undefined;
    const isStarted = this.#startOfAsker(ticket, isAway, nowMs);
    if (isStarted || going.length !== (stored ?? []).length) this.#store(ticket);
  }

  /** A ticket is back in line from a ready check. The caller records it, with its clocks. */
  returned(ticket: Ticket, nowMs: number): void {
    if (ticket.lease === undefined) return;
    for (const { playerId, isAway } of this.clocksOf(ticket)) this.#start(playerId, ticket, isAway, nowMs);
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
    this.#store(ticket);
  }

  /**
   * A call about a player came in.
   *
   * @param isSystem by the system, not by themselves
   * @returns whether that changed more than the time that they have
   */
  seen(playerId: string, nowMs: number, isSystem = false): boolean {
    const clock = this.#clocks.get(playerId);
    if (clock === undefined) return false;
    const ticket = this.#ticketOf(clock);
    if (isSystem && (clock.isAway || ticket.lease?.kind !== "http")) return false;
    if (ticket.lease === undefined) {
      this.#stop(playerId, nowMs);
      return true;
    }
    const { ms } = ticket.lease;
    if (clock.isAway || isWorthStoring(clock, ms, nowMs)) {
      this.#start(playerId, ticket, false, nowMs);
      this.#store(ticket);
      return true;
    }
    this.#set(playerId, ticket, { ...clock, runsOutMs: runsOutMs(ms, nowMs) }, nowMs);
    return false;
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
    return this.#clocks.size === 0 ? Number.POSITIVE_INFINITY : this.#earliestMs;
  }

  /** What is to be stored with a ticket. */
  clocksOf({ players }: Ticket): LeaseClock[] {
    return players.flatMap(({ playerId }) => {
      const clock = this.#clocks.get(playerId);
      return clock === undefined ? [] : { playerId, heardAtMs: clock.heardAtMs, isAway: clock.isAway };
    });
  }

  /** @returns false: their clock runs, or they need none */
  #startOfAsker(ticket: Ticket, isAway: boolean, nowMs: number): boolean {
    const [asker] = ticket.players;
    if (ticket.lease === undefined || asker === undefined) return false;
    if (this.#clocks.has(asker.playerId) || this.#settings.isConnected(asker.playerId)) return false;
    this.#start(asker.playerId, ticket, isAway, nowMs);
    return true;
  }

  #start(playerId: string, ticket: Ticket, isAway: boolean, nowMs: number): void {
    const runsOut = runsOutMs(this.#leaseMs(ticket), nowMs);
    this.#set(playerId, ticket, { heardAtMs: nowMs, isAway, runsOutMs: runsOut }, nowMs);
  }

  #set(
    playerId: string,
    ticket: Ticket,
    { heardAtMs, isAway, runsOutMs }: Omit<Clock, "ticketId">,
    nowMs: number,
  ): void {
    this.#clocks.set(playerId, { ticketId: ticket.ticketId, heardAtMs, isAway, runsOutMs });
    this.#earliestMs = Math.min(this.#earliestMs, runsOutMs);
    this.#passOverIfAway(ticket, nowMs);
  }

  #stop(playerId: string, nowMs: number): void {
    const clock = this.#clocks.get(playerId);
    if (clock === undefined) return;
    const ticket = this.#ticketOf(clock);
    this.#clocks.delete(playerId);
    this.#store(ticket);
    this.#passOverIfAway(ticket, nowMs);
  }

  #store(ticket: Ticket): void {
    const { ticketId } = ticket;
    this.#settings.changes.record({ type: "lease_changed", ticketId, clocks: this.clocksOf(ticket) });
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

  /** Without a lease: the grace. A mode that a deploy took away has none: its tickets end in a moment. */
  #leaseMs({ lease, mode }: Ticket): number {
    return lease?.ms ?? (this.#settings.modes.byName.get(mode)?.socketGraceS ?? 0) * 1_000;
  }
}
