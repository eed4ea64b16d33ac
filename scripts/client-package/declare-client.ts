import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { printTypes } from "./print-types.ts";
import { wireSchemas } from "./wire-schemas.ts";

const ENTRY = "index";
/** What the client takes from the service; written from the schemas, so that nobody needs their library. */
const WIRE_TYPES = "wire-types";
const RELATIVE_IMPORT = /(from |import\()"\.\/([a-z-]+)\.ts"/g;

/**
 * Writes the client's types.
 *
 * 1. The compiler writes a declaration file for each source.
 * 2. From the entry on, each file that another one imports is taken over; imports name the built form, `.js`.
 * 3. In place of the one file that imports from the service comes what its schemas say.
 */
export async function declareClient(targetDir: string): Promise<void> {
  const emittedDir = await mkdtemp(join(tmpdir(), "muster-client-types-"));
  try {
    await emitDeclarations(emittedDir);
    await mkdir(targetDir, { recursive: true });
    const names = new Set([ENTRY]);
    // A set also visits what is added on the way.
    for (const name of names) {
      const types =
        name === WIRE_TYPES
          ? printTypes(wireSchemas())
          : await readFile(join(emittedDir, "client", `${name}.d.ts`), "utf8");
      for (const [, , imported = ""] of types.matchAll(RELATIVE_IMPORT)) names.add(imported);
      await writeFile(join(targetDir, `${name}.d.ts`), types.replaceAll(RELATIVE_IMPORT, '$1"./$2.js"'));
    }
  } finally {
    await rm(emittedDir, { recursive: true });
  }
}

async function emitDeclarations(outDir: string): Promise<void> {
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
  const project = join(import.meta.dirname, "tsconfig.json");
  await promisify(execFile)(process.execPath, [tsc, "-p", project, "--outDir", outDir]);
}
