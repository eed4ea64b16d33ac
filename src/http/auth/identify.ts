import type { Context } from "hono";
import { findPlayerOfIdentity } from "../../db/identities.ts";
import type { AppEnv } from "../app-env.ts";
import { askDatabase } from "../outside-failures.ts";
import type { Caller, Identity } from "./caller.ts";
import type { Credentials } from "./credentials.ts";
import type { KnownPlayer, ProviderTokens } from "./provider-tokens.ts";

type Identified = Pick<Caller, "player" | "identity">;

/**
 * Whose token it is, by the verifier that its `iss` names: ours for our own tokens, the provider's keys for theirs. One
 * verifier alone decides; none is tried after another.
 *
 * @returns null if the token is not valid
 * @throws {ProviderUnavailable} if the provider's keys are needed and cannot be had
 * @throws {DatabaseUnavailable} if an identity is new to this isolate and D1 does not say whose it is
 */
export async function identify(
  c: Context<AppEnv>,
  { playerTokens, providerTokens }: Credentials,
  token: string,
  nowMs: number,
): Promise<Identified | null> {
  const remembered = playerTokens.remembered(token, nowMs);
  if (remembered !== null) return { player: remembered, identity: null };
  if (providerTokens?.isTheirs(token) !== true) {
    const player = await playerTokens.verify(token, nowMs);
    return player === null ? null : { player, identity: null };
  }
  const identity = await providerTokens.verify(token, nowMs);
  if (identity === null) return null;
  const known = providerTokens.playerOf(identity) ?? (await lookUp(c, providerTokens, identity));
  const { issuedAtMs, expiresAtMs } = identity;
  return { player: known === null ? null : { ...known, issuedAtMs, expiresAtMs }, identity };
}

async function lookUp(c: Context<AppEnv>, tokens: ProviderTokens, identity: Identity): Promise<KnownPlayer | null> {
  const found = await askDatabase(findPlayerOfIdentity(c.env.DB, identity));
  if (found !== null) tokens.rememberPlayer(identity, found);
  return found;
}
