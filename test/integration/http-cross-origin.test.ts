import { expect, test } from "vitest";
import type { Env } from "../../src/env.ts";
import { bearer, brokenDatabase, expectProblem, fetchWith, KEY, register } from "./http-support.ts";
import { socketHeaders } from "./socket-support.ts";

const OURS = "https://game.example";
const CONFIGURED: Partial<Env> = { CORS_ORIGINS: `${OURS} http://localhost:3000` };
const OTHERS = [
  "https://evil.example",
  "http://game.example",
  "https://game.example:8443",
  "https://game.example.evil.example",
  "https://evil.example/https://game.example",
  "https://sub.game.example",
  "HTTPS://GAME.EXAMPLE",
  "null",
  "*",
  "",
];

function preflight(origin: string, path: string, method: string) {
  const headers = {
    origin,
    "access-control-request-method": method,
    "access-control-request-headers": "authorization",
  };
  return fetchWith(CONFIGURED, path, { method: "OPTIONS", headers });
}

test.each([OURS, "http://localhost:3000"])("a page of %s may read what it asks for", async (origin) => {
  const { headers } = await fetchWith(CONFIGURED, "/modes", { headers: { origin } });
  expect(headers.get("access-control-allow-origin")).toBe(origin);
  expect(headers.get("vary")).toBe("Origin");
});

test.each(OTHERS)("a page of %j may not, neither after a preflight", async (origin) => {
  const answers = [
    await fetchWith(CONFIGURED, "/modes", { headers: { origin } }),
    await preflight(origin, "/matchmaking/queue", "POST"),
  ];
  for (const { headers } of answers) {
    expect(headers.get("access-control-allow-origin")).toBeNull();
    expect(headers.get("vary")).toMatch(/\bOrigin\b/);
  }
});

test("a preflight allows the methods and headers of the API, and no others", async () => {
  for (const method of ["POST", "PATCH"]) {
    const { status, headers, body } = await preflight(OURS, "/matchmaking/queue", method);
    expect([status, body]).toEqual([204, ""]);
    expect(headers.get("access-control-allow-origin")).toBe(OURS);
    expect(headers.get("access-control-allow-methods")).toBe("GET,POST,DELETE");
    expect(headers.get("access-control-allow-headers")).toBe("authorization,content-type,x-api-key,x-idempotency-key");
    expect(headers.get("vary")).toBe("Origin, Access-Control-Request-Headers");
  }
});

test("no answer lets a page use what a browser sends by itself, and none is for every origin", async () => {
  const { access_token } = await register();
  const answers = [
    await preflight(OURS, "/matchmaking/queue", "POST"),
    await fetchWith(CONFIGURED, "/modes", { headers: { origin: OURS } }),
    await fetchWith(CONFIGURED, "/players/token", {
      method: "POST",
      headers: { origin: OURS, ...bearer(access_token) },
    }),
  ];
  for (const { headers } of answers) {
    expect(headers.get("access-control-allow-credentials")).toBeNull();
    expect(headers.get("access-control-allow-origin")).toBe(OURS);
  }
});

test.each<[problem: string, status: number, changes: Partial<Env>, path: string, init: RequestInit]>([
  ["credentials_needed", 401, {}, "/parties/EUW-ABCDEFGHJK", {}],
  ["invalid_credentials", 401, {}, "/modes", { headers: bearer("gibberish") }],
  ["unknown_route", 404, {}, "/nowhere", {}],
  ["unsupported_media_type", 415, {}, "/players/register", { method: "POST", body: "{}" }],
  [
    "database_unavailable",
    503,
    { DB: brokenDatabase() },
    "/players/register",
    { method: "POST", headers: { "content-type": "application/json" }, body: '{"username":"ada"}' },
  ],
])("a page of ours can read the problem %s", async (reason, status, changes, path, init) => {
  const headers = new Headers(init.headers);
  headers.set("origin", OURS);
  const answer = await fetchWith({ ...CONFIGURED, ...changes }, path, { ...init, headers });
  expectProblem(answer, status, reason);
  expect(answer.headers.get("access-control-allow-origin")).toBe(OURS);
  expect(answer.headers.get("access-control-expose-headers")).toContain("retry-after");
  expect(answer.headers.get("vary")).toBe("Origin");
});

test("a program that sends no origin is not asked for one", async () => {
  const { player_id } = await register();
  expect((await fetchWith(CONFIGURED, `/matchmaking/queue/${player_id}`, { headers: KEY })).status).toBe(200);
});

test.each(OTHERS)("a page of %j opens no socket, even with a right token", async (origin) => {
  const { access_token } = await register();
  const headers = { origin, ...socketHeaders(access_token) };
  expectProblem(await fetchWith(CONFIGURED, "/matchmaking/ws", { headers }), 403, "foreign_origin");
});

test.each<[who: string, headers: Record<string, string>, changes: Partial<Env>]>([
  ["a page of ours", { origin: OURS }, CONFIGURED],
  ["a page of the service itself", { origin: "http://muster" }, CONFIGURED],
  ["a program without an origin", {}, CONFIGURED],
  ["any page, where no origin is configured,", { origin: "https://evil.example" }, {}],
])("%s opens a socket", async (_, headers, changes) => {
  const { access_token } = await register();
  const answer = await fetchWith(changes, "/matchmaking/ws", {
    headers: { ...headers, ...socketHeaders(access_token) },
  });
  expect(answer.status).toBe(101);
});
