import { assert } from "./assert.ts";
import type { Learned } from "./learned.ts";
import { Learning } from "./learning.ts";
import type { Explanation } from "./matching/explain.ts";
import { explain } from "./matching/explain.ts";
import type { Joiners } from "./matching/find-joiners.ts";
import { findJoiners } from "./matching/find-joiners.ts";
import { findMatches } from "./matching/find-matches.ts";
import { findOthers } from "./matching/find-others.ts";
import type { FoundMatch } from "./matching/found-match.ts";
import { JoinProspects } from "./matching/join-prospects.ts";
import type { WaitInterval } from "./matching/recent-waits.ts";
import type { Opening } from "./matching/running-match.ts";
import type { EstimateOutcome } from "./matching/wait-estimates.ts";
import type { Mode, ModeTable } from "./mode.ts";
import type { Pools } from "./pools.ts";
import type { QueueState } from "./queue-state.ts";
import { TickClock } from "./tick-clock.ts";
import type { Ticket } from "./ticket.ts";

/** What seeks players of a mode other than for a new match. */
export interface Seekers {
  /** Whether anything does, whoever waits. Asked at every change of a pool, so it must be cheap. */
  readonly areThere: (mode: string) => boolean;
  /** Whether any of those who wait may suit by and by. */
  readonly couldFind: (mode: string) => boolean;
}

/** When each mode of a region ticks, and what it has learned from the tickets so far. */
export class Matchmaking {
  readonly #modes: ModeTable;
  readonly #pools: Pools;
  readonly #learning: Learning;
  readonly #clock = new TickClock();
  readonly #prospects = new JoinProspects();
  readonly #seekers: Seekers;

  /** @param pools as restored from `state`; read on every tick */
  constructor(modes: ModeTable, pools: Pools, state: QueueState, seekers: Seekers, nowMs: number) {
    this.#modes = modes;
    this.#pools = pools;
    this.#seekers = seekers;
    this.#learning = new Learning(state.learned, state.tickets, modes, nowMs);
  }

  /** A ticket that was not here before; those of a restored pool are counted already. */
  arrived(ticket: Ticket): void {
    this.#learning.arrived(ticket);
  }

  /** @returns how the wait that the ticket was told of fared; null if it was told of none */
  matched(ticket: Ticket, nowMs: number): EstimateOutcome | null {
    return this.#learning.matched(ticket, nowMs);
  }

  /** How long the ticket's search takes in all; null while too few of its mode have been matched. */
  estimatedWait(ticket: Ticket, nowMs: number): WaitInterval | null {
    return this.#learning.estimatedWait(ticket, nowMs);
  }

  /** Why the ticket waits, by what its mode's next tick goes by. Changes nothing. */
  explain(ticket: Ticket, nowMs: number): Explanation {
    const mode = this.#modes.byName.get(ticket.mode);
    assert(mode !== undefined, "a waiting ticket's mode exists");
    const density = this.#learning.peekDensity(mode, nowMs);
    return explain(ticket, this.#pools.matchable(mode.name), this.#learning.tuned(mode), density, nowMs);
  }

  /**
   * To be called whenever somebody came into line or left it, is passed over or not, or it changed who seeks players.
   * Where anything seeks players, one tick finds out whether it is worth another: to look through all of them at every
   * change would cost more than it saves.
   */
  poolChanged(modeName: string, nowMs: number): void {
    const mode = this.#modes.byName.get(modeName);
    if (mode === undefined) return;
    if (this.#isWorthTicking(mode, this.#seekers.areThere)) this.#clock.schedule(mode.name, mode.tickPeriodMs, nowMs);
    else this.#clock.unschedule(mode.name);
  }

  /** To be called when a ticket is gone, in whatever way. */
  ended(ticket: Ticket, nowMs: number): void {
    this.#learning.ended(ticket);
    this.poolChanged(ticket.mode, nowMs);
  }

  dueModes(nowMs: number): Mode[] {
    return [...this.#modes.byName.values()].filter((mode) => this.#clock.isDue(mode.name, nowMs));
  }

  /** What a mode's tick finds; the tickets stay where they are. */
  find(mode: Mode, nowMs: number): readonly FoundMatch[] {
    const density = this.#learning.densityOf(mode, nowMs);
    return findMatches([...this.#pools.matchable(mode.name)], this.#learning.tuned(mode), density, nowMs).matches;
  }

  /** The best match of each held group and some who wait; null while nobody suits. The tickets stay where they are. */
  findOthers(held: readonly (readonly Ticket[])[], mode: Mode, nowMs: number): (FoundMatch["teams"] | null)[] {
    const density = this.#learning.peekDensity(mode, nowMs);
    return findOthers(held, [...this.#pools.matchable(mode.name)], this.#learning.tuned(mode), density, nowMs);
  }

  /** Who of those who wait may come into running matches now; the tickets stay where they are. */
  findJoiners(openings: readonly Opening[], mode: Mode, nowMs: number): Joiners[] {
    const density = this.#learning.peekDensity(mode, nowMs);
    return findJoiners(openings, [...this.#pools.matchable(mode.name)], this.#learning.tuned(mode), density, nowMs);
  }

  /** Whether time alone may bring any of those who wait into one of these running matches. */
  couldJoinAny(openings: readonly Opening[], mode: Mode): boolean {
    if (openings.length === 0) return false;
    // Once for all of them: while a region comes back, thousands may be in line who are passed over.
    const waiting = [...this.#pools.matchable(mode.name)];
    return openings.some((opening) => this.#prospects.couldJoin(opening, waiting, mode));
  }

  /**
   * To be called when the matches of a mode's tick were taken out of its pool.
   *
   * @returns whether something was learned that is to be saved even if no match was made
   */
  ticked(mode: Mode, nowMs: number): boolean {
    this.#clock.ticked(mode.name, mode.tickPeriodMs, nowMs);
    if (!this.#isWorthTicking(mode, this.#seekers.couldFind)) this.#clock.unschedule(mode.name);
    return this.#learning.adjust(mode, () => this.#pools.ticketsOf(mode.name), nowMs);
  }

  /** `a` as it stands now; it moves in modes with a target wait. */
  pointsPerSecond(mode: Mode): number {
    return this.#learning.tuned(mode).pointsPerSecond;
  }

  /** Infinity when no tick is scheduled. */
  nextTickMs(): number {
    return this.#clock.nextMs();
  }

  learnedToSave(): Learned {
    return this.#learning.toSave();
  }

  #isWorthTicking(mode: Mode, isSeeking: (mode: string) => boolean): boolean {
    if (this.#pools.canFormMatch(mode)) return true;
    return this.#pools.matchablePlayersOf(mode.name) > 0 && isSeeking(mode.name);
  }
}
