import { assert } from "./assert.ts";
import type { ChangeLog } from "./change-log.ts";
import type { PartyEnding, PartyEvent } from "./changes.ts";
import { LIMITS, PARTY_EXPIRES_AFTER_MS } from "./limits.ts";
import type { Party, PartyMember } from "./party.ts";
import { leaderOf, memberIds, memberOf } from "./party.ts";
import type {
  BusyRefusal,
  CreatePartyRefusal,
  DisbandPartyRefusal,
  JoinPartyRefusal,
  PartyQueue,
  UnknownParty,
} from "./party-calls.ts";
import type { Result } from "./result.ts";
import { accept, refuse } from "./result.ts";
import type { LockedOut } from "./revocations.ts";

export interface PartySettings {
  readonly region: string;
  /** A new text that nobody can guess, of Crockford's base32. */
  readonly newSecret: () => string;
  /** More than that no mode takes as one ticket. */
  readonly mostMembers: number;
  /** See `QueueSettings`. */
  readonly isClosed: boolean;
  /** Whether somebody is locked out. */
  readonly refusalOf: (playerIds: readonly string[]) => LockedOut | null;
}

/**
 * The parties that players made, in one region.
 *
 * 1. Somebody who is free makes a party and leads it; others who are free join by its code. Joining is consenting.
 * 2. Members are in line only together: the leader queues all as one ticket, which carries the party's code.
 * 3. Nobody joins while any member waits or plays, so a ticket and a party never differ.
 * 4. Whoever leaves takes the party's ticket out of line. The longest-standing of the rest leads, if anybody is left.
 * 5. A party expires some hours after its last activity: it was made, joined, left or queued. From that instant on it
 *    is as good as gone; the row goes when something else happens, so an idle region is not woken for it. Its ticket,
 *    if one still waits, stays: it is cancelled like any other.
 */
export class Parties {
  readonly #settings: PartySettings;
  readonly #queue: PartyQueue;
  readonly #changes: ChangeLog;
  /** In the order of their last activity, so that the first to expire come first. */
  readonly #byCode = new Map<string, Party>();
  readonly #codeOf = new Map<string, string>();

  constructor(settings: PartySettings, queue: PartyQueue, changes: ChangeLog, parties: readonly Party[]) {
    this.#settings = settings;
    this.#queue = queue;
    this.#changes = changes;
    for (const party of [...parties].sort(firstToExpire)) this.#put(party);
  }

  find(code: string, nowMs: number): Party | undefined {
    const party = this.#byCode.get(code);
    return party === undefined || isExpired(party, nowMs) ? undefined : party;
  }

  /** The party that a player is in. */
  of(playerId: string, nowMs: number): Party | undefined {
    const code = this.#codeOf.get(playerId);
    return code === undefined ? undefined : this.find(code, nowMs);
  }

  /** A party of one, who leads it. Whoever has one to themselves gets that one, so the call is safe to repeat. */
  create(leader: PartyMember, nowMs: number): Result<Party, CreatePartyRefusal> {
    if (this.#settings.isClosed) return refuse({ reason: "region_closed" });
    const own = this.of(leader.playerId, nowMs);
    if (own?.members.length === 1 && !saysOtherRoles(leader, own)) return accept(own);
    const refusal = this.#refusalOfNewcomer(leader.playerId);
    if (refusal !== null) return refuse(refusal);
    if (own?.members.length === 1) return accept(this.#save({ ...own, members: [leader] }, "roles_changed", nowMs));
    if (own !== undefined) return refuse({ reason: "in_party", code: own.code });
    if (this.#isFull(nowMs)) return refuse({ reason: "too_many_parties" });
    this.#endExpired(nowMs, leader.playerId);
    let code: string;
    do code = `${this.#settings.region}-${this.#settings.newSecret()}`;
    while (this.#byCode.has(code));
    return accept(this.#save({ code, members: [leader], expiresAtMs: 0 }, "created", nowMs));
  }

  /** Adds a member at the end. A member who joins again changes their roles, or nothing if they say none. */
  join(code: string, member: PartyMember, nowMs: number): Result<Party, JoinPartyRefusal> {
    const party = this.find(code, nowMs);
    if (party === undefined) return refuse({ reason: "unknown_party" });
    const isMember = memberOf(party, member.playerId) !== undefined;
    if (isMember && !saysOtherRoles(member, party)) return accept(party);
    const busy = memberIds(party).filter((playerId) => this.#queue.stateOf(playerId).type !== "free");
    if (busy.length > 0) return refuse({ reason: "party_busy", playerIds: busy });
    if (isMember) {
      const members = party.members.map((one) => (one.playerId === member.playerId ? member : one));
      return accept(this.#save({ ...party, members }, "roles_changed", nowMs));
    }
    const refusal = this.#refusalOfNewcomer(member.playerId);
    if (refusal !== null) return refuse(refusal);
    const own = this.of(member.playerId, nowMs);
    if (own !== undefined) return refuse({ reason: "in_party", code: own.code });
    const most = this.#settings.mostMembers;
    if (party.members.length >= most) return refuse({ reason: "party_full", most });
    this.#endExpired(nowMs, member.playerId);
    return accept(this.#save({ ...party, members: [...party.members, member] }, "joined", nowMs));
  }

  /** @returns the party without the player, or null if that was the last member */
  leave(code: string, playerId: string, nowMs: number): Result<Party | null, UnknownParty> {
    const party = this.find(code, nowMs);
    if (party === undefined || memberOf(party, playerId) === undefined) return refuse({ reason: "unknown_party" });
    const members = party.members.filter((member) => member.playerId !== playerId);
    this.#endExpired(nowMs);
    if (members.length === 0) {
      this.#cancelTicketOf(party, playerId, nowMs);
      this.#end(party, "disbanded");
      return accept(null);
    }
    this.#cancelTicketOf(party, playerId, nowMs);
    this.#codeOf.delete(playerId);
    return accept(this.#save({ ...party, members }, "left", nowMs, memberIds(party)));
  }

  /** @param playerId who wishes it; null: the system, which may always */
  disband(code: string, playerId: string | null, nowMs: number): Result<Party, DisbandPartyRefusal> {
    const party = this.find(code, nowMs);
    if (party === undefined) return refuse({ reason: "unknown_party" });
    if (playerId !== null && playerId !== leaderOf(party)) {
      return refuse({ reason: memberOf(party, playerId) === undefined ? "unknown_party" : "not_the_leader" });
    }
    this.#endExpired(nowMs);
    this.#cancelTicketOf(party, playerId, nowMs);
    this.#end(party, "disbanded");
    return accept(party);
  }

  /** To be called when the party's ticket came into line. */
  queued(party: Party, nowMs: number): void {
    this.#save(party, "queued", nowMs);
  }

  /** The region is closed: all of them end. */
  close(): void {
    for (const party of [...this.#byCode.values()]) this.#end(party, "region_closed");
  }

  /** Takes the rows of expired parties away. */
  passDeadlines(nowMs: number): void {
    this.#endExpired(nowMs);
  }

  #refusalOfNewcomer(playerId: string): BusyRefusal | LockedOut | null {
    const lockedOut = this.#settings.refusalOf([playerId]);
    if (lockedOut !== null) return lockedOut;
    const state = this.#queue.stateOf(playerId);
    if (state.type === "matched") return { reason: "in_match", matchId: state.match.matchId };
    return state.type === "queued" ? { reason: "in_queue" } : null;
  }

  /** Those that have expired do not count. */
  #isFull(nowMs: number): boolean {
    if (this.#byCode.size < LIMITS.partiesPerRegion) return false;
    const [oldest] = this.#byCode.values();
    return oldest !== undefined && !isExpired(oldest, nowMs);
  }

  #save(party: Party, event: PartyEvent, nowMs: number, playerIds = memberIds(party)): Party {
    const saved: Party = { ...party, expiresAtMs: nowMs + PARTY_EXPIRES_AFTER_MS };
    this.#put(saved);
    this.#changes.record({ type: "party_changed", party: saved, event, playerIds });
    return saved;
  }

  #put(party: Party): void {
    this.#byCode.delete(party.code);
    this.#byCode.set(party.code, party);
    for (const { playerId } of party.members) {
      const code = this.#codeOf.get(playerId) ?? party.code;
      assert(code === party.code, `player ${playerId} is in one party only`);
      this.#codeOf.set(playerId, code);
    }
  }

  #end(party: Party, ending: PartyEnding): void {
    this.#byCode.delete(party.code);
    for (const { playerId } of party.members) this.#codeOf.delete(playerId);
    this.#changes.record({ type: "party_ended", party, ending, playerIds: memberIds(party) });
  }

  /** Only the party's own: the system may have put a member into line with others. `by`: see `Queue.cancel`. */
  #cancelTicketOf(party: Party, by: string | null, nowMs: number): void {
    const leaderId = leaderOf(party);
    const state = this.#queue.stateOf(leaderId);
    if (state.type === "queued" && state.ticket.party?.code === party.code) this.#queue.cancel(leaderId, nowMs, by);
  }

  /** @param newcomerId whose old party must be gone, even if a clock that was set back left it out of its order */
  #endExpired(nowMs: number, newcomerId?: string): void {
    const old = newcomerId === undefined ? undefined : this.#byCode.get(this.#codeOf.get(newcomerId) ?? "");
    const expired = new Set(old !== undefined && isExpired(old, nowMs) ? [old] : []);
    for (const party of this.#byCode.values()) {
      if (!isExpired(party, nowMs)) break;
      expired.add(party);
    }
    for (const party of [...expired].sort(firstToExpire)) this.#end(party, "expired");
  }
}

function isExpired(party: Party, nowMs: number): boolean {
  return nowMs >= party.expiresAtMs;
}

/** Ties by code, so that a region that woke up ends them in the same order. */
function firstToExpire(one: Party, other: Party): number {
  return one.expiresAtMs - other.expiresAtMs || (one.code < other.code ? -1 : 1);
}

/** Whoever says no roles has nothing to change. */
function saysOtherRoles({ playerId, roles }: PartyMember, party: Party): boolean {
  return roles !== undefined && JSON.stringify(roles) !== JSON.stringify(memberOf(party, playerId)?.roles);
}
