import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { createApp } from "../../src/http/app.ts";
import { keyIdOf } from "../../src/http/auth/api-keys.ts";
import { Metrics } from "../../src/metrics/metrics.ts";
import { KEY, register } from "./http-support.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** Makes one call and returns what it wrote to the log. */
async function linesOf(path: string, init: RequestInit): Promise<string[]> {
  const lines: string[] = [];
  for (const method of ["debug", "log", "warn", "error"] as const) {
    vi.spyOn(console, method).mockImplementation((line) => lines.push(line));
  }
  const app = createApp(new Metrics());
  await app.fetch(new Request(`http://muster${path}`, init), { ...env, LOG_LEVEL: "debug" });
  return lines;
}

test("an event is one line, with the request's id, route and status and the ids it happened to", async () => {
  const { player_id } = await register("BR");
  const headers = { ...KEY, "content-type": "application/json" };
  const lines = await linesOf("/matchmaking/queue", { method: "POST", headers, body: JSON.stringify({ player_id }) });
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    {
      event: "enqueued",
      level: "info",
      request_id: expect.stringMatching(/^[0-9a-f-]{18}-[0-9a-z]+$/),
      method: "POST",
      route: "/matchmaking/queue",
      status: 200,
      player_id,
      region: "BR",
      ticket_id: expect.any(String),
    },
  ]);
});

test("what only the system may ask for is in the line, beside the key's id", async () => {
  const [ann, bob] = [await register("CHN"), await register("CHN")];
  const headers = { ...KEY, "content-type": "application/json" };
  const wish = { player_id: ann.player_id, party: [ann.player_id, bob.player_id], release: true };
  const lines = await linesOf("/matchmaking/queue", { method: "POST", headers, body: JSON.stringify(wish) });
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { event: "enqueued", key_id: keyIdOf("dev"), release: true, party_size: 2 },
  ]);
});

test("a refusal is one line that names the reason", async () => {
  const lines = await linesOf("/matchmaking/queue/nobody", { headers: KEY });
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { event: "request", route: "/matchmaking/queue/:player_id", status: 404, problem: "unknown_player" },
  ]);
});

test("no secret comes into the log: no key, no token, no idempotency key, no body", async () => {
  const { player_id, access_token } = await register();
  const secrets = ["a-wrong-key-0123456789", access_token, "an-idempotency-key", "a-secretive-name"];
  const headers = { "content-type": "application/json", "x-idempotency-key": "an-idempotency-key" };
  const body = JSON.stringify({ username: "a-secretive-name" });
  const lines = [
    ...(await linesOf(`/matchmaking/queue/${player_id}`, { headers: { "x-api-key": "a-wrong-key-0123456789" } })),
    ...(await linesOf(`/matchmaking/queue/${player_id}`, { headers: { authorization: `Bearer ${access_token}` } })),
    ...(await linesOf("/players/register", { method: "POST", headers, body })),
  ];
  expect(lines).toHaveLength(3);
  for (const secret of secrets) expect(lines.join("\n")).not.toContain(secret);
});

test("a request is counted under its route's pattern, an unknown path under no path", async () => {
  const metrics = new Metrics();
  const app = createApp(metrics);
  for (const path of ["/players/player/somebody", "/players/player/somebody-else", "/made/up/1", "/made/up/2"]) {
    await app.fetch(new Request(`http://muster${path}`), { ...env });
  }
  const { values } = await metrics.httpRequests.get();
  expect(values.map(({ labels, value }) => ({ ...labels, value }))).toEqual([
    { method: "GET", route: "/players/player/:player_id", status: 404, value: 2 },
    { method: "GET", route: "unmatched", status: 404, value: 2 },
  ]);
});

test("so are the routes that stand before the rest, of the socket and of the metrics", async () => {
  const metrics = new Metrics();
  const app = createApp(metrics);
  for (const path of ["/matchmaking/ws", "/metrics"]) await app.fetch(new Request(`http://muster${path}`), { ...env });
  const { values } = await metrics.httpRequests.get();
  expect(values.map(({ labels: { route } }) => route)).toEqual(["/matchmaking/ws", "/metrics"]);
});

test("the rows that a registration writes are counted", async () => {
  const metrics = new Metrics();
  await createApp(metrics).fetch(
    new Request("http://muster/players/register", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username: "ada" }),
    }),
    { ...env },
  );
  const { values } = await metrics.rowsWritten.get();
  expect(values).toMatchObject([{ labels: { store: "d1" }, value: 3 }]);
});
