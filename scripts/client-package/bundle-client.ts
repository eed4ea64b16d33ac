import { join } from "node:path";
import type { Metafile } from "esbuild";
import { build } from "esbuild";

const ROOT = join(import.meta.dirname, "..", "..");

/** Writes `index.js`. @returns what went into it, and what it still imports */
export async function bundleClient(targetDir: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ["client/index.ts"],
    outfile: join(targetDir, "index.js"),
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    metafile: true,
    logLevel: "warning",
  });
  return metafile;
}
