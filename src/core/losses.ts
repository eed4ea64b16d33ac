import type { CoolDown, CoolDowns } from "./cool-downs.ts";
import type { Line } from "./line.ts";
import type { ReadyCheckRules } from "./mode.ts";
import type { Proposal, Seat } from "./proposal.ts";
import type { Seating } from "./seating.ts";
import type { TicketEnding } from "./ticket.ts";

/** A seat that falls empty. */
export interface Loss {
  readonly seat: Seat;
  readonly ending: Extract<TicketEnding, "declined" | "lapsed" | "cancelled">;
  /** Who declined or cancelled; null: the system, or time. */
  readonly by: string | null;
}

/**
 * What it means not to accept.
 *
 * 1. The whole ticket ends: a party's place falls empty with all its players.
 * 2. It costs only whose fault it is: who declined or cancelled; at the deadline everybody who had not accepted.
 * 3. And only if they are known to have been shown the question: by an `ack`, or because they had accepted before.
 */
export class Losses {
  readonly #line: Pick<Line, "end">;
  readonly #coolDowns: Pick<CoolDowns, "punish">;
  readonly #seating: Seating;

  constructor(line: Pick<Line, "end">, coolDowns: Pick<CoolDowns, "punish">, seating: Seating) {
    this.#line = line;
    this.#coolDowns = coolDowns;
    this.#seating = seating;
  }

  /** @returns the seats that are left */
  take({ matchId, seats }: Proposal, losses: readonly Loss[], rules: ReadyCheckRules, nowMs: number): readonly Seat[] {
    for (const loss of losses) {
      const ticket = this.#seating.ticketOf(loss.seat);
      const coolDowns = this.#punish(loss, rules, nowMs);
      const { ending, by } = loss;
      this.#line.end(ticket, ending, nowMs, { by, matchId, ...(coolDowns.length > 0 && { coolDowns }) });
    }
    return seats.filter((seat) => losses.every((loss) => loss.seat !== seat));
  }

  #punish({ seat, ending, by }: Loss, rules: ReadyCheckRules, nowMs: number): CoolDown[] {
    // A seat that lapses before its deadline does so because a client was silent: the others on it had time left.
    const late = nowMs < seat.deadlineMs ? [] : this.#seating.unansweredOf(seat);
    const guilty = ending === "lapsed" ? late : [by];
    return guilty.flatMap((playerId) => {
      if (playerId === null || !seat.acked.includes(playerId)) return [];
      return this.#coolDowns.punish(playerId, rules, nowMs) ?? [];
    });
  }
}
