import { expect, it } from "vitest";
import { readableLine } from "../../../scripts/local-stack/readable-line.ts";

it("shows the Worker's own line as it is", () => {
  expect(readableLine('{"level":"info","event":"request"}')).toBe('{"level":"info","event":"request"}');
});

it("takes colours and the headline off the Worker's errors and warnings", () => {
  const error =
    '\u001b[31m✘ \u001b[41;31m[\u001b[41;97mERROR\u001b[41;31m]\u001b[0m \u001b[1m{"event":"boom"}\u001b[0m';
  expect(readableLine(error)).toBe('{"event":"boom"}');
  expect(readableLine('▲ [WARNING] {"event":"careful"}')).toBe('{"event":"careful"}');
});

it("shows errors of the build and of the Worker in full", () => {
  expect(readableLine("✘ [ERROR] Build failed with 1 error:")).toBe("✘ [ERROR] Build failed with 1 error:");
  expect(readableLine("    at Object.fetch (src/index.ts:9:41)")).toBe("    at Object.fetch (src/index.ts:9:41)");
});

it.each([
  "",
  "[wrangler:info] GET /healthz 200 OK (103ms)",
  "⎔ Starting local server...",
  "Your Worker has access to the following bindings:",
  'env.LOG_LEVEL ("info")      Environment Variable      local',
  "[custom build] Running: node scripts/build-assets.ts",
  "▲ [WARNING] Scheduled Workers are not automatically triggered during local development.",
  '    curl "http://127.0.0.1:8787/cdn-cgi/local/scheduled"',
])("leaves out wrangler's own %j", (line) => {
  expect(readableLine(line)).toBeNull();
});
