import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { program } from "commander";
import { startLocalStack } from "../../scripts/local-stack/start-local-stack.ts";
import { makeTemporaryPlace } from "../../scripts/local-stack/temporary-place.ts";
import { applyMigrations } from "../../scripts/local-stack/wrangler.ts";
import type { Random } from "../../simulation/random.ts";
import { createRandom } from "../../simulation/random.ts";
import { percentile } from "../../simulation/statistics.ts";
import { wholeNumber } from "../../simulation/whole-number.ts";
import { Crowd } from "./crowd.ts";
import { readFrames, repeatedNumbers } from "./deliveries.ts";
import type { CutRound, DeliveryRound } from "./measure.ts";
import { measureCuts, measureDelivery } from "./measure.ts";

const SEED = 2_026;
const PLAYERS_PER_MATCH = 4;

program
  .name("npm run bench:sockets --")
  .description(
    "Thousands of sockets in one region of a local service: how long a match is on its way to the last of its players, " +
      "and whether anything is lost when connections are cut meanwhile.",
  )
  .option("--sockets <number>", "sockets held", wholeNumber(), 2_000)
  .option("--players <number>", "of these, players who queue in a round", wholeNumber(), 800)
  .option("--rounds <number>", "rounds of each kind", wholeNumber(), 5)
  .option("--cut <number>", "sockets that are cut in a round of the second kind; 0: no such rounds", wholeNumber(), 600)
  .option("--json <file>", "also write the figures to this file")
  .parse();
const options = program.opts<{ sockets: number; players: number; rounds: number; cut: number; json?: string }>();
if (options.players > options.sockets || options.cut > options.sockets)
  program.error("not more than there are sockets");
if (options.players % PLAYERS_PER_MATCH !== 0) program.error("players of whole matches of 2v2 only: a multiple of 4");

const place = await makeTemporaryPlace();
await applyMigrations(place.stateDir);
const stack = await startLocalStack({ ...place, logs: false, onLine: (line) => console.error(line) });
try {
  await measureAll(new URL(stack.url));
} finally {
  await stack.stop();
  place.remove();
}

async function measureAll(url: URL): Promise<void> {
  const crowd = new Crowd(url, "EUW");
  const random = createRandom(SEED);
  console.log(`${options.sockets} players connect. In each round ${options.players} of them queue, never the same.`);
  await crowd.grow(options.sockets - options.players);
  /** Everybody has never played, so that all of a round can be matched in one tick. */
  const newcomers = async () => {
    await crowd.grow(options.players);
    return crowd.present.slice(-options.players);
  };
  const deliveries: DeliveryRound[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    const queueing = await newcomers();
    const one = await measureDelivery(queueing);
    console.log(`  round ${round}: ${deliveryLine(one)}`);
    deliveries.push(one);
    crowd.leave(queueing);
  }
  const cuts: CutRound[] = [];
  for (let round = 1; options.cut > 0 && round <= options.rounds; round += 1) {
    const queueing = await newcomers();
    const one = await measureCuts(crowd, queueing, some(crowd.present, options.cut, random));
    console.log(`  round ${round} with ${one.cut} connections cut: ${cutLine(one)}`);
    cuts.push(one);
    crowd.leave(queueing);
  }
  crowd.leave(crowd.present);
  const repeated = crowd.everybody.flatMap(({ frames }) => repeatedNumbers(readFrames(frames)));
  report(deliveries, cuts, repeated.length);
}

function report(deliveries: readonly DeliveryRound[], cuts: readonly CutRound[], repeated: number): void {
  const tookMs = deliveries.flatMap(({ matches }) => matches.map((match) => match.tookMs));
  const sum = (of: (round: CutRound) => number) => cuts.reduce((total, round) => total + of(round), 0);
  console.table({
    "sockets in the region": options.sockets,
    "matches made, no connection cut": tookMs.length,
    "tick's commit to the last player's match.found, p50 (ms)": inMs(percentile(tookMs, 0.5)),
    "  p95 (ms)": inMs(percentile(tookMs, 0.95)),
    "  slowest (ms)": inMs(percentile(tookMs, 1)),
    "  p95 of each round (ms)": deliveries.map(({ matches }) => inMs(percentile(times(matches), 0.95))).join(", "),
    "this program (highest share of a core)": Math.max(...deliveries.map(({ ownLoad }) => ownLoad)).toFixed(2),
    "connections cut while matches were made": sum(({ cut }) => cut),
    "players matched meanwhile": sum(({ matched }) => matched),
    "  told by the state of a new connection": sum(({ toldByState }) => toldByState),
    "  who did not hear of their match": sum(({ lost }) => lost),
    "running numbers seen twice": repeated,
    "load average of the machine": loadavg()
      .map((load) => load.toFixed(1))
      .join(" "),
  });
  if (options.json !== undefined)
    writeFileSync(options.json, JSON.stringify({ options, deliveries, cuts, repeated }, null, 2));
}

function deliveryLine({ matches, mostInOneTick, ownLoad }: DeliveryRound): string {
  const [p50, p95, slowest] = [0.5, 0.95, 1].map((share) => inMs(percentile(times(matches), share)));
  const firstMs = Math.min(...matches.map((match) => match.firstMs));
  return (
    `${matches.length} matches, ${mostInOneTick} of them in one tick; to the last player p50 ${p50} ms, p95 ${p95} ms, ` +
    `slowest ${slowest} ms; the very first player heard after ${inMs(firstMs)} ms; this program took ${ownLoad.toFixed(2)} ` +
    "of a core"
  );
}

function cutLine({ cutQueueing, matched, toldByState, lost }: CutRound): string {
  return (
    `${cutQueueing} of them of players who queued; ${matched} players matched, ${toldByState} told by the state of a new ` +
    `connection, ${lost} not told`
  );
}

function times(matches: DeliveryRound["matches"]): number[] {
  return matches.map(({ tookMs }) => tookMs);
}

function inMs(value: number | null): string {
  return value === null ? "none" : value.toFixed(0);
}

/** So many of them, at random. */
function some<One>(all: readonly One[], count: number, random: Random): One[] {
  const drawn = all.map((one) => ({ one, place: random.between(0, 1) }));
  return drawn
    .toSorted((a, b) => a.place - b.place)
    .slice(0, count)
    .map(({ one }) => one);
}
