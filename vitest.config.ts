import { resolve } from "node:path";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import type { Plugin } from "vitest/config";
import { defineConfig } from "vitest/config";

/** The integration tests also play modes with rules and with servers, which the shipped ones have none of. */
const modesWithHunt: Plugin = {
  name: "modes-with-hunt",
  enforce: "pre",
  resolveId: (source, importer) =>
    source === "./modes.ts" && importer?.endsWith("/src/env.ts") === true
      ? resolve(import.meta.dirname, "test/integration/modes-with-hunt.ts")
      : null,
};

/** Three layers: pure rules in Node, parts inside workerd, and the built Worker as a black box. */
export default defineConfig({
  test: {
    projects: [
      // Pure rules keep no state between files, and loading fast-check and mathjs once per file takes most of the time.
      // A model test runs thousands of histories; on a machine with other things to do that may take a while.
      {
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.ts"],
          isolate: false,
          testTimeout: 60_000,
          // On two cores one worker is the default, and takes nearly twice as long.
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        plugins: [
          modesWithHunt,
          cloudflareTest(async () => ({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: {
                ENVIRONMENT: "development",
                API_KEY: "dev",
                JWT_SECRET: "dev-integration-tests-only-0123456789",
                METRICS_TOKEN: "dev-metrics-token-0123456789",
                RATE_LIMITS: "off",
                // Nobody is there: tests that play a mode with servers answer in its place.
                ALLOCATOR_URL: "https://allocator.test/servers",
                ALLOCATOR_SECRET: "dev-allocator-secret-0123456789abcdef",
                LOG_LEVEL: "off",
                MIGRATIONS: await readD1Migrations("migrations"),
              },
            },
          })),
        ],
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts", "test/compatibility/**/*.test.ts"],
          setupFiles: ["./test/integration/apply-migrations.ts"],
          // Room for a busy machine: what these tests wait for is queued, exported and rated in the background.
          testTimeout: 30_000,
          // They wait most of the time, so on two cores three at once take half as long as the one that is the default.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          // Each file starts stacks of its own, and waits for them most of the time.
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
