import type { PlayerState, RegionClosed } from "./queue-calls.ts";
import type { LockedOut } from "./revocations.ts";

/** Nobody comes into a party who plays or waits. */
export type BusyRefusal = { readonly reason: "in_match"; readonly matchId: string } | { readonly reason: "in_queue" };

/** Nor who is locked out, or in another one, which `code` names. */
export type NewcomerRefusal = BusyRefusal | LockedOut | { readonly reason: "in_party"; readonly code: string };

export type CreatePartyRefusal = NewcomerRefusal | RegionClosed | { readonly reason: "too_many_parties" };

/** To those who are not in it, a party that exists looks like one that does not. */
export type UnknownParty = { readonly reason: "unknown_party" };

export type JoinPartyRefusal =
  | NewcomerRefusal
  | UnknownParty
  /** Some member waits or plays; `playerIds` says who. */
  | { readonly reason: "party_busy"; readonly playerIds: readonly string[] }
  | { readonly reason: "party_full"; readonly most: number };

export type DisbandPartyRefusal = UnknownParty | { readonly reason: "not_the_leader" };

/** What a party needs to know of a player, and the one thing it does to the queue. */
export interface PartyQueue {
  stateOf(playerId: string): PlayerState;
  cancel(playerId: string, nowMs: number, by: string | null): unknown;
}
