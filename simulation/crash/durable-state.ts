import type { Backfill } from "../../src/core/backfill.ts";
import type { Change } from "../../src/core/changes.ts";
import type { CoolDown } from "../../src/core/cool-downs.ts";
import type { LeaseClock } from "../../src/core/lease-clock.ts";
import type { Match, Placements } from "../../src/core/match.ts";
import { matchPlayers } from "../../src/core/match.ts";
import type { Party } from "../../src/core/party.ts";
import { memberIds } from "../../src/core/party.ts";
import type { Proposal } from "../../src/core/proposal.ts";
import type { Revocation } from "../../src/core/revocations.ts";
import type { Ticket, TicketEnding } from "../../src/core/ticket.ts";
import type { Commit } from "./platform/object-storage.ts";

/**
 * What of a region has become durable, by the changes that it committed: what there is now, and what there ever was.
 * Checkers and players' choices look here, never into the region.
 */
export class DurableState {
  readonly region: string;
  readonly tickets = new Map<string, Ticket>();
  /** Of tickets with a lease, by ticket. */
  readonly clocks = new Map<string, { readonly ticketId: string; readonly clocks: readonly LeaseClock[] }>();
  readonly matches = new Map<string, Match>();
  readonly proposals = new Map<string, Proposal>();
  /** Every ready check that there ever was. */
  readonly proposed = new Set<string>();
  /** Ready checks that came to nothing, and matches that got no server. */
  readonly cancelled = new Set<string>();
  readonly endedParties = new Set<string>();
  readonly parties = new Map<string, Party>();
  readonly backfills = new Map<string, Backfill>();
  readonly coolDowns = new Map<string, CoolDown>();
  /** Of every ticket that there ever was; null: it is still there. */
  readonly endings = new Map<string, TicketEnding | null>();
  /** Every match that there ever was, with its result; null: none so far. */
  readonly results = new Map<string, Placements | null>();
  /** `<match> <player>`: who accepted, or is in. */
  readonly accepted = new Set<string>();
  /** `<match> <connection>` */
  readonly assigned = new Set<string>();
  /** `<code> <player>` */
  readonly members = new Set<string>();
  readonly revocations = new Map<string, Revocation>();
  readonly lockedOut = new Set<string>();
  readonly redriven = new Set<string>();
  readonly finished = new Set<string>();

  constructor(region: string) {
    this.region = region;
  }

  take(commit: Commit): void {
    for (const change of commit) this.#take(change);
  }

  #take(change: Change): void {
    switch (change.type) {
      case "ticket_added":
        this.#takeClocks(change.ticket.ticketId, change.clocks);
        this.endings.set(change.ticket.ticketId, null);
        this.tickets.set(change.ticket.ticketId, change.ticket);
        return;
      case "ticket_changed":
        this.#takeClocks(change.ticket.ticketId, change.clocks);
        this.tickets.set(change.ticket.ticketId, change.ticket);
        return;
      case "ticket_ended":
        this.endings.set(change.ticket.ticketId, change.ending);
        this.tickets.delete(change.ticket.ticketId);
        this.clocks.delete(change.ticket.ticketId);
        return;
      case "proposal_changed":
        this.#takeProposal(change.proposal);
        return;
      case "proposal_ended":
        this.proposals.delete(change.proposal.matchId);
        if (change.outcome === "dissolved") this.cancelled.add(change.proposal.matchId);
        return;
      case "match_changed":
        this.#takeMatch(change.match, change.event);
        return;
      case "match_finished":
        this.finished.add(change.match.matchId);
        this.matches.delete(change.match.matchId);
        return;
      case "match_forgotten":
        this.matches.delete(change.matchId);
        return;
      case "party_changed":
        this.parties.set(change.party.code, change.party);
        for (const playerId of memberIds(change.party)) this.members.add(`${change.party.code} ${playerId}`);
        return;
      case "party_ended":
        this.parties.delete(change.party.code);
        this.endedParties.add(change.party.code);
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
      case "lease_changed":
        this.#takeClocks(change.ticketId, change.clocks);
        return;
      case "learned_saved":
        return;
      case "revocation_changed":
        this.#takeRevocation(change.revocation);
        return;
      default:
        change satisfies never;
    }
  }

  #takeRevocation(revocation: Revocation): void {
    const { playerId, isLockedOut } = revocation;
    this.revocations.set(playerId, revocation);
    if (isLockedOut) this.lockedOut.add(playerId);
    else this.lockedOut.delete(playerId);
  }

  /** @param clocks absent: as they were */
  #takeClocks(ticketId: string, clocks: readonly LeaseClock[] | undefined): void {
    if (clocks !== undefined) this.clocks.set(ticketId, { ticketId, clocks });
  }

  #takeProposal(proposal: Proposal): void {
    this.proposals.set(proposal.matchId, proposal);
    this.proposed.add(proposal.matchId);
    for (const seat of proposal.seats)
      for (const playerId of seat.accepted) this.accepted.add(`${proposal.matchId} ${playerId}`);
  }

  #takeMatch(match: Match, event: string): void {
    this.matches.set(match.matchId, match);
    this.results.set(match.matchId, match.result?.placements ?? null);
    if (event === "formed")
      for (const { playerId } of matchPlayers(match)) this.accepted.add(`${match.matchId} ${playerId}`);
    if (match.assignment?.type === "assigned") this.assigned.add(`${match.matchId} ${match.assignment.connection}`);
    if (event === "cancelled") this.cancelled.add(match.matchId);
    if (event === "redriven") this.redriven.add(match.matchId);
  }
}
