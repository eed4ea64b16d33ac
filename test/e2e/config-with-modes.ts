import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..", "..");

/**
 * The project's wrangler.toml with another file in place of `src/modes.ts`, for a stack that plays modes of its own.
 * `wrangler dev` takes aliases from its configuration only (4.156.2 has a flag for them that it does not read).
 *
 * @returns the path of the copy, in which every path is absolute
 */
export function configWithModes(directory: string, modesFile: string): string {
  const shipped = readFileSync(join(ROOT, "wrangler.toml"), "utf8");
  const moved = shipped.replace(
    /^(main|directory|migrations_dir) = "(.+)"$/gm,
    (_, name: string, path: string) => `${name} = ${JSON.stringify(join(ROOT, path))}`,
  );
  const file = join(directory, "wrangler.toml");
  writeFileSync(file, `${moved}\n[alias]\n"./modes.ts" = ${JSON.stringify(modesFile)}\n`);
  return file;
}
