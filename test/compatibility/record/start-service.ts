import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import type { RecordedTables } from "./recording.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const MIGRATIONS = join(ROOT, "migrations");

const VARIABLES = {
  ENVIRONMENT: "development",
  API_KEY: "dev",
  JWT_SECRET: "dev-recording-only-0123456789abcdef",
  METRICS_TOKEN: "dev-recording-metrics-0123456789",
  RATE_LIMITS: "off",
  LOG_LEVEL: "error",
};

export interface Service {
  readonly url: URL;
  /** Runs a statement in D1. */
  readonly runInD1: (sql: string, ...bindings: readonly unknown[]) => Promise<void>;
  readonly d1Tables: () => Promise<RecordedTables>;
  /** Names of the migrations that D1 has, in order. */
  readonly migrations: readonly string[];
  readonly stop: () => Promise<void>;
}

/**
 * The checkout's Worker inside the recording one, built as for a deployment, with its state in memory. Needs of the
 * checkout only `wrangler.toml`, `migrations/`, `src/index.ts` and its packages, so that it runs in an older one too.
 */
export async function startService(): Promise<Service> {
  mkdirSync(join(ROOT, "dist"), { recursive: true });
  // Within the project: workerd loads modules from below its own directory only.
  const place = mkdtempSync(join(ROOT, "dist", "record-"));
  const config = writeConfig(place);
  const path = [join(ROOT, "node_modules", ".bin"), process.env.PATH].join(delimiter);
  execFileSync("wrangler", ["deploy", "--dry-run", "--cwd", ROOT, "--config", config, "--outdir", place], {
    stdio: "pipe",
    env: { ...process.env, PATH: path, WRANGLER_SEND_METRICS: "false", WRANGLER_WRITE_LOGS: "false" },
  });
  const { workerOptions } = unstable_getMiniflareWorkerOptions(config);
  const { assets: _, modulesRules: __, rootPath: ___, ...options } = workerOptions;
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      ...options,
      name: "worker",
      modules: [{ type: "ESModule", path: join(place, "worker.js") }],
      bindings: { ...(options.bindings ?? {}), ...VARIABLES },
      host: "127.0.0.1",
      port: 0,
    }),
  );
  const url = await miniflare.ready;
  const d1 = await miniflare.getD1Database("DB");
  const migrations = readdirSync(MIGRATIONS)
    .filter((name) => name.endsWith(".sql"))
    .sort();
  for (const file of migrations) {
    const statements = readFileSync(join(MIGRATIONS, file), "utf8").split("--> statement-breakpoint");
    await d1.batch(statements.filter((one) => one.trim() !== "").map((one) => d1.prepare(one)));
  }
  const all = async <Row extends Record<string, unknown>>(sql: string) => (await d1.prepare(sql).all<Row>()).results;
  return {
    url,
    migrations,
    runInD1: async (sql, ...bindings) => {
      await d1
        .prepare(sql)
        .bind(...bindings)
        .run();
    },
    d1Tables: async () => {
      const made = await all<{ name: string; type: string; sql: string }>(
        "SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
      );
      const rows: Record<string, Record<string, unknown>[]> = {};
      for (const { name, type } of made) if (type === "table") rows[name] = await all(`SELECT * FROM "${name}"`);
      return { create: made.map((one: { readonly sql: string }) => one.sql), rows };
    },
    stop: async () => {
      await miniflare.dispose();
      rmSync(place, { recursive: true });
    },
  };
}

/** The project's own, with the recording Worker, its modes, and neither pages nor a step that builds them. */
function writeConfig(place: string): string {
  const shipped = readFileSync(join(ROOT, "wrangler.toml"), "utf8");
  const moved = shipped
    .replace(/^\[(build|assets)\]\n(?:[^[\n].*\n)*/gm, "")
    .replace(/^main = .+$/m, `main = ${JSON.stringify(join(import.meta.dirname, "worker.ts"))}`)
    .replace(/^migrations_dir = .+$/m, `migrations_dir = ${JSON.stringify(MIGRATIONS)}`);
  const file = join(place, "wrangler.toml");
  writeFileSync(file, `${moved}\n[alias]\n"./modes.ts" = ${JSON.stringify(join(import.meta.dirname, "modes.ts"))}\n`);
  return file;
}
