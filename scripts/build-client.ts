import { rm } from "node:fs/promises";
import { join } from "node:path";
import { bundleClient } from "./client-package/bundle-client.ts";
import { declareClient } from "./client-package/declare-client.ts";

/**
 * Builds what `muster/client` is: one file without imports, for browsers and Node, and its types, which need nothing
 * of this repository. Needs no network; the outcome is the same each time.
 */
const target = join(import.meta.dirname, "..", "dist", "client");

await rm(target, { recursive: true, force: true });
await bundleClient(target);
await declareClient(target);
