/** The player that a token speaks for. */
export interface TokenHolder {
  readonly playerId: string;
  /** Home region when the token was made: a hint that saves a look into D1, not a fact. */
  readonly region: string;
  readonly expiresAtMs: number;
  /** To the second; 0: the token does not say. */
  readonly issuedAtMs: number;
}

/** Somebody whom the game's identity provider vouches for. */
export interface Identity {
  readonly issuer: string;
  /** The provider's name for them; never a player id of ours. */
  readonly subject: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

/** Who calls. With both credentials the call has the system's right, and the token still names its player. */
export interface Caller {
  readonly isSystem: boolean;
  /** Which API key it was, by its fingerprint; null: none. */
  readonly keyId: string | null;
  readonly player: TokenHolder | null;
  /** Whose token came from the game's identity provider; without a player until they register. */
  readonly identity: Identity | null;
}

export const ANONYMOUS: Caller = { isSystem: false, keyId: null, player: null, identity: null };

/** A player acts only for themselves, the system for anybody. */
export function mayActFor(caller: Caller, playerId: string): boolean {
  return caller.isSystem || caller.player?.playerId === playerId;
}
