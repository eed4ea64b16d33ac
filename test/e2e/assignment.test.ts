import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { findFreePort } from "../../scripts/local-stack/port.ts";
import type { ProcessGroup } from "../../scripts/local-stack/process-group.ts";
import { startProcessGroup } from "../../scripts/local-stack/process-group.ts";
import type { Player } from "./socket-client.ts";
import { SocketClient } from "./socket-client.ts";
import { eventually, Stack } from "./stack.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const SECRET = "dev-end-to-end-tests-only-0123456789";

let stack: Stack;
let allocatorPort: number;
let allocator: ProcessGroup | null = null;
beforeAll(async () => {
  allocatorPort = await findFreePort();
  stack = await Stack.start({
    vars: { ALLOCATOR_URL: `http://127.0.0.1:${allocatorPort}/`, ALLOCATOR_SECRET: SECRET },
    modesFile: join(import.meta.dirname, "modes-with-servers.ts"),
  });
});
afterEach(() => stopAllocator());
afterAll(() => stack.stop());

/** The example that the operations guide shows. */
async function startAllocator(...flags: string[]): Promise<void> {
  const lines: string[] = [];
  const environment = { ...process.env, ALLOCATOR_SECRET: SECRET };
  const argv = [join(ROOT, "examples", "allocator", "main.ts"), "--port", String(allocatorPort), ...flags];
  allocator = startProcessGroup(argv, environment, (line) => lines.push(line));
  await eventually(async () => (lines.some((line) => line.includes("listens")) ? true : null));
}

async function stopAllocator(): Promise<void> {
  await allocator?.stop();
  allocator = null;
}

async function queuedClients(): Promise<{ players: Player[]; clients: SocketClient[] }> {
  const players: Player[] = [];
  const clients: SocketClient[] = [];
  for (const username of ["ann", "bob"]) {
    const player = await stack.post<Player>("/players/register", { username, region: "EUW" });
    const client = new SocketClient(stack, player);
    await client.hear("state");
    client.socket.send(JSON.stringify({ type: "enqueue" }));
    players.push(player);
    clients.push(client);
  }
  return { players, clients };
}

it("the example allocator is asked for a server, and the players hear how to get there", async () => {
  await startAllocator("--first-game-port", "7100");
  const { players, clients } = await queuedClients();
  for (const [index, client] of clients.entries()) {
    const { match } = await client.hear("match.found");
    expect(await client.hear("match.assigned")).toMatchObject({
      match_id: match.match_id,
      connection: { host: "127.0.0.1", port: 7_100 },
    });
    expect(await stack.get(`/matchmaking/queue/${players[index]?.player_id}`)).toMatchObject({
      match_id: match.match_id,
      connection: { host: "127.0.0.1", port: 7_100 },
    });
    expect(JSON.stringify(await stack.get(`/matchmaking/match/${match.match_id}`))).not.toContain("7100");
    client.socket.close();
  }
});

it("without an allocator the match is cancelled, its players are back in line, and a server that claims the next one has them", async () => {
  const { players, clients } = await queuedClients();
  const [first] = await Promise.all(clients.map((client) => client.hear("match.found")));
  const matchId = first?.match.match_id ?? "";
  const places: string[] = [];
  for (const client of clients) {
    places.push((await client.hear("queue.joined")).enqueued_at);
    expect(await client.hear("match.cancelled")).toMatchObject({
      match_id: matchId,
      reason: "no_server",
      back_in_line: true,
    });
  }
  await stack.matchWithStatus(matchId, "cancelled");

  await startAllocator("--claim", "--claim-after", "0.2", "--first-game-port", "7200", "--api", stack.url);
  for (const [index, client] of clients.entries()) {
    const assigned = await client.hear("match.assigned");
    expect(assigned).toMatchObject({ connection: { host: "127.0.0.1", port: expect.any(Number) } });
    expect(assigned.match_id > matchId).toBe(true);
    const told = client.heard.flatMap((message) => (message.type === "queue.joined" ? [message.enqueued_at] : []));
    expect(new Set(told)).toEqual(new Set([places[index]]));
    expect(told.length).toBeGreaterThan(1);
    expect(await stack.get(`/matchmaking/queue/${players[index]?.player_id}`)).toMatchObject({ state: "matched" });
    client.socket.close();
  }
});
