import type { IdentityProvider } from "../unit/builders/an-identity-provider.ts";
import type { Secrets } from "./http/request-of.ts";
import { isJsonObject, parseJson } from "./json.ts";

/**
 * Registers a player of the game's identity provider, and gets a token that the provider made for somebody else's service.
 *
 * @throws if the service refuses
 */
export async function meetIdentity(
  url: string,
  provider: IdentityProvider,
): Promise<Pick<Secrets, "identity" | "identityElsewhere">> {
  const token = await provider.token("fuzz@id.game.example", Date.now());
  const answer = await fetch(`${url}/players/register`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ username: "fuzz identity" }),
  });
  const body = parseJson(await answer.text());
  if (!isJsonObject(body) || typeof body.player_id !== "string") {
    throw new Error(`registering an identity was answered with ${answer.status}`);
  }
  const elsewhere = { claims: { aud: "another-service" } };
  return {
    identity: { playerId: body.player_id, token },
    identityElsewhere: await provider.token("fuzz@id.game.example", Date.now(), elsewhere),
  };
}
