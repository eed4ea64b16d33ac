import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";

type Database = Awaited<ReturnType<Miniflare["getD1Database"]>>;

/** A built Worker under workerd, without `wrangler dev`'s proxy in front of it. */
export interface RunningWorker {
  readonly url: URL;
  readonly database: (binding: string) => Promise<Database>;
  readonly stop: () => Promise<void>;
}

/** Variables of a local deployment with development secrets and nothing that slows a request down on purpose. */
export const LOCAL_VARIABLES = {
  ENVIRONMENT: "development",
  API_KEY: "dev",
  JWT_SECRET: "dev-benchmark-only-0123456789abcdef",
  METRICS_TOKEN: "dev-benchmark-metrics",
  RATE_LIMITS: "off",
};

type Variables = Readonly<Record<string, string>>;

/** Runs the Workers of these configuration files, each with its variables, for as long as `use` takes. */
export async function withWorkers<const Configs extends readonly (readonly [configPath: string, Variables])[], Outcome>(
  configs: Configs,
  use: (workers: { readonly [Index in keyof Configs]: RunningWorker }) => Promise<Outcome>,
): Promise<Outcome> {
  const workers: RunningWorker[] = [];
  try {
    for (const [configPath, variables] of configs) workers.push(await runWorker(configPath, variables));
    return await use(workers as { readonly [Index in keyof Configs]: RunningWorker });
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
  }
}

/** Builds with wrangler as for a deployment, and serves the result on a free port with its state in memory. */
async function runWorker(configPath: string, variables: Variables): Promise<RunningWorker> {
  const outdir = resolve("dist", "bench", configPath.replaceAll(/\W+/g, "-"));
  execFileSync("wrangler", ["deploy", "--dry-run", "--config", configPath, "--outdir", outdir], { stdio: "pipe" });
  const { workerOptions } = unstable_getMiniflareWorkerOptions(configPath);
  const { assets: _, modulesRules: __, rootPath: ___, ...options } = workerOptions;
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      ...options,
      name: "worker",
      modules: [{ type: "ESModule", path: join(outdir, "index.js") }],
      bindings: { ...(options.bindings ?? {}), ...variables },
      host: "127.0.0.1",
      port: 0,
    }),
  );
  return {
    url: await miniflare.ready,
    database: (binding) => miniflare.getD1Database(binding),
    stop: () => miniflare.dispose(),
  };
}

/** Applies the migrations in order, as `wrangler d1 migrations apply` would. */
export async function applyMigrations(database: Database): Promise<void> {
  for (const file of readdirSync("migrations")
    .filter((name) => name.endsWith(".sql"))
    .sort()) {
    const statements = readFileSync(join("migrations", file), "utf8").split("--> statement-breakpoint");
    await database.batch(statements.map((statement) => database.prepare(statement)));
  }
}
