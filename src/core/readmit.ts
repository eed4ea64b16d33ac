import { checkTicket } from "./check-ticket.ts";
import type { Line } from "./line.ts";
import type { ModeTable } from "./mode.ts";
import type { QueueState } from "./queue-state.ts";
import type { Ticket, TicketEnding } from "./ticket.ts";

interface Rules {
  readonly modes: ModeTable;
  /** Where servers can be. */
  readonly locations: readonly string[];
}

/**
 * Puts stored tickets back into line, under the rules of today. A deploy may have removed a mode, or changed what it
 * asks for: a ticket that could never be matched ends with the reason and is not stranded; the others get what their
 * mode now fills in.
 */
export function readmit(
  { tickets, clocks }: Pick<QueueState, "tickets" | "clocks">,
  rules: Rules,
  line: Line,
  nowMs: number,
): void {
  const readmitted = tickets.map((ticket) => readmitTicket(ticket, rules));
  for (const { ticket } of readmitted) line.hold(ticket, clocks[ticket.ticketId], nowMs);
  for (const { ticket, ending } of readmitted) if (ending !== null) line.end(ticket, ending, nowMs);
}

/** A ticket under the rules of today. `ending`: why it cannot wait any longer; null: it can. */
export function readmitTicket(
  ticket: Ticket,
  { modes, locations }: Rules,
): { ticket: Ticket; ending: TicketEnding | null } {
  const mode = modes.byName.get(ticket.mode);
  if (mode === undefined) return { ticket, ending: "mode_removed" };
  const checked = checkTicket(ticket.players, ticket.constraints, mode, locations);
  return checked.ok ? { ticket: { ...ticket, ...checked.value }, ending: null } : { ticket, ending: "rules_changed" };
}
