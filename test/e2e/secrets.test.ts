import { afterAll, beforeAll, expect, test } from "vitest";
import { IdentityProvider, PROVIDER } from "../unit/builders/an-identity-provider.ts";
import type { KeyServer } from "./key-server.ts";
import { serveKeys } from "./key-server.ts";
import type { Player } from "./socket-client.ts";
import { SocketClient } from "./socket-client.ts";
import { eventually, Stack } from "./stack.ts";

const SECRETS = {
  API_KEY: "dev-api-key-of-this-test-0123456789",
  JWT_SECRET: "dev-jwt-secret-of-this-test-0123456789abcdef",
  JWT_SECRET_PREVIOUS: "dev-old-jwt-secret-of-this-test-0123456789",
  METRICS_TOKEN: "dev-metrics-token-of-this-test-0123456789",
  ALLOCATOR_SECRET: "dev-allocator-secret-of-this-test-0123456789",
};
const KEY = { "x-api-key": SECRETS.API_KEY };
const SUBJECT = "ada.subject@mail.example";
const WRONG = { key: "wrong-key-sent-by-this-test-0123", token: "wrong.token.sent-by-this-test-0123" };

/** All that the stack writes: the Worker's log at its loudest, and wrangler's own. */
const lines: string[] = [];
/** Every body and header that it answers with, but for the tokens that were asked for. */
const answers: string[] = [];
let stack: Stack;
let provider: IdentityProvider;
let keyServer: KeyServer;
beforeAll(async () => {
  provider = await IdentityProvider.with("ES256");
  keyServer = await serveKeys(provider);
  stack = await Stack.start({
    faults: true,
    logs: true,
    vars: { ...SECRETS, ...keyServer.vars, LOG_LEVEL: "debug" },
    onLine: (line) => lines.push(line),
  });
});
afterAll(async () => {
  await stack.stop();
  keyServer.close();
});

async function call(path: string, headers: Record<string, string>, init: RequestInit = {}): Promise<string> {
  const all = { "content-type": "application/json", ...headers };
  const response = await fetch(`${stack.url}${path}`, { ...init, headers: all });
  const text = await response.text();
  answers.push(`${JSON.stringify([...response.headers])} ${text.replace(/"access_token":"[^"]*"/, "")}`);
  return text;
}

function bearer(token: string) {
  return { authorization: `Bearer ${token}` };
}

async function register(idempotencyKey: string, headers: Record<string, string> = {}): Promise<Player> {
  const body = '{"username":"a name of this test"}';
  const text = await call(
    "/players/register",
    { "x-idempotency-key": idempotencyKey, ...headers },
    { method: "POST", body },
  );
  return JSON.parse(text);
}

test("whatever is sent and whatever fails, no secret is in the log, nor in an answer to anybody else", async () => {
  const idempotencyKey = crypto.randomUUID();
  const identityToken = await provider.token(SUBJECT, Date.now());
  const newcomerToken = await provider.token(`newcomer-${SUBJECT}`, Date.now());
  const player = await register(idempotencyKey);
  await register(idempotencyKey);
  const identified = await register(crypto.randomUUID(), bearer(identityToken));
  const { player_id, access_token } = player;
  const fresh = JSON.parse(await call("/players/token", bearer(access_token), { method: "POST" })).access_token;
  const tokens = [access_token, fresh, identityToken, newcomerToken, SECRETS.METRICS_TOKEN];

  const tryAll = async () => {
    for (const path of [`/matchmaking/queue/${player_id}`, "/metrics", "/nowhere", "/players/leaderboard?limit=0"]) {
      await call(path, KEY);
      await call(path, { "x-api-key": WRONG.key });
      for (const token of [...tokens, WRONG.token]) await call(path, bearer(token));
      await call(path, { authorization: `Basic ${btoa(`user:${SECRETS.API_KEY}`)}` });
    }
    for (const token of tokens) {
      const asked = JSON.stringify({ player_id, constraints: { attributes: { map: token.slice(0, 60) } }, token });
      await call("/matchmaking/queue", bearer(access_token), { method: "POST", body: asked });
      await call("/matchmaking/queue", KEY, { method: "POST", body: `{"token":"${token}",` });
    }
    await register(idempotencyKey);
    await register(idempotencyKey, { "x-api-key": SECRETS.API_KEY });
    await call(`/players/player/${player_id}/token`, KEY, { method: "POST", body: "{}" });
    await call("/audit-log", KEY);
    for (const token of [access_token, identityToken, WRONG.token]) {
      const client = new SocketClient(stack, { player_id, access_token: token });
      client.socket.addEventListener("open", () => client.socket.send(`{"type":"enqueue","ref":"${token}"`));
      await eventually(async () => client.socket.readyState !== WebSocket.CONNECTING || null);
      client.socket.close();
    }
  };
  await tryAll();
  await stack.setFaults({ reads: { kind: "fail" }, writes: { kind: "fail" } });
  await tryAll();
  await stack.setFaults({});
  await call(`/players/player/${player_id}/revoke`, KEY, { method: "POST", body: "{}" });
  await call("/matchmaking/queue", bearer(access_token), { method: "POST", body: JSON.stringify({ player_id }) });

  // What is to be seen is there: requests, refusals and failures, each in its line.
  await eventually(async () => lines.some((line) => line.includes("player_revoked")) || null);
  for (const event of ["player_registered", "database_unavailable", "socket_opened", identified.player_id]) {
    expect(lines.filter((line) => line.includes(event))).not.toEqual([]);
  }
  const secrets = [...Object.values(SECRETS), idempotencyKey, SUBJECT, "a name of this test"];
  const signatures = [...tokens, WRONG.token].map((token) => token.slice(token.lastIndexOf(".") + 1));
  for (const secret of [...secrets, ...tokens, ...signatures, WRONG.key, btoa(`user:${SECRETS.API_KEY}`)]) {
    expect(lines.filter((line) => line.includes(secret))).toEqual([]);
  }
  for (const secret of [...Object.values(SECRETS), PROVIDER.audience, idempotencyKey]) {
    expect(answers.filter((answer) => answer.includes(secret))).toEqual([]);
  }
});
