import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import type { Env } from "../../src/env.ts";
import { createApp } from "../../src/http/app.ts";
import { Metrics } from "../../src/metrics/metrics.ts";
import { bearer, brokenDatabase, expectProblem, fetchWith, KEY, post, register } from "./http-support.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** An isolate of its own: it has heard nothing yet of what others were told. */
function anIsolate(db: D1Database = env.DB) {
  const bindings: Env = { ...env, DB: db };
  const metrics = new Metrics();
  const app = createApp(metrics);
  const get = (path: string, token: string): Promise<Response> =>
    Promise.resolve(app.fetch(new Request(`http://muster${path}`, { headers: bearer(token) }), bindings));
  return { get, metrics };
}

/** A database that can be switched off, and then fails, or never answers. */
function switchable() {
  const state: { mode: "on" | "failing" | "hanging" } = { mode: "on" };
  const never = (): Promise<never> => new Promise(() => {});
  const hanging = {
    bind: () => hanging,
    first: never,
    run: never,
    all: never,
    raw: never,
  };
  const db = new Proxy(env.DB, {
    get(target, name) {
      if (state.mode === "failing") return Reflect.get(brokenDatabase(), name);
      if (state.mode === "hanging" && name === "prepare") return () => hanging;
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { db, state };
}

test("another isolate knows of it with its first call", async () => {
  const { player_id, access_token } = await register("EUW");
  await post(`/players/player/${player_id}/revoke`, {}, KEY);
  expect((await anIsolate().get("/healthz", access_token)).status).toBe(403);
});

test("an isolate that slept for an hour refuses with its first call who was revoked meanwhile", async () => {
  const { player_id, access_token } = await register("EUW");
  const isolate = anIsolate();
  expect((await isolate.get("/healthz", access_token)).status).toBe(200);
  await post(`/players/player/${player_id}/revoke`, {}, KEY);
  const anHourLaterMs = Date.now() + 3_600_000;
  vi.spyOn(Date, "now").mockReturnValue(anHourLaterMs);
  expect((await isolate.get("/healthz", access_token)).status).toBe(403);
});

test("an isolate that knows goes on to refuse while D1 is out, and lets everybody else play", async () => {
  const [banned, other] = [await register("EUW"), await register("EUW")];
  await post(`/players/player/${banned.player_id}/revoke`, {}, KEY);
  const { db, state } = switchable();
  const isolate = anIsolate(db);
  await isolate.get("/healthz", other.access_token);
  state.mode = "failing";
  expect((await isolate.get("/healthz", banned.access_token)).status).toBe(403);
  expect((await isolate.get(`/matchmaking/queue/${other.player_id}`, other.access_token)).status).toBe(200);
});

test("an isolate that starts while D1 is out lets players in, counts that, and the region still refuses", async () => {
  const { player_id, access_token } = await register("NA");
  await post(`/players/player/${player_id}/revoke`, {}, KEY);
  const { db, state } = switchable();
  state.mode = "failing";
  const isolate = anIsolate(db);
  expect((await isolate.get(`/matchmaking/queue/${player_id}`, access_token)).status).toBe(200);
  expect((await isolate.metrics.revocationReadErrors.get()).values).toMatchObject([{ value: 1 }]);
  const changes = { DB: db };
  const init = {
    method: "POST",
    headers: { "content-type": "application/json", ...bearer(access_token) },
    body: JSON.stringify({ player_id }),
  };
  expectProblem(await fetchWith(changes, "/matchmaking/queue", init), 403, "player_revoked");
  const upgrade = { upgrade: "websocket", "sec-websocket-protocol": `muster.v1, bearer.${access_token}` };
  expectProblem(await fetchWith(changes, "/matchmaking/ws", { headers: upgrade }), 403, "player_revoked");
});

test("a D1 that never answers holds up the first calls for a second, and none after that", async () => {
  const { player_id, access_token } = await register("EUW");
  const { db, state } = switchable();
  state.mode = "hanging";
  const isolate = anIsolate(db);
  const answers = await Promise.all(
    Array.from({ length: 3 }, () => isolate.get(`/matchmaking/queue/${player_id}`, access_token)),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const startedMs = Date.now();
  expect((await isolate.get(`/matchmaking/queue/${player_id}`, access_token)).status).toBe(200);
  expect(Date.now() - startedMs).toBeLessThan(900);
});

test("while D1 is out nobody is revoked and nobody is told so; the caller hears 503", async () => {
  const { player_id, access_token } = await register("EUW");
  const answer = await fetchWith({ DB: brokenDatabase() }, `/players/player/${player_id}/revoke`, {
    method: "POST",
    headers: KEY,
  });
  expectProblem(answer, 503, "database_unavailable");
  expect((await anIsolate().get(`/matchmaking/queue/${player_id}`, access_token)).status).toBe(200);
});
