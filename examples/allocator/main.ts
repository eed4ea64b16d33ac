/**
 * A game's allocator in one file, for local runs and to start your own from. It hands out the ports of one machine; a
 * real one would start processes there, or ask Agones, GameLift or a fleet of its own.
 *
 * 1. A call that is not signed with the shared secret, or is older than five minutes, is refused (Standard Webhooks).
 * 2. The same match is always given the same port, however often it is asked for: calls are repeated.
 * 3. Plain: the answer is the connection. `--claim`: the answer is 202, and a moment later the server claims the match
 *    with the API key, as a process would that has to load a map first.
 * 4. No port left: 503, and Muster asks again.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { program } from "commander";

const TOLERATED_AGE_S = 300;
const LOCAL_SECRET = "dev-local-allocator-secret-0123456789";

const options = program
  .name("npm run allocator --")
  .description("An example allocator: gives each match a port. ALLOCATOR_SECRET signs the calls.")
  .option("--port <port>", "where it listens", "8790")
  .option("--host <host>", "the address that players are told", "127.0.0.1")
  .option("--first-game-port <port>", "the first port it hands out", "7000")
  .option("--servers <count>", "how many ports it has", "100")
  .option("--game-minutes <minutes>", "after which a port is free again", "60")
  .option("--claim", "answer 202 and claim the match later, with the API key", false)
  .option("--claim-after <seconds>", "how much later", "2")
  .option("--api <url>", "Muster's address, for claims", "http://127.0.0.1:8787")
  .option("--key <key>", "its API key", "dev")
  .parse()
  .opts<{
    port: string;
    host: string;
    firstGamePort: string;
    servers: string;
    gameMinutes: string;
    claim: boolean;
    claimAfter: string;
    api: string;
    key: string;
  }>();

interface Connection {
  readonly host: string;
  readonly port: number;
}

const key = keyOf(process.env.ALLOCATOR_SECRET ?? LOCAL_SECRET);
const freePorts = Array.from({ length: Number(options.servers) }, (_, index) => Number(options.firstGamePort) + index);
const connectionOf = new Map<string, Connection>();

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    console.error(error);
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
});
server.listen(Number(options.port), "127.0.0.1", () => {
  console.log(`The allocator listens at http://127.0.0.1:${options.port}/. Let Muster ask it, in another shell:`);
  console.log(`  ALLOCATOR_URL=http://127.0.0.1:${options.port}/ ALLOCATOR_SECRET=${shownSecret()} npm run dev`);
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => server.close(() => process.exit()));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  if (request.method !== "POST" || !isSigned(request, body)) return say(response, 401, { error: "not signed" });
  const { match_id: matchId }: { match_id: string } = JSON.parse(body);
  const isNew = !connectionOf.has(matchId);
  const connection = connectionOf.get(matchId) ?? takePort(matchId);
  if (connection === null) return say(response, 503, { error: "no server is free" }, { "retry-after": "5" });
  console.log(`${matchId} ${isNew ? "gets" : "has"} port ${connection.port}`);
  if (!options.claim) return say(response, 200, { connection });
  say(response, 202, {});
  if (isNew) await claim(matchId, connection);
}

/** HMAC-SHA256 over `id.timestamp.body`; one of several signatures may be ours, while a secret is rotated. */
function isSigned({ headers }: IncomingMessage, body: string): boolean {
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures } = headers;
  if (Math.abs(Date.now() / 1_000 - Number(timestamp)) > TOLERATED_AGE_S) return false;
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest();
  return String(signatures)
    .split(" ")
    .filter((signature) => signature.startsWith("v1,"))
    .map((signature) => Buffer.from(signature.slice("v1,".length), "base64"))
    .some((signature) => signature.length === expected.length && timingSafeEqual(signature, expected));
}

/** A secret that begins with `whsec_` is base64 of the key; any other is the key's text itself. */
function keyOf(secret: string): Buffer {
  const prefix = "whsec_";
  return secret.startsWith(prefix) ? Buffer.from(secret.slice(prefix.length), "base64") : Buffer.from(secret);
}

function takePort(matchId: string): Connection | null {
  const port = freePorts.shift();
  if (port === undefined) return null;
  const connection = { host: options.host, port };
  connectionOf.set(matchId, connection);
  setTimeout(() => freePort(matchId, port), Number(options.gameMinutes) * 60_000).unref();
  return connection;
}

function freePort(matchId: string, port: number): void {
  if (connectionOf.delete(matchId)) freePorts.push(port);
}

/** 409: the match was cancelled, or is another server's; then the port is free at once. */
async function claim(matchId: string, connection: Connection): Promise<void> {
  await sleep(Number(options.claimAfter) * 1_000);
  const response = await fetch(`${options.api}/matchmaking/match/${matchId}/assignment`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-api-key": options.key },
    body: JSON.stringify({ connection }),
  });
  console.log(`${matchId} ${response.ok ? "is claimed" : `could not be claimed: ${await response.text()}`}`);
  if (response.status === 409) freePort(matchId, connection.port);
}

function say(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

/** A secret of one's own is not repeated on the screen. */
function shownSecret(): string {
  return process.env.ALLOCATOR_SECRET === undefined ? LOCAL_SECRET : "…";
}
