import type { CheckedTicket } from "./check-ticket.ts";
import { checkTicket } from "./check-ticket.ts";
import type { CoolDowns } from "./cool-downs.ts";
import { leaseOf } from "./lease-clock.ts";
import type { Leases } from "./leases.ts";
import { LIMITS, RELEASE_AFTER_MS } from "./limits.ts";
import type { Line } from "./line.ts";
import { inMatchSinceMs } from "./match.ts";
import type { MatchLifecycle } from "./match-lifecycle.ts";
import type { Mode } from "./mode.ts";
import type { Parties } from "./parties.ts";
import type { Party } from "./party.ts";
import { leaderOf, memberIds, withOfferedRoles } from "./party.ts";
import type {
  AdmissionRefusal,
  AskedLease,
  EnqueueRefusal,
  EnqueueRequest,
  PartyEnqueueRefusal,
  PartyRequest,
  PlayerState,
} from "./queue-calls.ts";
import type { Result } from "./result.ts";
import { accept, refuse } from "./result.ts";
import type { Revocations } from "./revocations.ts";
import type { AskedConstraints, Ticket, TicketPlayer } from "./ticket.ts";

/** What admission needs of the queue that it lets people into. */
export interface AdmissionQueue {
  readonly parties: Parties;
  readonly line: Pick<Line, "add">;
  readonly leases: Pick<Leases, "seen">;
  readonly coolDowns: Pick<CoolDowns, "of">;
  readonly lifecycle: Pick<MatchLifecycle, "release">;
  readonly revocations: Pick<Revocations, "refusalOf">;
  /** See `QueueSettings`. */
  readonly locations: readonly string[];
  readonly isClosed?: boolean;
  readonly newId: (nowMs: number) => string;
  /** Who wait, in all modes. */
  playerCount(): number;
  stateOf(playerId: string): PlayerState;
}

/** Who may have a place in line. Everything that can be refused is, before anything changes. */
export class Admission {
  readonly #queue: AdmissionQueue;

  constructor(queue: AdmissionQueue) {
    this.#queue = queue;
  }

  /** See `Queue.enqueue`. */
  enqueue(request: EnqueueRequest, nowMs: number): Result<Ticket, EnqueueRefusal> {
    const { mode, constraints, isSystem, release } = request;
    const { playerId } = request.player;
    this.#heardOf([playerId], request.lease, isSystem, nowMs);
    const state = this.#queue.stateOf(playerId);
    if (state.type === "queued") return samePlace(state.ticket, mode);
    if (state.type === "matched") {
      const isOld = nowMs - inMatchSinceMs(state.match, playerId) > RELEASE_AFTER_MS;
      if (!isSystem || !(isOld || release)) return refuse({ reason: "in_match", matchId: state.match.matchId });
    }
    const party = this.#queue.parties.of(playerId, nowMs);
    if (party !== undefined && party.members.length > 1) {
      return refuse(
        leaderOf(party) === playerId ? { reason: "party_changed" } : { reason: "in_party", code: party.code },
      );
    }
    const admitted = this.#admit([request.player], mode, constraints, party, nowMs);
    if (!admitted.ok) return admitted;
    if (state.type === "matched") this.#queue.lifecycle.release(state.match, playerId, nowMs);
    return accept(this.#place(admitted.value, mode, party, request.lease, nowMs));
  }

  /** See `Queue.enqueueParty`. */
  enqueueParty(request: PartyRequest, nowMs: number): Result<Ticket, PartyEnqueueRefusal> {
    const { mode, constraints, code } = request;
    const playerIds = request.players.map(({ playerId }) => playerId);
    this.#heardOf(playerIds, request.lease, request.isSystem === true, nowMs);
    const asker = this.#queue.stateOf(playerIds[0] ?? "");
    if (asker.type === "queued" && isSameGroup(ticketPlayerIds(asker.ticket), playerIds)) {
      return samePlace(asker.ticket, mode);
    }
    const busy = playerIds.filter((playerId) => this.#queue.stateOf(playerId).type !== "free");
    if (busy.length > 0) {
      const match = asker.type === "matched" ? { matchId: asker.match.matchId } : {};
      return refuse({ reason: "party_member_busy", playerIds: busy, ...match });
    }
    const party = code === null ? undefined : this.#queue.parties.find(code, nowMs);
    if (code !== null && !(party !== undefined && isLedBy(party, playerIds)))
      return refuse({ reason: "party_changed" });
    const admitted = this.#admit(request.players, mode, constraints, party, nowMs);
    if (!admitted.ok) return admitted;
    return accept(this.#place(admitted.value, mode, party, request.lease, nowMs));
  }

  /** A call is a sign of life, also if it is refused. Of a socket only that it is open is one, and that is known. */
  #heardOf(playerIds: readonly string[], lease: AskedLease | undefined, isSystem: boolean, nowMs: number): void {
    if (lease?.kind === "socket") return;
    for (const playerId of playerIds) this.#queue.leases.seen(playerId, nowMs, isSystem);
  }

  /** Whether a ticket of these players can stand in line, and in which form. */
  #admit(
    players: readonly TicketPlayer[],
    mode: Mode,
    asked: AskedConstraints,
    party: Party | undefined,
    nowMs: number,
  ): Result<CheckedTicket, AdmissionRefusal> {
    if (this.#queue.isClosed === true) return refuse({ reason: "region_closed" });
    const lockedOut = this.#queue.revocations.refusalOf(players.map(({ playerId }) => playerId));
    if (lockedOut !== null) return refuse(lockedOut);
    const coolDowns = players.flatMap(({ playerId }) => this.#queue.coolDowns.of(playerId, nowMs) ?? []);
    if (coolDowns.length > 0) {
      const untilMs = Math.max(...coolDowns.map((coolDown) => coolDown.untilMs));
      return refuse({ reason: "cooling_down", playerIds: coolDowns.map(({ playerId }) => playerId), untilMs });
    }
    const offering =
      party === undefined ? players : players.map((player) => withOfferedRoles(player, party, mode.roles));
    const checked = checkTicket(offering, asked, mode, this.#queue.locations);
    if (!checked.ok) return checked;
    const hasRoom = this.#queue.playerCount() + players.length <= LIMITS.waitingPlayers;
    return hasRoom ? checked : refuse({ reason: "region_full" });
  }

  #place(
    checked: CheckedTicket,
    mode: Mode,
    party: Party | undefined,
    lease: AskedLease | undefined,
    nowMs: number,
  ): Ticket {
    const ticket: Ticket = {
      ticketId: this.#queue.newId(nowMs),
      mode: mode.name,
      ...checked,
      enqueuedAtMs: nowMs,
      ...(party !== undefined && { party: { code: party.code, leaderId: leaderOf(party) } }),
      ...(lease !== undefined && { lease: leaseOf(lease, mode) }),
    };
    this.#queue.line.add(ticket, nowMs);
    if (party !== undefined) this.#queue.parties.queued(party, nowMs);
    return ticket;
  }
}

function samePlace(ticket: Ticket, mode: Mode): Result<Ticket, { reason: "queued_in_other_mode"; mode: string }> {
  return ticket.mode === mode.name ? accept(ticket) : refuse({ reason: "queued_in_other_mode", mode: ticket.mode });
}

function ticketPlayerIds(ticket: Ticket): string[] {
  return ticket.players.map(({ playerId }) => playerId);
}

/** In whatever order; nobody is in either of them twice. */
function isSameGroup(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((playerId) => other.includes(playerId));
}

/** Whether these are the members as they are now, the first of them the leader. */
function isLedBy(party: Party, playerIds: readonly string[]): boolean {
  return playerIds[0] === leaderOf(party) && isSameGroup(memberIds(party), playerIds);
}
