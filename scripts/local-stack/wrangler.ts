import { delimiter, join } from "node:path";
import type { ProcessGroup } from "./process-group.ts";
import { startProcessGroup } from "./process-group.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const WRANGLER = join(ROOT, "node_modules", "wrangler", "bin", "wrangler.js");

/**
 * Starts wrangler in a process group of its own, without anything that needs the network or slows requests down.
 *
 * @param signal stops the group when aborted
 */
export function startWrangler(
  args: readonly string[],
  onLine: (line: string) => void,
  signal?: AbortSignal,
): ProcessGroup {
  signal?.throwIfAborted();
  const environment = {
    ...process.env,
    // The build step of wrangler.toml calls `node`: it must find the project's.
    PATH: [join(ROOT, "node_modules", ".bin"), process.env.PATH].join(delimiter),
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_HIDE_BANNER: "true",
    WRANGLER_WRITE_LOGS: "false",
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
    // Traces every request into a store of its own; nothing here reads it.
    X_LOCAL_OBSERVABILITY: "false",
  };
  const group = startProcessGroup([WRANGLER, ...args, "--cwd", ROOT], environment, onLine);
  signal?.addEventListener("abort", () => group.stop());
  return group;
}

/** Brings the local database up to date. @throws with wrangler's output when it cannot */
export async function applyMigrations(stateDir: string, signal?: AbortSignal): Promise<void> {
  const lines: string[] = [];
  const args = ["d1", "migrations", "apply", "DB", "--local", "--persist-to", stateDir];
  const code = await startWrangler(args, (line) => lines.push(line), signal).ended;
  signal?.throwIfAborted();
  if (code !== 0) throw new Error(["the migrations of the local database failed:", ...lines].join("\n"));
}
