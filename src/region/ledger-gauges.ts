import type { Queue } from "../core/queue.ts";
import { TICKET_ENDINGS } from "../core/ticket.ts";
import type { Metrics } from "../metrics/metrics.ts";

/**
 * The hub keeps a gauge as it was pushed last. An ending that happened after the last save is not in the books that a
 * restart brings back: it has to be set back, or the page would not add up any more.
 */
const NOTHING_ENDED = Object.fromEntries(TICKET_ENDINGS.map((ending) => [ending, 0]));

/**
 * The region's books as gauges. Of tickets: `accepted` + `unbooked` = `waiting` + `asked` + the endings; of results:
 * `reported` + `unbooked` = `rated` + `failed` + `on_their_way`.
 */
export function setLedgerGauges(
  region: string,
  { ledger, matches, openReadyCheckTickets }: Pick<Queue, "ledger" | "matches" | "openReadyCheckTickets">,
  { ledgerTickets, ledgerResults }: Pick<Metrics, "ledgerTickets" | "ledgerResults">,
): void {
  const { accepted, ended, reported, rated, unbooked } = ledger.books;
  const tickets = {
    accepted,
    unbooked: unbooked.tickets,
    waiting: ledger.openTickets - openReadyCheckTickets,
    asked: openReadyCheckTickets,
    ...NOTHING_ENDED,
    ...ended,
  };
  for (const [entry, count] of Object.entries(tickets)) ledgerTickets.set({ region, entry }, count);
  const results = {
    reported,
    unbooked: unbooked.results,
    rated,
    failed: matches.countOf("rating_failed"),
    on_their_way: matches.countOf("reporting"),
  };
  for (const [entry, count] of Object.entries(results)) ledgerResults.set({ region, entry }, count);
}
