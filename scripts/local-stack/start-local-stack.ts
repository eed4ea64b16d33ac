import { setTimeout as sleep } from "node:timers/promises";
import { misconfigurationIn } from "./misconfiguration.ts";
import type { ProcessGroup } from "./process-group.ts";
import { readableLine } from "./readable-line.ts";
import { startWrangler } from "./wrangler.ts";

const HEALTHY_WITHIN_MS = 60_000;

export interface LocalStackOptions {
  readonly port: number;
  /** Where the local D1, objects and queues live. */
  readonly stateDir: string;
  /** Variables and secrets in place of `.dev.vars`. */
  readonly envFile?: string;
  /** Variables on top of these. */
  readonly vars?: Readonly<Record<string, string>>;
  /** In place of `wrangler.toml`. */
  readonly configFile?: string;
  /**
   * Whether the Worker writes its line for each request. That nearly halves throughput through `wrangler dev`; without
   * it only warnings and errors come.
   */
  readonly logs: boolean;
  /** Gets what the Worker and wrangler have to say once it serves. */
  readonly onLine: (line: string) => void;
  /** Stops the stack when aborted, also while it starts. */
  readonly signal?: AbortSignal;
}

export interface LocalStack extends ProcessGroup {
  readonly url: string;
}

/** Serves the Worker on 127.0.0.1. Resolves when `/healthz` answers 200. @throws with its last words if it never does */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const url = `http://127.0.0.1:${options.port}`;
  const startLines: string[] = [];
  let isServing = false;
  const hear = (rawLine: string) => {
    const line = readableLine(rawLine);
    if (line === null) return;
    if (isServing) options.onLine(line);
    else startLines.push(line);
  };
  const group = startWrangler(wranglerArguments(options), hear, options.signal);
  const problem = await Promise.race([
    group.ended.then((code) => `wrangler ended with code ${code} before it served`),
    waitUntilHealthy(url, Date.now() + HEALTHY_WITHIN_MS),
  ]);
  if (problem !== null) {
    await group.stop();
    throw new Error([problem, ...startLines].join("\n"));
  }
  isServing = true;
  return { url, ...group };
}

function wranglerArguments({ port, stateDir, envFile, logs, vars = {}, configFile }: LocalStackOptions): string[] {
  return [
    "dev",
    "--local",
    ...["--ip", "127.0.0.1", "--port", String(port), "--persist-to", stateDir],
    // Port 0: any free one, so that two stacks do not meet at the inspector.
    ...["--inspector-port", "0", "--show-interactive-dev-session=false"],
    ...(envFile === undefined ? [] : ["--env-file", envFile]),
    ...Object.entries(vars).flatMap(([name, value]) => ["--var", `${name}:${value}`]),
    ...(configFile === undefined ? [] : ["--config", configFile]),
    ...(logs ? ["--log-level", "log"] : ["--log-level", "warn", "--var", "LOG_LEVEL:warn"]),
  ];
}

/** @returns null when it is; else what is wrong with its configuration, or its last answer when the time is over */
async function waitUntilHealthy(url: string, deadlineMs: number): Promise<string | null> {
  let last = "nothing";
  while (Date.now() < deadlineMs) {
    try {
      const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(5_000) });
      if (response.ok) return null;
      const body = await response.text();
      const misconfiguration = misconfigurationIn(body);
      if (misconfiguration !== null) return `The service is not configured. ${misconfiguration}`;
      last = `${response.status} ${body.slice(0, 2_000)}`;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await sleep(200);
  }
  return `${url}/healthz did not answer 200 within ${HEALTHY_WITHIN_MS / 1_000} s; the last answer: ${last}`;
}
