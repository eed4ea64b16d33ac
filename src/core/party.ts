import type { TicketPlayer } from "./ticket.ts";

/** Somebody who made or joined a party, and so agreed to be queued by its leader. */
export interface PartyMember {
  readonly playerId: string;
  /** Roles that the member offers in whatever mode knows them; absent: any. */
  readonly roles?: readonly string[];
}

/** Players who found together by a code. Never empty; nobody is in two. */
export interface Party {
  /** `<REGION>-<secret>`: whoever knows it may join. */
  readonly code: string;
  /** The longest-standing first, who leads. */
  readonly members: readonly PartyMember[];
  readonly expiresAtMs: number;
}

/** The longest-standing member: when the leader leaves, the next one leads without anybody having to decide. */
export function leaderOf(party: Party): string {
  return party.members[0]?.playerId ?? "";
}

export function memberIds(party: Party): string[] {
  return party.members.map(({ playerId }) => playerId);
}

export function memberOf(party: Party, playerId: string): PartyMember | undefined {
  return party.members.find((member) => member.playerId === playerId);
}

/**
 * A player with the roles that they offered when they came into the party, as far as the mode has them: somebody who
 * offers only roles of other modes has said nothing about this one.
 */
export function withOfferedRoles(
  player: TicketPlayer,
  party: Party,
  modeRoles: Readonly<Record<string, number>>,
): TicketPlayer {
  const offered = memberOf(party, player.playerId)?.roles ?? [];
  const roles = offered.filter((role) => Object.hasOwn(modeRoles, role));
  return roles.length === 0 ? player : { ...player, roles };
}
