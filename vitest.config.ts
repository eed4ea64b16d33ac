import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

/** Three layers: pure rules in Node, parts inside workerd, and the built Worker as a black box. */
export default defineConfig({
  test: {
    projects: [
      // Pure rules keep no state between files, and loading fast-check and mathjs once per file takes most of the time.
      { test: { name: "unit", include: ["test/unit/**/*.test.ts"], isolate: false } },
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: {
                ENVIRONMENT: "development",
                API_KEY: "dev",
                JWT_SECRET: "dev-integration-tests-only-0123456789",
                METRICS_TOKEN: "dev-metrics-token-0123456789",
                RATE_LIMITS: "off",
                LOG_LEVEL: "off",
                MIGRATIONS: await readD1Migrations("migrations"),
              },
            },
          })),
        ],
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts"],
          setupFiles: ["./test/integration/apply-migrations.ts"],
          // Room for a busy machine: what these tests wait for is queued, exported and rated in the background.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
