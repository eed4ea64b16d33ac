import { checkTicket } from "./check-ticket.ts";
import type { ModeTable } from "./mode.ts";
import type { Ticket, TicketEnding } from "./ticket.ts";

export interface ReadmittedTicket {
  readonly ticket: Ticket;
  /** Why it cannot wait any longer; null: it goes on. */
  readonly ending: TicketEnding | null;
}

/**
 * A stored ticket under the rules of today. A deploy may have removed its mode, or changed what the mode asks for: then
 * a ticket that could never be matched ends with the reason and is not stranded; the others get what their mode now
 * fills in.
 *
 * @param locations where servers can be
 */
export function readmitTicket(ticket: Ticket, modes: ModeTable, locations: readonly string[]): ReadmittedTicket {
  const mode = modes.byName.get(ticket.mode);
  if (mode === undefined) return { ticket, ending: "mode_removed" };
  const checked = checkTicket(ticket.players, ticket.constraints, mode, locations);
  return checked.ok ? { ticket: { ...ticket, ...checked.value }, ending: null } : { ticket, ending: "rules_changed" };
}
