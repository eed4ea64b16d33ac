import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { LIMITS } from "../../src/core/limits.ts";
import { configOf } from "../../src/env.ts";
import { createApp } from "../../src/http/app.ts";
import { PlayerTokens } from "../../src/http/auth/player-tokens.ts";
import { Log } from "../../src/log.ts";
import { hubStub } from "../../src/metrics/hub-stub.ts";
import { Metrics } from "../../src/metrics/metrics.ts";
import type { OpenSocketsSettings } from "../../src/region/open-sockets.ts";
import { OpenSockets } from "../../src/region/open-sockets.ts";
import { bearer, expectProblem, fetchWith, get, register } from "./http-support.ts";
import { eventually, regionObject } from "./region-support.ts";
import { Listener, socketHeaders } from "./socket-support.ts";

const PATH = "/matchmaking/ws";
const UPGRADE = { upgrade: "websocket" };

afterEach(() => {
  vi.restoreAllMocks();
});

async function anExpiredToken(playerId: string): Promise<string> {
  const tokens = await PlayerTokens.create({ secret: configOf(env).jwtSecret, previousSecret: null, ttlSeconds: 60 });
  return tokens.issue(playerId, "EUW", Date.now() - 120_000);
}

describe("a request that opens no socket", () => {
  it("is told to upgrade when it does not", async () => {
    const { access_token } = await register();
    const answer = await get(PATH, bearer(access_token));
    expectProblem(answer, 426, "upgrade_needed");
    expect(answer.headers.get("upgrade")).toBe("websocket");
  });

  it.each([
    ["no subprotocol", {}, 400, "unsupported_protocol"],
    ["another version", { "sec-websocket-protocol": "muster.v2, bearer.x" }, 400, "unsupported_protocol"],
    ["no token", { "sec-websocket-protocol": "muster.v1" }, 401, "credentials_needed"],
    ["a token that is none", { "sec-websocket-protocol": "muster.v1, bearer.x" }, 401, "invalid_credentials"],
  ])("with %s is refused", async (_, headers, status, reason) => {
    expectProblem(await get(PATH, { ...UPGRADE, ...headers }), status, reason);
  });

  it.each([
    ["key", { "x-api-key": "wrong-key-0123456789" }],
    ["token", bearer("a.b.c")],
    ["scheme", { authorization: "Basic ZGV2OmRldg==" }],
  ])("with a wrong %s in a header beside a right subprotocol is refused", async (_, wrong) => {
    const { access_token } = await register();
    expectProblem(await get(PATH, { ...socketHeaders(access_token), ...wrong }), 401, "invalid_credentials");
  });

  it("with an expired token, or with two, is refused", async () => {
    const { player_id, access_token } = await register();
    expectProblem(await get(PATH, socketHeaders(await anExpiredToken(player_id))), 401, "invalid_credentials");
    const two = { ...UPGRADE, "sec-websocket-protocol": `muster.v1, bearer.${access_token}, bearer.${access_token}` };
    expectProblem(await get(PATH, two), 401, "invalid_credentials");
  });

  it("comes too often", async () => {
    const { access_token, player_id } = await register();
    const init = { headers: socketHeaders(access_token) };
    const keys: string[] = [];
    const SOCKET_LIMIT: RateLimit = {
      limit: async ({ key = "" }) => {
        keys.push(key);
        return { success: false };
      },
    };
    const answer = await fetchWith({ RATE_LIMITS: "on", SOCKET_LIMIT }, PATH, init);
    expectProblem(answer, 429, "rate_limited");
    expect(answer.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(keys).toEqual([player_id]);
  });

  it("finds its region full, or away", async () => {
    const { access_token } = await register();
    const init = { headers: socketHeaders(access_token) };
    const full = regionsThat(async () => new Response(null, { status: 503 }));
    const answer = await fetchWith({ REGION: full }, PATH, init);
    expectProblem(answer, 503, "too_many_sockets");
    expect(answer.headers.get("retry-after")).toBe("30");
    const away = regionsThat(async () => {
      throw new Error("Network connection lost.");
    });
    expectProblem(await fetchWith({ REGION: away }, PATH, init), 503, "region_unavailable");
  });
});

it("a socket that has pinged and then fell silent is closed by the sweep, one that never pinged is not", async () => {
  const { 0: client, 1: socket } = new WebSocketPair();
  socket.accept();
  socket.serializeAttachment({ playerId: "ann", expiresAtMs: Date.now() + 3_600_000, connectedAtMs: 0 });
  const listener = new Listener(client);
  let pingedAt: Date | null = null;
  const sockets = openSocketsOver({
    getWebSockets: () => [socket],
    getWebSocketAutoResponseTimestamp: () => pingedAt,
  });
  sockets.sweep();
  pingedAt = new Date(Date.now() - 60_000);
  sockets.sweep();
  expect(socket.readyState).toBe(WebSocket.READY_STATE_OPEN);
  pingedAt = new Date(Date.now() - 600_000);
  sockets.sweep();
  expect(await listener.closed()).toMatchObject({ code: 4005, reason: expect.stringMatching(/ping/) });
});

it("a region with as many sockets as it may have takes no more, and looks again before it says so", () => {
  let open = LIMITS.socketsPerRegion;
  const sockets = openSocketsOver({ getWebSockets: () => Array.from({ length: open }) });
  expect(sockets.hasRoom()).toBe(false);
  open -= 1;
  expect(sockets.hasRoom()).toBe(true);
});

it("no token of a socket comes into the log or into an answer", async () => {
  const { access_token, player_id } = await register("NA");
  const lines: string[] = [];
  for (const method of ["debug", "log", "warn", "error"] as const) {
    vi.spyOn(console, method).mockImplementation((line) => lines.push(String(line)));
  }
  const app = createApp(new Metrics());
  const loud = { ...env, LOG_LEVEL: "debug" };
  const tokens = [access_token, await anExpiredToken(player_id), "no-token-at-all"];
  for (const token of tokens) {
    const response = await app.fetch(new Request(`http://muster${PATH}`, { headers: socketHeaders(token) }), loud);
    response.webSocket?.accept();
    lines.push(JSON.stringify([...response.headers]), response.status === 101 ? "" : await response.text());
  }
  expect(lines.join("\n")).toContain('"event":"socket_opened"');
  for (const token of tokens) expect(lines.join("\n")).not.toContain(token);
});

it("sockets, messages, problems and closings are on the metrics page; a socket that its client closes is let go of", async () => {
  const { access_token } = await register("LAN");
  const [listener, other] = [await Listener.connect(access_token), await Listener.connect(access_token)];
  listener.socket.send("nonsense");
  await listener.hear("problem");
  listener.socket.close(1000, "enough");
  await listener.closed();
  const page = await pageWith('muster_sockets_open{region="LAN"} 1\n');
  expect(page).toContain('muster_socket_closes_total{region="LAN",code="1000"} 1\n');
  expect(page).toContain('muster_socket_messages_total{region="LAN",direction="in"} 1\n');
  expect(page).toContain('muster_socket_messages_total{region="LAN",direction="out"} 3\n');
  expect(page).toContain('muster_socket_problems_total{region="LAN",reason="malformed_json"} 1\n');
  const held = await runInDurableObject(regionObject("LAN"), (_, state) => state.getWebSockets().length);
  expect(held).toBe(1);
  expect(other.closing).toBeNull();
});

function openSocketsOver(platform: Partial<OpenSocketsSettings["platform"]>): OpenSockets {
  return new OpenSockets({
    region: "EUW",
    platform: {
      acceptWebSocket: () => {},
      getWebSockets: () => [],
      getWebSocketAutoResponseTimestamp: () => null,
      setWebSocketAutoResponse: () => {},
      ...platform,
    },
    metrics: new Metrics(),
    log: new Log("off"),
    now: () => Date.now(),
    notBeforeMs: 0,
    isVoid: () => false,
    lost: () => {},
  });
}

/** Regions whose objects answer an upgrade so. */
function regionsThat(fetch: () => Promise<Response>): typeof env.REGION {
  return new Proxy(env.REGION, {
    get: (target, property) => (property === "getByName" ? () => ({ fetch }) : Reflect.get(target, property)),
  });
}

/** The metrics page, once it has this line. */
function pageWith(line: string): Promise<string> {
  return eventually(async () => {
    const page = await hubStub(env).scrape();
    return page.includes(line) ? page : null;
  });
}
