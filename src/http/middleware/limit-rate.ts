import type { Context, MiddlewareHandler } from "hono";
import type { Env } from "../../env.ts";
import type { AppEnv } from "../app-env.ts";
import { addressOf } from "../caller-address.ts";
import { problem } from "../problem.ts";

/** Registrations from one address; of IPv6, from one /64. */
export const limitRegistrations = limitRate(({ REGISTER_LIMIT }) => REGISTER_LIMIT, addressOf);

/** Whatever anybody can call, from one address. */
export const limitAddress = limitRate(({ PUBLIC_LIMIT }) => PUBLIC_LIMIT, addressOf);

/** A player's own calls. */
export const limitPlayer = limitRate(
  ({ PLAYER_LIMIT }) => PLAYER_LIMIT,
  (c) => c.get("caller").player?.playerId ?? addressOf(c),
);

/**
 * Sockets that a player opens: each costs the region a state, and a client that cannot stay connected has to slow down.
 */
export const limitConnects = limitRate(
  ({ SOCKET_LIMIT }) => SOCKET_LIMIT,
  (c) => c.get("caller").player?.playerId ?? addressOf(c),
);

/** The system is exempt. The limits themselves stand in wrangler.toml. */
function limitRate(
  limiterOf: (env: Env) => RateLimit,
  keyOf: (c: Context<AppEnv>) => string,
): MiddlewareHandler<AppEnv> {
  const limited: MiddlewareHandler<AppEnv> = async (c, next) => {
    const { success } = await limiterOf(c.env).limit({ key: keyOf(c) });
    if (!success) return problem(c, "rate_limited");
    return await next();
  };
  return (c, next) => (c.get("config").areRateLimitsOn && !c.get("caller").isSystem ? limited(c, next) : next());
}
