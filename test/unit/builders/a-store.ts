import type { Backfill } from "../../../src/core/backfill.ts";
import type { Change } from "../../../src/core/changes.ts";
import type { CoolDown } from "../../../src/core/cool-downs.ts";
import type { Learned } from "../../../src/core/learned.ts";
import { NOTHING_LEARNED } from "../../../src/core/learned.ts";
import type { LeaseClock } from "../../../src/core/lease-clock.ts";
import type { Match } from "../../../src/core/match.ts";
import type { Party } from "../../../src/core/party.ts";
import type { Proposal } from "../../../src/core/proposal.ts";
import type { QueueState } from "../../../src/core/queue-state.ts";
import type { Revocation } from "../../../src/core/revocations.ts";
import type { Ticket } from "../../../src/core/ticket.ts";

/** A region's tables as a database would keep them: rows by id, written from nothing but the recorded changes. */
export class Store {
  readonly tickets = new Map<string, Ticket>();
  readonly clocks = new Map<string, readonly LeaseClock[]>();
  readonly matches = new Map<string, Match>();
  readonly parties = new Map<string, Party>();
  readonly proposals = new Map<string, Proposal>();
  readonly backfills = new Map<string, Backfill>();
  readonly coolDowns = new Map<string, CoolDown>();
  readonly revocations = new Map<string, Revocation>();
  learned: Learned = NOTHING_LEARNED;
  highestRev = 0;

  write(changes: readonly Change[]): void {
    for (const change of changes) this.#writeOne(change);
  }

  /** What a region that wakes up now would read, sorted by id like a table's primary key. */
  read(): QueueState {
    return {
      tickets: [...this.tickets.values()].sort((a, b) => (a.ticketId < b.ticketId ? -1 : 1)),
      clocks: Object.fromEntries(this.clocks),
      matches: [...this.matches.values()].sort((a, b) => (a.matchId < b.matchId ? -1 : 1)),
      parties: [...this.parties.values()].sort((a, b) => (a.code < b.code ? -1 : 1)),
      proposals: [...this.proposals.values()].sort((a, b) => (a.matchId < b.matchId ? -1 : 1)),
      backfills: [...this.backfills.values()].sort((a, b) => (a.matchId < b.matchId ? -1 : 1)),
      coolDowns: [...this.coolDowns.values()].sort((a, b) => (a.playerId < b.playerId ? -1 : 1)),
      revocations: [...this.revocations.values()].sort((a, b) => (a.playerId < b.playerId ? -1 : 1)),
      learned: this.learned,
      highestRev: this.highestRev,
    };
  }

  #writeOne(change: Change): void {
    switch (change.type) {
      case "ticket_added":
      case "ticket_changed":
        this.tickets.set(change.ticket.ticketId, change.ticket);
        if (change.clocks !== undefined) this.clocks.set(change.ticket.ticketId, change.clocks);
        return;
      case "ticket_ended":
        this.tickets.delete(change.ticket.ticketId);
        this.clocks.delete(change.ticket.ticketId);
        return;
      case "lease_changed":
        this.clocks.set(change.ticketId, change.clocks);
        return;
      case "proposal_changed":
        this.proposals.set(change.proposal.matchId, change.proposal);
        return;
      case "proposal_ended":
        this.proposals.delete(change.proposal.matchId);
        return;
      case "backfill_changed":
        this.backfills.set(change.backfill.matchId, change.backfill);
        return;
      case "backfill_ended":
        this.backfills.delete(change.backfill.matchId);
        return;
      case "cool_down_started":
        this.coolDowns.set(change.coolDown.playerId, change.coolDown);
        return;
      case "cool_down_forgotten":
        this.coolDowns.delete(change.playerId);
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
      case "party_changed":
        this.parties.set(change.party.code, change.party);
        return;
      case "party_ended":
        this.parties.delete(change.party.code);
        return;
      case "revocation_changed":
        this.revocations.set(change.revocation.playerId, change.revocation);
        return;
      case "learned_saved":
        this.learned = change.learned;
    }
  }
}

/** An empty store, or one that holds what these changes leave behind. */
export function aStore(changes: readonly Change[] = []): Store {
  const store = new Store();
  store.write(changes);
  return store;
}
