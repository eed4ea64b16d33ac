import type { Context, MiddlewareHandler } from "hono";
import { BEARER_PROTOCOL_PREFIX, SOCKET_PROTOCOL } from "../../region/socket-constants.ts";
import type { AppEnv } from "../app-env.ts";
import { refuseRevoked } from "../auth/check-revoked.ts";
import type { Credentials } from "../auth/credentials.ts";
import { bearerToken, credentialsOf } from "../auth/credentials.ts";
import { identify } from "../auth/identify.ts";
import { problem } from "../problem.ts";
import { WRONG_KEY, WRONG_TOKEN } from "./authenticate.ts";

/**
 * Finds out whose socket is to be opened. A browser can set no header on a WebSocket but its subprotocols, so the token
 * is one of them: in the address it would end up in logs. Programs may send a key or a token in a header, too; neither
 * counts here, but as everywhere a wrong one is 401.
 */
export const authenticateSocket: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (c.req.header("upgrade")?.toLowerCase() !== "websocket") {
    c.header("upgrade", "websocket");
    return problem(c, "upgrade_needed");
  }
  const offered = (c.req.header("sec-websocket-protocol") ?? "").split(",").map((protocol) => protocol.trim());
  if (!offered.includes(SOCKET_PROTOCOL)) return problem(c, "unsupported_protocol");
  const tokens = offered.filter((protocol) => protocol.startsWith(BEARER_PROTOCOL_PREFIX));
  const [token, ...others] = tokens.map((protocol) => protocol.slice(BEARER_PROTOCOL_PREFIX.length));
  if (token === undefined) return problem(c, "credentials_needed", { detail: HOW_TO_SEND });
  const credentials = await credentialsOf(c.get("config"));
  const nowMs = Date.now();
  const identified = others.length > 0 ? null : await identify(c, credentials, token, nowMs);
  if (identified === null) return problem(c, "invalid_credentials", { detail: WRONG_SUBPROTOCOL });
  const wrong = await wrongHeader(c, credentials, nowMs);
  if (wrong !== null) return problem(c, "invalid_credentials", { detail: wrong });
  if (identified.player === null) return problem(c, "not_registered");
  const refusal = await refuseRevoked(c, identified.player, nowMs);
  if (refusal !== null) return refusal;
  c.set("caller", { isSystem: false, keyId: null, ...identified });
  return await next();
};

async function wrongHeader(c: Context<AppEnv>, credentials: Credentials, nowMs: number): Promise<string | null> {
  const apiKey = c.req.header("x-api-key");
  if (apiKey !== undefined && credentials.apiKeys.idOf(apiKey) === null) return WRONG_KEY;
  const authorization = c.req.header("authorization");
  if (authorization === undefined) return null;
  const token = bearerToken(authorization);
  return token === null || (await identify(c, credentials, token, nowMs)) === null ? WRONG_TOKEN : null;
}

const HOW_TO_SEND = "Send the player's token as a second subprotocol: bearer.<token>.";
const WRONG_SUBPROTOCOL =
  "The token in the subprotocol bearer.<token> is not valid, or has expired. The game's server can ask for a fresh one.";
