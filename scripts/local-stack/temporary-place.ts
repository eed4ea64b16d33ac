import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureDevVars } from "./dev-vars.ts";
import { findFreePort } from "./port.ts";

/** A port, an empty state and secrets that nobody else uses; `startLocalStack` takes it as it is. */
export interface TemporaryPlace {
  readonly port: number;
  readonly stateDir: string;
  readonly envFile: string;
  /** Call it when the stack has stopped. */
  remove(): void;
}

export async function makeTemporaryPlace(): Promise<TemporaryPlace> {
  const directory = mkdtempSync(join(tmpdir(), "muster-"));
  const envFile = join(directory, "vars");
  ensureDevVars(envFile);
  return {
    port: await findFreePort(),
    stateDir: join(directory, "state"),
    envFile,
    remove: () => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }),
  };
}
