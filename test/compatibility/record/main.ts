import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { exchange } from "./exchanges.ts";
import { play } from "./play.ts";
import { ServiceCalls } from "./service-calls.ts";
import { startService } from "./start-service.ts";

/** The region that is played in; its name is part of match ids and party codes. */
const REGION = "NA";
const NAME = /^[a-z0-9-]+$/;

/** Longer than sources keep their metrics to themselves. */
const METRICS_AFTER_MS = 7_000;

/**
 * Writes down what this checkout's release stores, sends and answers, for the next release to be tested against:
 * `npm run record:release -- release-5`. See the README beside it.
 */
const [name] = process.argv.slice(2);
if (name === undefined || !NAME.test(name)) {
  console.error("Say what to call the record, such as release-5.");
  process.exit(2);
}
const directory = join(import.meta.dirname, "..", name);
mkdirSync(directory, { recursive: true });

const service = await startService();
const calls = new ServiceCalls(service.url, REGION);
try {
  const scene = await play(service, calls);
  // What is going on in the background comes to rest.
  await sleep(1_000);
  const recordedAtMs = Date.now();
  const { tables, sockets } = await calls.regionTables();
  write("region", { recordedAtMs, region: REGION, scene: withoutTokens(scene), tables, sockets });
  write("d1", { recordedAtMs, migrations: service.migrations, tables: await service.d1Tables() });
  write("exchanges", { recordedAtMs, exchanges: await exchange(scene, calls) });
  await sleep(METRICS_AFTER_MS);
  const { messages, pushes, upgrades, frames, statements, calls: made } = await calls.recording();
  write("messages", { recordedAtMs, messages });
  write("metrics", { recordedAtMs, pushes });
  write("sockets", { recordedAtMs, upgrades, ...frames });
  write("statements", { recordedAtMs, ...statements });
  write("confirmations", { recordedAtMs, calls: made.filter(({ method }) => method.startsWith("rat")) });
} finally {
  calls.close();
  await service.stop();
}

function write(part: string, contents: unknown): void {
  writeFileSync(join(directory, `${part}.json`), `${JSON.stringify(contents, null, 1)}\n`);
  console.log(`${name}/${part}.json`);
}

/** Tokens are worth nothing beyond the recording, but whoever sees one in a file has to find that out. */
function withoutTokens(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, member: unknown) => (key === "token" ? undefined : member)));
}
