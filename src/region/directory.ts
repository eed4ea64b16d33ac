import type { Env } from "../env.ts";
import type { RegionRpc } from "./rpc.ts";

/**
 * Names to stubs: the only file that knows how a region becomes an object. Should one region ever need several
 * objects (docs/architecture.md, Scale), nothing else changes.
 *
 * @param region a configured region's name; never a name that came in from outside unchecked
 */
export function regionStub(env: Env, region: string): RegionRpc {
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
