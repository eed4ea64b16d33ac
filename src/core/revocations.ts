import type { ChangeLog } from "./change-log.ts";
import type { Parties } from "./parties.ts";
import type { PartyQueue } from "./party-calls.ts";

/** A player whose tokens were taken back. */
export interface Revocation {
  readonly playerId: string;
  /** Tokens issued before this time are void, also after the player was let in again. A whole second, as in tokens. */
  readonly tokensFromMs: number;
  /** No token opens anything, however new; nobody can queue the player either. */
  readonly isLockedOut: boolean;
  /** Grows with every change of the same player, so that of two tellings the newer one is known. */
  readonly changedAtMs: number;
}

/** Some of those who are to queue or to come into a party are locked out. */
export interface LockedOut {
  readonly reason: "player_revoked";
  readonly playerIds: readonly string[];
}

/** Whether a token of this player is void. @param issuedAtMs to the second, as in the token; 0: it does not say */
export function isVoid(
  { tokensFromMs, isLockedOut }: Pick<Revocation, "tokensFromMs" | "isLockedOut">,
  issuedAtMs: number,
): boolean {
  return isLockedOut || issuedAtMs < tokensFromMs;
}

/**
 * Whom the operator has shut out of a region.
 *
 * 1. What is told is kept, so it holds while nobody else can be asked, and after a restart. An older telling that comes
 *    late changes nothing.
 * 2. Whoever is told of has their ticket taken out of line, which in a ready check is the same as to decline and costs
 *    nobody anything, and leaves their party. Whoever took these places may not have been the player.
 * 3. A match that is on goes on: it is the game's, and its result counts for everybody in it.
 */
export class Revocations {
  readonly #byPlayer: Map<string, Revocation>;
  readonly #queue: PartyQueue;
  readonly #parties: () => Pick<Parties, "of" | "leave">;
  readonly #changes: ChangeLog;

  constructor(
    queue: PartyQueue,
    parties: () => Pick<Parties, "of" | "leave">,
    changes: ChangeLog,
    known: readonly Revocation[],
  ) {
    this.#queue = queue;
    this.#parties = parties;
    this.#changes = changes;
    this.#byPlayer = new Map(known.map((revocation) => [revocation.playerId, revocation]));
  }

  /** Takes in how it stands with a player now. Safe to repeat. */
  put(revocation: Revocation, nowMs: number): void {
    const { playerId, changedAtMs, isLockedOut, tokensFromMs } = revocation;
    const known = this.#byPlayer.get(playerId);
    if (known !== undefined && known.changedAtMs >= changedAtMs) return;
    this.#byPlayer.set(playerId, revocation);
    this.#changes.record({ type: "revocation_changed", revocation });
    const isLetIn = !isLockedOut && known !== undefined && tokensFromMs <= known.tokensFromMs;
    if (isLetIn) return;
    this.#queue.cancel(playerId, nowMs, null);
    const party = this.#parties().of(playerId, nowMs);
    if (party !== undefined) this.#parties().leave(party.code, playerId, nowMs);
  }

  /** Whether a token of a player is void. @param issuedAtMs see `isVoid` */
  isVoid(playerId: string, issuedAtMs: number): boolean {
    const revocation = this.#byPlayer.get(playerId);
    return revocation !== undefined && isVoid(revocation, issuedAtMs);
  }

  /** Null: none of them is locked out. */
  refusalOf(playerIds: readonly string[]): LockedOut | null {
    if (this.#byPlayer.size === 0) return null;
    const lockedOut = playerIds.filter((playerId) => this.#byPlayer.get(playerId)?.isLockedOut === true);
    return lockedOut.length === 0 ? null : { reason: "player_revoked", playerIds: lockedOut };
  }
}
