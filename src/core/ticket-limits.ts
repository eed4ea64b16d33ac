import type { TicketLimits } from "./match.ts";
import type { Ticket } from "./ticket.ts";

/** What tickets ask of whoever comes later; undefined: nothing. */
export function limitsOf(tickets: readonly Ticket[]): readonly TicketLimits[] | undefined {
  const limits = tickets.flatMap(({ ticketId, constraints: { maxRatingGap, avoid } }): TicketLimits[] =>
    maxRatingGap === undefined && avoid === undefined
      ? []
      : [{ ticketId, ...(maxRatingGap !== undefined && { maxRatingGap }), ...(avoid !== undefined && { avoid }) }],
  );
  return limits.length > 0 ? limits : undefined;
}
