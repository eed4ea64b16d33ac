import type { Change } from "../../../src/core/changes.ts";
import type { Match } from "../../../src/core/match.ts";
import type { DensityState } from "../../../src/core/matching/density.ts";
import type { QueueState } from "../../../src/core/queue-state.ts";
import type { Ticket } from "../../../src/core/ticket.ts";

/** A region's tables as a database would keep them: rows by id, written from nothing but the recorded changes. */
export class Store {
  readonly tickets = new Map<string, Ticket>();
  readonly matches = new Map<string, Match>();
  densities: Readonly<Record<string, DensityState>> = {};
  highestRev = 0;

  write(changes: readonly Change[]): void {
    for (const change of changes) this.#writeOne(change);
  }

  /** What a region that wakes up now would read, sorted by id like a table's primary key. */
  read(): QueueState {
    return {
      tickets: [...this.tickets.values()].sort((a, b) => (a.ticketId < b.ticketId ? -1 : 1)),
      matches: [...this.matches.values()].sort((a, b) => (a.matchId < b.matchId ? -1 : 1)),
      densities: this.densities,
      highestRev: this.highestRev,
    };
  }

  #writeOne(change: Change): void {
    switch (change.type) {
      case "ticket_added":
        this.tickets.set(change.ticket.ticketId, change.ticket);
        return;
      case "ticket_ended":
        this.tickets.delete(change.ticket.ticketId);
        return;
      case "match_changed":
        this.matches.set(change.match.matchId, change.match);
        this.highestRev = Math.max(this.highestRev, change.match.rev);
        return;
      case "match_finished":
        this.matches.delete(change.match.matchId);
        this.highestRev = Math.max(this.highestRev, change.match.rev);
        return;
      case "match_forgotten":
        this.matches.delete(change.matchId);
        return;
      case "density_saved":
        this.densities = change.densities;
    }
  }
}

/** An empty store, or one that holds what these changes leave behind. */
export function aStore(changes: readonly Change[] = []): Store {
  const store = new Store();
  store.write(changes);
  return store;
}
