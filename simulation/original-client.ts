import { setTimeout as sleep } from "node:timers/promises";
import { program } from "commander";
import { OriginalApi } from "./original-api.ts";
import { OriginalGames } from "./original-games.ts";
import { createRandom } from "./random.ts";

/**
 * The client of the original GameBackend, as it was: it knows the paths, fields and status words of the first version
 * and must run against this service with nothing changed but the address.
 *
 * 1. Registers its players over ten regions and queues each with both headers.
 * 2. Looks at the latest fifty matches every 0.3 s and reports a random winner of each pending one.
 * 3. Queues the players of a match that it sees finished at once, and every 10 s everybody who still owes games. A burst
 *    forms more matches than it is shown; this second way is how it gets the players of those back.
 * 4. Is done when in no region four players still owe a game.
 */
const REGIONS = ["EUW", "EUNE", "NA", "CHN", "JPN", "KR", "OCE", "BR", "LAS", "LAN"];
const LOOK_EVERY_MS = 300;
const QUEUE_ALL_EVERY_MS = 10_000;
const PRINT_EVERY_MS = 5_000;

interface ClientOptions {
  readonly url: string;
  readonly apiKey: string;
  readonly players: string;
  readonly games: string;
  readonly seed: string;
  readonly timeout: string;
}

program
  .name("npm run simulate:original --")
  .description("Plays as a client of the original GameBackend that has never heard of Muster.")
  .option("--url <address>", "the service", "http://127.0.0.1:8787")
  .option("--api-key <key>", "the game server's key", "dev")
  .option("--players <count>", "players, over ten regions", "500")
  .option("--games <count>", "games each player plays", "10")
  .option("--seed <number>", "of the winners", "1")
  .option("--timeout <seconds>", "give up after this", "600")
  .parse();
const options = program.opts<ClientOptions>();

const startMs = performance.now();
const deadlineMs = startMs + Number(options.timeout) * 1_000;
const random = createRandom(Number(options.seed));
const api = new OriginalApi(options.url, options.apiKey);
const games = new OriginalGames();
const tokens = new Map<string, string>();
const errors: string[] = [];

try {
  await play();
} catch (error) {
  errors.push(describe(error));
}
for (const error of errors.slice(0, 20)) print(`error: ${error}`);
process.exitCode = tokens.size > 0 && games.isOver && errors.length === 0 ? 0 : 1;

async function play(): Promise<void> {
  await Promise.all(Array.from({ length: Number(options.players) }, (_, index) => register(index)));
  print(`${tokens.size} players registered`);
  await enqueue(games.owing);
  const printing = setInterval(() => print(progress()), PRINT_EVERY_MS);
  await Promise.all([lookForMatches(), queueEverybody()]);
  clearInterval(printing);
  print(progress());
  for (const [kind, count] of api.counts) print(`${String(count).padStart(7)} × ${kind}`);
  if (!games.isOver) print(`not done after ${options.timeout} s`);
}

async function register(index: number): Promise<void> {
  const region = REGIONS[index % REGIONS.length] ?? "";
  const { player_id: playerId, access_token: token } = await api.register(`original_${index}`, region);
  tokens.set(playerId, token);
  games.add(playerId, region, Number(options.games));
}

function isRunning(): boolean {
  return !games.isOver && performance.now() < deadlineMs;
}

async function lookForMatches(): Promise<void> {
  while (isRunning()) {
    await noteError(async () => {
      for (const match of await api.latestMatches()) {
        if (games.shouldReport(match)) {
          await api.report(match.match_id, random.between(0, 1) < 0.5 ? "teamA" : "teamB");
          games.reported(match);
        }
        await enqueue(games.playersToQueueAgain(match));
      }
    });
    await sleep(LOOK_EVERY_MS);
  }
}

async function queueEverybody(): Promise<void> {
  let nextMs = performance.now() + QUEUE_ALL_EVERY_MS;
  while (isRunning()) {
    if (performance.now() >= nextMs) {
      await enqueue(games.owing);
      nextMs = performance.now() + QUEUE_ALL_EVERY_MS;
    }
    await sleep(LOOK_EVERY_MS);
  }
}

async function enqueue(playerIds: readonly string[]): Promise<void> {
  const enqueueOne = (playerId: string) => noteError(() => api.enqueue(playerId, tokens.get(playerId) ?? ""));
  await Promise.all(playerIds.map(enqueueOne));
}

/** The original goes on after an error and meets the same work again at its next look. */
async function noteError(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    errors.push(describe(error));
  }
}

/** With what lies behind it: `fetch` says why it failed in the cause only. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

function progress(): string {
  return `${games.reportedCount} matches reported, ${games.owing.length} players still owe games`;
}

function print(text: string): void {
  const seconds = ((performance.now() - startMs) / 1_000).toFixed(1);
  console.log(`${seconds.padStart(7)} s  ${text}`);
}
