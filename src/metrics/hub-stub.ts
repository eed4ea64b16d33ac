import type { Env } from "../env.ts";
import type { MetricsHubRpc } from "./rpc.ts";

/** The one hub of the system: sources push to it, `/metrics` reads it. */
export function hubStub(env: Env): MetricsHubRpc {
  return env.METRICS_HUB.getByName("global");
}
