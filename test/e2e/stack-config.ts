import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..", "..");
const FAULTY_WORKER = join(ROOT, "test", "faults", "worker.ts");

export interface StackConfig {
  /** A file in place of `src/modes.ts`; undefined: the shipped modes. */
  readonly modesFile: string | undefined;
  /** Whether to serve the Worker of `test/faults/`. */
  readonly faults: boolean;
  /** Calls a minute that every rate limit allows; undefined: as many as the shipped ones. */
  readonly rateLimit: number | undefined;
  /** How often the queue tries a result before it is a dead letter; undefined: as shipped. */
  readonly resultRetries: number | undefined;
}

/**
 * The project's wrangler.toml for a stack that is not quite the shipped one. `wrangler dev` takes aliases from its
 * configuration only (4.156.2 has a flag for them that it does not read).
 *
 * @returns the path of the copy, in which every path is absolute
 */
export function writeStackConfig(
  directory: string,
  { modesFile, faults, rateLimit, resultRetries }: StackConfig,
): string {
  const shipped = readFileSync(join(ROOT, "wrangler.toml"), "utf8");
  const moved = shipped.replace(
    /^(main|directory|migrations_dir) = "(.+)"$/gm,
    (_, name: string, path: string) =>
      `${name} = ${JSON.stringify(faults && name === "main" ? FAULTY_WORKER : join(ROOT, path))}`,
  );
  const limited = rateLimit === undefined ? moved : moved.replaceAll(/\blimit = \d+/g, `limit = ${rateLimit}`);
  const hurried =
    resultRetries === undefined ? limited : limited.replace(/^max_retries = \d+$/m, `max_retries = ${resultRetries}`);
  const alias = modesFile === undefined ? "" : `\n[alias]\n"./modes.ts" = ${JSON.stringify(modesFile)}\n`;
  const file = join(directory, "wrangler.toml");
  writeFileSync(file, hurried + alias);
  return file;
}
