import { cp, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * Gathers the static files that the Worker is served with: `public/`, and Swagger UI from its package, so that the
 * page at /docs loads nothing from elsewhere. Runs before every build; the outcome is the same each time.
 */
const SWAGGER_UI_FILES = ["swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"];

const root = join(import.meta.dirname, "..");
const target = join(root, "dist", "assets");
const swaggerUi = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));

await mkdir(join(target, "docs"), { recursive: true });
await cp(join(root, "public"), target, { recursive: true });
for (const file of SWAGGER_UI_FILES) await cp(join(swaggerUi, file), join(target, "docs", file));
