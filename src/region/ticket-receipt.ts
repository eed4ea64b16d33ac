import type { Result } from "../core/result.ts";
import { accept } from "../core/result.ts";
import type { Ticket } from "../core/ticket.ts";
import type { TicketReceipt } from "./rpc.ts";

/** A ticket as the caller of a region gets it: without what need not be copied between objects. */
export function receiptOf<Refusal extends { readonly reason: string }>(
  outcome: Result<Ticket, Refusal>,
): Result<TicketReceipt, Refusal> {
  if (!outcome.ok) return outcome;
  const { ticketId, mode, enqueuedAtMs } = outcome.value;
  return accept({ ticketId, mode, enqueuedAtMs });
}
