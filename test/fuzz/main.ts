import { startProgress } from "../../simulation/progress.ts";
import { Stack } from "../e2e/stack.ts";
import { healthFaults } from "./check-health.ts";
import { fuzzRequests } from "./http/fuzz-requests.ts";
import { parseOptions } from "./options.ts";
import { fuzzFrames } from "./sockets/fuzz-frames.ts";

const SECRETS = { apiKey: "dev", metricsToken: "dev-metrics-token-0123456789" };

const { requests, frames, seed, rateLimits } = parseOptions(process.argv.slice(2), Math.floor(Math.random() * 2 ** 31));
console.error(`seed ${seed}: ${requests} requests and ${frames} frames, rate limits ${rateLimits}`);
const vars = { RATE_LIMITS: rateLimits, METRICS_TOKEN: SECRETS.metricsToken };
const stack = await Stack.start({ vars });
let faults = 0;
try {
  const { url } = stack;
  if (requests > 0) {
    const bar = startProgress(requests, "{value}/{total} requests");
    const { tally, findings } = await fuzzRequests({ url, secrets: SECRETS, seed, requests, progress: bar.update });
    bar.stop();
    faults += tally.faults;
    console.log([`${tally.answers} answers by operation and status:`, ...tally.lines()].join("\n"));
    for (const finding of findings) console.log(`\n${finding}`);
  }
  if (frames > 0) {
    const bar = startProgress(frames, "{value}/{total} frames");
    const report = await fuzzFrames({ url, secrets: SECRETS, seed, frames, progress: bar.update });
    bar.stop();
    faults += report.faults;
    const kinds = [...report.kinds].map(([kind, count]) => `${kind}: ${count}`).join("  ");
    console.log(`\n${report.frames} frames over ${report.sockets} sockets, by their answer:\n  ${kinds}`);
    for (const finding of report.findings) console.log(`\n${finding}`);
  }
  const unwell = await healthFaults(url, SECRETS);
  for (const fault of unwell) console.log(`after the run: ${fault}`);
  faults += unwell.length;
} finally {
  await stack.stop();
}
console.log(`\n${faults} faults; repeat with --seed ${seed}`);
process.exitCode = faults === 0 ? 0 : 1;
