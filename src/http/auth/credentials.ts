import type { Config } from "../../env.ts";
import { ApiKeys } from "./api-keys.ts";
import { PlayerTokens } from "./player-tokens.ts";
import { ProviderTokens } from "./provider-tokens.ts";
import { SecretSet } from "./secret-set.ts";

/** What the configuration's secrets become: made once per isolate, asked on every call. */
export interface Credentials {
  readonly apiKeys: ApiKeys;
  readonly metricsTokens: SecretSet;
  readonly playerTokens: PlayerTokens;
  /** Null: the game has no identity provider. */
  readonly providerTokens: ProviderTokens | null;
}

const made = new WeakMap<Config, Credentials>();

/** Those made before, without an await; undefined on an isolate's first call. */
export function credentialsMadeFor(config: Config): Credentials | undefined {
  return made.get(config);
}

export async function credentialsOf(config: Config): Promise<Credentials> {
  const known = made.get(config);
  if (known !== undefined) return known;
  const credentials: Credentials = {
    apiKeys: new ApiKeys(config.apiKeys),
    metricsTokens: new SecretSet(config.metricsToken === null ? [] : [config.metricsToken]),
    playerTokens: await PlayerTokens.create({
      secret: config.jwtSecret,
      previousSecret: config.jwtSecretPrevious,
      ttlSeconds: config.jwtTtlSeconds,
    }),
    providerTokens: config.identityProvider === null ? null : new ProviderTokens(config.identityProvider),
  };
  made.set(config, credentials);
  return credentials;
}

/** The token of an `Authorization` header, or null if it has another form. */
export function bearerToken(header: string): string | null {
  return /^Bearer +([^\s]+)$/i.exec(header)?.[1] ?? null;
}
