import type { Env } from "../env.ts";
import type { RegionRpc } from "./rpc.ts";
import type { Visitor } from "./socket-holder.ts";
import { upgradeRequest } from "./socket-holder.ts";

/**
 * Names to stubs: the only file that knows how a region becomes an object. Should one region ever need several
 * objects (docs/architecture.md, Scale), nothing else changes.
 *
 * @param region a configured region's name; never a name that came in from outside unchecked
 */
export function regionStub(env: Env, region: string): RegionRpc {
  return objectOf(env, region);
}

/**
 * Opens a socket of a player in their region.
 *
 * @param region as above
 * @returns 101 with the client's end, or 503 with a `SocketRefusal`
 */
export function connectSocket(env: Env, region: string, visitor: Visitor): Promise<Response> {
  return objectOf(env, region).fetch(upgradeRequest(visitor));
}

function objectOf(env: Env, region: string) {
  return env.REGION.getByName(region, { locationHint: LOCATION_HINTS[region] ?? "weur" });
}

/** Where the object is made: near its players. Only the first call for a name counts. */
const LOCATION_HINTS: Readonly<Record<string, DurableObjectLocationHint>> = {
  EUW: "weur",
  EUNE: "eeur",
  NA: "enam",
  CHN: "apac-ne",
  JPN: "apac-ne",
  KR: "apac-ne",
  OCE: "oc",
  BR: "sam",
  LAS: "sam",
  LAN: "enam",
};
