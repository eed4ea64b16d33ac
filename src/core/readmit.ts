import { checkTicket } from "./check-ticket.ts";
import type { Line } from "./line.ts";
import type { ModeTable } from "./mode.ts";
import type { QueueState } from "./queue-state.ts";
import type { Ticket, TicketEnding } from "./ticket.ts";

interface Rules {
  readonly modes: ModeTable;
  /** Where servers can be. */
  readonly locations: readonly string[];
  /** See `QueueSettings`. */
  readonly isClosed?: boolean;
}

/**
 * Puts stored tickets back into line, under the rules of today. A deploy may have closed the region, removed a mode, or changed
 * what it asks for: a ticket that could never be matched ends with the reason and is not stranded; the others get what their
 * mode now fills in.
 */
export function readmit(
  { tickets, clocks, proposals }: Pick<QueueState, "tickets" | "clocks" | "proposals">,
  rules: Rules,
  line: Line,
  nowMs: number,
): void {
  const readmitted = tickets.map((ticket) => readmitTicket(ticket, rules));
  for (const { ticket } of readmitted) line.hold(ticket, clocks[ticket.ticketId], nowMs);
  const askedAbout = new Map(
    proposals.flatMap(({ matchId, seats }) => seats.map(({ ticketId }) => [ticketId, matchId] as const)),
  );
  for (const { ticket, ending } of readmitted) {
    const matchId = askedAbout.get(ticket.ticketId);
    if (ending !== null) line.end(ticket, ending, nowMs, matchId === undefined ? {} : { matchId });
  }
}

/** A ticket under the rules of today. `ending`: why it cannot wait any longer; null: it can. */
export function readmitTicket(
  ticket: Ticket,
  { modes, locations, isClosed }: Rules,
): { ticket: Ticket; ending: TicketEnding | null } {
  if (isClosed === true) return { ticket, ending: "region_closed" };
  const mode = modes.byName.get(ticket.mode);
  if (mode === undefined) return { ticket, ending: "mode_removed" };
  const checked = checkTicket(ticket.players, ticket.constraints, mode, locations);
  return checked.ok ? { ticket: { ...ticket, ...checked.value }, ending: null } : { ticket, ending: "rules_changed" };
}
