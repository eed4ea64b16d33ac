import type { Env } from "../../src/env.ts";
import { configOf } from "../../src/env.ts";
import { MODES } from "./simulated-modes.ts";

/** What may be deployed: all that there is, a region closed, or a mode taken out. */
export type ReleaseName = "whole" | "closed" | "without duels";

export type Releases = Readonly<Record<ReleaseName, Env>>;

/**
 * The variables of what may be deployed, with all that a region gets from the platform.
 *
 * @param region the one that may be closed, of all of these
 */
export function releasesOf(bindings: object, regions: readonly string[], region: string): Releases {
  const open = regions.join(" ");
  const others = regions.filter((other) => other !== region).join(" ");
  const releases = {
    whole: environment({ ...bindings, REGIONS: open }),
    closed: environment({ ...bindings, REGIONS: others, CLOSED_REGIONS: region }),
    "without duels": environment({ ...bindings, REGIONS: open }),
  };
  parseWithout("duel", releases["without duels"]);
  return releases;
}

function environment(variables: object): Env {
  const env = {
    ENVIRONMENT: "development",
    API_KEY: "dev",
    JWT_SECRET: "dev-crash-simulation-0123456789abcdef",
    LOG_LEVEL: "error",
    ...variables,
  };
  // The one place where the simulation's bindings are passed off as the real ones.
  return env as unknown as Env;
}

/** The production code parses the variables once and keeps what it found; so this release keeps these modes. */
function parseWithout(mode: string, env: Env): void {
  const all = MODES.slice();
  MODES.splice(0, MODES.length, ...all.filter(({ name }) => name !== mode));
  configOf(env);
  MODES.splice(0, MODES.length, ...all);
}
