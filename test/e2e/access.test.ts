import { decodeProtectedHeader } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { IdentityProvider } from "../unit/builders/an-identity-provider.ts";
import type { KeyServer } from "./key-server.ts";
import { serveKeys } from "./key-server.ts";
import type { Player } from "./socket-client.ts";
import { SocketClient } from "./socket-client.ts";
import { eventually, Stack } from "./stack.ts";

const [FIRST, SECOND, THIRD] = ["first", "second", "third"].map((name) => `dev-${name}-0123456789abcdef0123456789`);
const [OLD_KEY, NEW_KEY] = ["dev-old-key-0123456789", "dev-new-key-0123456789"];
const [OLD_METRICS, NEW_METRICS] = ["dev-old-metrics-0123456789", "dev-new-metrics-0123456789"];

let stack: Stack;
let provider: IdentityProvider;
let keyServer: KeyServer;
beforeAll(async () => {
  provider = await IdentityProvider.with("ES256");
  keyServer = await serveKeys(provider);
  const secrets = { JWT_SECRET: String(FIRST), API_KEY: String(OLD_KEY), METRICS_TOKEN: String(OLD_METRICS) };
  stack = await Stack.start({ vars: { ...secrets, ...keyServer.vars } });
});
afterAll(async () => {
  await stack.stop();
  keyServer.close();
});

async function register(headers: Record<string, string> = {}): Promise<Player> {
  const init = {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: '{"username":"ada"}',
  };
  const response = await fetch(`${stack.url}/players/register`, init);
  expect(response.status).toBe(200);
  return (await response.json()) as Player;
}

/** The status of a player's own call with this token. */
async function statusWith({ player_id, access_token }: Player): Promise<number> {
  const headers = { authorization: `Bearer ${access_token}` };
  return (await fetch(`${stack.url}/matchmaking/queue/${player_id}`, { headers })).status;
}

async function renew(player: Player): Promise<Player> {
  const headers = { authorization: `Bearer ${player.access_token}` };
  return (await (await fetch(`${stack.url}/players/token`, { method: "POST", headers })).json()) as Player;
}

async function statusWithKey(key = ""): Promise<number> {
  const headers = { "x-api-key": key };
  return (await fetch(`${stack.url}/matchmaking/matches/rating-failed`, { headers })).status;
}

async function statusOfScrape(token = ""): Promise<number> {
  return (await fetch(`${stack.url}/metrics`, { headers: { authorization: `Bearer ${token}` } })).status;
}

async function expectSocket(player: Player): Promise<void> {
  const client = new SocketClient(stack, player);
  await client.hear("state");
  client.socket.close();
}

async function expectNoSocket(player: Player): Promise<void> {
  const client = new SocketClient(stack, player);
  let isClosed = false;
  client.socket.addEventListener("close", () => {
    isClosed = true;
  });
  await eventually(async () => isClosed || null);
  expect(client.heard).toEqual([]);
}

test("the pages load from here only, and into no other page", async () => {
  for (const path of ["/docs", "/docs/start.js", "/docs/swagger-ui.css"]) {
    const { status, headers } = await fetch(`${stack.url}${path}`);
    expect([path, status]).toEqual([path, 200]);
    const policy = (headers.get("content-security-policy") ?? "").split("; ");
    for (const rule of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"]) {
      expect(policy).toContain(rule);
    }
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("strict-transport-security")).toBe("max-age=31536000");
  }
});

test("a player of the game's identity provider registers, asks and listens with its token", async () => {
  const token = await provider.token("ada@id.game.example", Date.now());
  const player = await register({ authorization: `Bearer ${token}` });
  expect(player.access_token).toBe(token);
  expect(await statusWith(player)).toBe(200);
  await expectSocket(player);
  const later = await provider.token("ada@id.game.example", Date.now());
  expect((await register({ authorization: `Bearer ${later}` })).player_id).toBe(player.player_id);
});

test("rotated secrets log nobody out: a token is void only after the second rotation, and an API key when it is gone", async () => {
  const early = await register();
  expect([await statusOfScrape(OLD_METRICS), await statusOfScrape(NEW_METRICS)]).toEqual([200, 401]);
  await stack.killAndRestart({
    JWT_SECRET: String(SECOND),
    JWT_SECRET_PREVIOUS: String(FIRST),
    API_KEY: `${NEW_KEY}, ${OLD_KEY}`,
    METRICS_TOKEN: String(NEW_METRICS),
  });
  expect([await statusOfScrape(OLD_METRICS), await statusOfScrape(NEW_METRICS)]).toEqual([401, 200]);
  expect(await statusWith(early)).toBe(200);
  await expectSocket(early);
  const renewed = await renew(early);
  expect(renewed.player_id).toBe(early.player_id);
  const [oldHeader, newHeader] = [early, renewed].map(({ access_token }) => decodeProtectedHeader(access_token));
  expect(newHeader?.kid).not.toBe(oldHeader?.kid);
  expect(decodeProtectedHeader((await register()).access_token).kid).toBe(newHeader?.kid);
  expect([await statusWithKey(OLD_KEY), await statusWithKey(NEW_KEY)]).toEqual([200, 200]);

  await stack.killAndRestart({
    JWT_SECRET: String(THIRD),
    JWT_SECRET_PREVIOUS: String(SECOND),
    API_KEY: String(NEW_KEY),
  });
  expect(await statusWith(renewed)).toBe(200);
  await expectSocket(renewed);
  expect(await statusWith(early)).toBe(401);
  await expectNoSocket(early);
  expect([await statusWithKey(OLD_KEY), await statusWithKey(NEW_KEY)]).toEqual([401, 200]);
});
