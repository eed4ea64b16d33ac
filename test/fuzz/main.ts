import { startProgress } from "../../simulation/progress.ts";
import { serveKeys } from "../e2e/key-server.ts";
import { Stack } from "../e2e/stack.ts";
import { IdentityProvider } from "../unit/builders/an-identity-provider.ts";
import { healthFaults } from "./check-health.ts";
import { fuzzRequests } from "./http/fuzz-requests.ts";
import { meetIdentity } from "./meet-identity.ts";
import { parseOptions } from "./options.ts";
import { fuzzFrames } from "./sockets/fuzz-frames.ts";

/** So few calls a minute that every limit is met; the shipped ones only careless clients meet. */
const RATE_LIMIT = 20;
const KEYS = { apiKey: "dev", metricsToken: "dev-metrics-token-0123456789" };

const { requests, frames, seed, rateLimits } = parseOptions(process.argv.slice(2), Math.floor(Math.random() * 2 ** 31));
console.error(`seed ${seed}: ${requests} requests and ${frames} frames, rate limits ${rateLimits}`);
const startedMs = Date.now();
const provider = await IdentityProvider.with("ES256");
const keyServer = await serveKeys(provider);
const vars = { RATE_LIMITS: rateLimits, METRICS_TOKEN: KEYS.metricsToken, ...keyServer.vars };
const stack = await Stack.start({ vars, ...(rateLimits === "on" && { rateLimit: RATE_LIMIT }) });
let faults = 0;
try {
  const { url } = stack;
  const secrets = { ...KEYS, ...(await meetIdentity(url, provider)) };
  if (requests > 0) {
    const bar = startProgress(requests, "{value}/{total} requests");
    const { tally, coverage, findings } = await fuzzRequests({ url, secrets, seed, requests, progress: bar.update });
    bar.stop();
    faults += tally.faults;
    console.log([`${tally.answers} answers by operation and status:`, ...tally.lines()].join("\n"));
    console.log(["\nOf the document:", ...coverage].join("\n"));
    for (const finding of findings) console.log(`\n${finding}`);
  }
  if (frames > 0) {
    const bar = startProgress(frames, "{value}/{total} frames");
    const report = await fuzzFrames({ url, secrets, seed, frames, progress: bar.update });
    bar.stop();
    faults += report.faults;
    const kinds = [...report.kinds].map(([kind, count]) => `${kind}: ${count}`).join("  ");
    console.log(`\n${report.frames} frames over ${report.sockets} sockets, by their answer:\n  ${kinds}`);
    for (const finding of report.findings) console.log(`\n${finding}`);
  }
  const unwell = await healthFaults(url, KEYS);
  for (const fault of unwell) console.log(`after the run: ${fault}`);
  faults += unwell.length;
} finally {
  await stack.stop();
  keyServer.close();
}
const tookS = Math.round((Date.now() - startedMs) / 1_000);
console.log(`\n${faults} faults in ${tookS} s; repeat with --seed ${seed}`);
process.exitCode = faults === 0 ? 0 : 1;
