import type { Learned } from "./learned.ts";
import { ArrivalDensities } from "./matching/arrival-densities.ts";
import type { Density } from "./matching/density.ts";
import type { WaitInterval } from "./matching/recent-waits.ts";
import type { KnobState } from "./matching/target-wait.ts";
import { adjusted, initialKnob, restoredKnob, withMatched } from "./matching/target-wait.ts";
import type { EstimateOutcome } from "./matching/wait-estimates.ts";
import { WaitEstimates } from "./matching/wait-estimates.ts";
import type { Mode, ModeTable } from "./mode.ts";
import type { Ticket } from "./ticket.ts";

/** What a region learns of each mode from the tickets that come, wait and go. */
export class Learning {
  readonly #densities: ArrivalDensities;
  readonly #estimates = new Map<string, WaitEstimates>();
  readonly #knobs = new Map<string, KnobState>();

  /** @param tickets those that wait now */
  constructor(saved: Learned, tickets: readonly Ticket[], modes: ModeTable, nowMs: number) {
    this.#densities = new ArrivalDensities(saved.densities, tickets, modes);
    for (const mode of modes.byName.values()) {
      this.#estimates.set(mode.name, new WaitEstimates(saved.waits[mode.name]));
      if (mode.targetWaitS === null) continue;
      const knob = saved.knobs[mode.name];
      this.#knobs.set(mode.name, knob === undefined ? initialKnob(mode, nowMs) : restoredKnob(knob, mode));
    }
  }

  /** A ticket that was not here before. */
  arrived(ticket: Ticket): void {
    this.#densities.arrived(ticket);
    this.#estimates.get(ticket.mode)?.arrived(ticket);
  }

  /** @returns how the wait that the ticket was told of fared; null if it was told of none */
  matched(ticket: Ticket, nowMs: number): EstimateOutcome | null {
    const knob = this.#knobs.get(ticket.mode);
    if (knob !== undefined)
      this.#knobs.set(ticket.mode, withMatched(knob, ticket.players.length, searchedMs(ticket, nowMs) / 1_000));
    return this.#estimates.get(ticket.mode)?.matched(ticket, nowMs) ?? null;
  }

  /** The ticket is gone, in whatever way. */
  ended(ticket: Ticket): void {
    this.#estimates.get(ticket.mode)?.left(ticket.ticketId);
  }

  /** Null while too few tickets of its mode have been matched. */
  estimatedWait(ticket: Ticket, nowMs: number): WaitInterval | null {
    return this.#estimates.get(ticket.mode)?.interval(ticket, nowMs) ?? null;
  }

  densityOf(mode: Mode, nowMs: number): Density {
    return this.#densities.at(mode, nowMs);
  }

  /** For a look between ticks, which changes nothing. */
  peekDensity(mode: Mode, nowMs: number): Density {
    return this.#densities.peek(mode, nowMs);
  }

  /** The mode with its knob where it stands now. */
  tuned(mode: Mode): Mode {
    const knob = this.#knobs.get(mode.name);
    return knob === undefined ? mode : { ...mode, pointsPerSecond: knob.pointsPerSecond };
  }

  /**
   * To be called at the end of a mode's tick: moves the knob towards the target wait when it is time.
   *
   * @param waiting who still waits in that mode; asked only when it matters
   * @returns whether it moved, and is to be saved
   */
  adjust(mode: Mode, waiting: () => readonly Ticket[], nowMs: number): boolean {
    const knob = this.#knobs.get(mode.name);
    const { targetWaitS } = mode;
    if (knob === undefined || targetWaitS === null) return false;
    const next = adjusted(knob, { ...mode, targetWaitS }, () => waitingNow(waiting(), nowMs), nowMs);
    this.#knobs.set(mode.name, next);
    return next !== knob;
  }

  /** What is handed out is never changed in place. */
  toSave(): Learned {
    return {
      densities: this.#densities.toSave(),
      waits: Object.fromEntries([...this.#estimates].map(([mode, estimates]) => [mode, estimates.toSave()])),
      knobs: Object.fromEntries(this.#knobs),
    };
  }
}

function waitingNow(tickets: readonly Ticket[], nowMs: number) {
  let players = 0;
  let ageSumMs = 0;
  for (const ticket of tickets) {
    players += ticket.players.length;
    ageSumMs += ticket.players.length * searchedMs(ticket, nowMs);
  }
  return { players, meanAgeS: players === 0 ? 0 : ageSumMs / players / 1_000 };
}

/** Its wait without what others' fault cost it: no knob helps against ready checks that fail, or missing servers. */
function searchedMs({ enqueuedAtMs, priorityMs = 0 }: Ticket, nowMs: number): number {
  return Math.max(0, nowMs - enqueuedAtMs - priorityMs);
}
