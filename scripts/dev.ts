import { join, resolve } from "node:path";
import { program } from "commander";
import { ensureDevVars } from "./local-stack/dev-vars.ts";
import { isPortFree, parsePort } from "./local-stack/port.ts";
import { startLocalStack } from "./local-stack/start-local-stack.ts";
import { stopSignal } from "./local-stack/stop-signal.ts";
import { applyMigrations } from "./local-stack/wrangler.ts";

const DEFAULT_PORT = "8787";
const DEFAULT_STATE_DIR = ".wrangler/state";
const DEV_VARS = join(import.meta.dirname, "..", ".dev.vars");

program
  .name("npm run dev --")
  .description("Serves Muster on this machine. PORT (8787) and STATE_DIR (.wrangler/state) choose where.")
  .option("--logs", "show the Worker's JSON log, a line for each request (nearly halves throughput)", false)
  .parse();
const { logs } = program.opts<{ logs: boolean }>();

const stop = stopSignal();

try {
  await serve(stop);
} catch (error) {
  if (!stop.aborted) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

async function serve(signal: AbortSignal): Promise<void> {
  const port = parsePort(process.env.PORT ?? DEFAULT_PORT);
  const stateDir = resolve(process.env.STATE_DIR ?? DEFAULT_STATE_DIR);
  if (!(await isPortFree(port, 2_000))) {
    throw new Error(`Port ${port} is taken. Choose another: PORT=${port === 65_535 ? 8_788 : port + 1} npm run dev`);
  }
  const vars = ensureDevVars(DEV_VARS);
  console.log("Starting ...");
  await applyMigrations(stateDir, signal);
  const onLine = (line: string) => console.log(line);
  const stack = await startLocalStack({ port, stateDir, logs, vars: allocatorVars(process.env), onLine, signal });
  console.log(welcome(stack.url, vars.API_KEY === "dev" ? "dev" : "<API_KEY in .dev.vars>"));
  const code = await stack.ended;
  if (signal.aborted) return;
  throw new Error(`The local Worker ended unexpectedly with code ${code}. Its state is in ${stateDir}.`);
}

/** Of the game's allocator (npm run allocator), if this shell names one. */
function allocatorVars({ ALLOCATOR_URL, ALLOCATOR_SECRET }: NodeJS.ProcessEnv): Record<string, string> {
  return {
    ...(ALLOCATOR_URL !== undefined && { ALLOCATOR_URL }),
    ...(ALLOCATOR_SECRET !== undefined && { ALLOCATOR_SECRET }),
  };
}

function welcome(url: string, apiKey: string): string {
  const urlFlag = url === `http://127.0.0.1:${DEFAULT_PORT}` ? "" : ` --url ${url}`;
  return `
  Muster is at ${url}    Ctrl-C ends it

  Try next, in another terminal:
    npm run simulate --${urlFlag} --players 200 --games 5
                                 two hundred players queue, play and are rated
    curl ${url}/players/leaderboard
    curl -H 'x-api-key: ${apiKey}' ${url}/metrics
    ${url}/docs     every call, in the browser
`;
}
