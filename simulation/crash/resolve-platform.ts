import { registerHooks } from "node:module";

const SHIM = new URL("platform/cloudflare-workers.ts", import.meta.url).href;
const COLLECT_DELTA = new URL("platform/collect-delta.ts", import.meta.url).href;
const MODES = new URL("simulated-modes.ts", import.meta.url).href;

/**
 * From now on the production code can be imported outside of workerd: what it takes from the platform comes from a
 * shim, its modes are those of the simulation, which has small matches of every kind, and metrics cost next to nothing.
 */
export function resolvePlatform(): void {
  registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier === "cloudflare:workers") return { url: SHIM, shortCircuit: true };
      if (specifier === "./collect-delta.ts") return { url: COLLECT_DELTA, shortCircuit: true };
      const isModesOfEnv = specifier === "./modes.ts" && context.parentURL?.endsWith("/src/env.ts") === true;
      return isModesOfEnv ? { url: MODES, shortCircuit: true } : next(specifier, context);
    },
  });
}
