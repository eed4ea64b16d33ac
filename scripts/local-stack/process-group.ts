import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

const KEEPER = join(import.meta.dirname, "keeper.ts");
const GRACE_MS = 4_000;

export interface ProcessGroup {
  /** Exit code, when it has ended for whatever reason; 1 if a signal ended it. */
  readonly ended: Promise<number>;
  /** Asks it to end, and after four seconds no longer asks. Nothing of the group is left when this resolves. */
  stop(): Promise<void>;
  /** SIGKILL to every process of the group at once, as a power cut would. */
  kill(): void;
}

/**
 * Starts `node <nodeArguments>` with everything it will start itself as one process group, which ends with this process.
 * Needs a POSIX system.
 *
 * @param onLine gets each line of its output and error output
 */
export function startProcessGroup(
  nodeArguments: readonly string[],
  environment: NodeJS.ProcessEnv,
  onLine: (line: string) => void,
): ProcessGroup {
  const keeper = spawn(process.execPath, [KEEPER, ...nodeArguments], {
    detached: true,
    env: environment,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const { pid } = keeper;
  if (pid === undefined) throw new Error(`could not start ${process.execPath}`);
  eachLine(keeper.stdout, onLine);
  eachLine(keeper.stderr, onLine);
  const ended = new Promise<number>((resolve) => {
    // What outlives the keeper would hold its output open, and "close" would never come.
    keeper.on("exit", () => signalGroup(pid, "SIGKILL"));
    keeper.on("close", (code) => resolve(code ?? 1));
  });
  return {
    ended,
    async stop() {
      keeper.kill("SIGTERM");
      const timer = setTimeout(() => signalGroup(pid, "SIGKILL"), GRACE_MS);
      await ended;
      clearTimeout(timer);
    },
    kill() {
      signalGroup(pid, "SIGKILL");
    },
  };
}

function eachLine(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream }).on("line", onLine);
}

/** A group that is already gone is what the caller wants. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
