import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";
import { ANONYMOUS } from "../auth/caller.ts";
import { refuseRevoked } from "../auth/check-revoked.ts";
import { bearerToken, credentialsMadeFor, credentialsOf } from "../auth/credentials.ts";
import { identify } from "../auth/identify.ts";
import { problem } from "../problem.ts";

/**
 * Finds out who calls. A credential that is present but not valid is always 401, even beside a valid one and even where
 * none is needed: whoever sends one means it, and should hear at once that it is wrong.
 */
export const authenticate: MiddlewareHandler<AppEnv> = async (c, next) => {
  const apiKey = c.req.header("x-api-key");
  const authorization = c.req.header("authorization");
  if (apiKey === undefined && authorization === undefined) {
    c.set("caller", ANONYMOUS);
    return await next();
  }
  const config = c.get("config");
  const credentials = credentialsMadeFor(config) ?? (await credentialsOf(config));
  const keyId = apiKey === undefined ? null : credentials.apiKeys.idOf(apiKey);
  if (apiKey !== undefined && keyId === null) return problem(c, "invalid_credentials", { detail: WRONG_KEY });
  if (keyId !== null) c.get("notes").key_id = keyId;
  const isSystem = keyId !== null;
  if (authorization === undefined) {
    c.set("caller", { ...ANONYMOUS, isSystem, keyId });
    return await next();
  }
  const token = bearerToken(authorization);
  const nowMs = Date.now();
  const identified = token === null ? null : await identify(c, credentials, token, nowMs);
  if (identified === null) return problem(c, "invalid_credentials", { detail: WRONG_TOKEN });
  const refusal = identified.player === null ? null : await refuseRevoked(c, identified.player, nowMs);
  if (refusal !== null) return refusal;
  c.set("caller", { isSystem, keyId, ...identified });
  return await next();
};

export const WRONG_KEY = "The key in x-api-key is not known: correct it, or leave it out.";
export const WRONG_TOKEN =
  "The token in Authorization is not valid, or has expired. The game's server can ask for a fresh one.";
