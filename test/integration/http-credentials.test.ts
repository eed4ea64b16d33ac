import { env } from "cloudflare:workers";
import { SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import { PlayerTokens } from "../../src/http/auth/player-tokens.ts";
import { bearer, expectProblem, fetchWith, get, KEY, post, register } from "./http-support.ts";

const SECRET = "dev-integration-tests-only-0123456789";
const OTHER_SECRET = "dev-some-other-secret-0123456789-0123456789";
const DAY_S = 86_400;

async function tokensOf(secret: string, ttlSeconds = DAY_S): Promise<PlayerTokens> {
  return PlayerTokens.create({ secret, previousSecret: null, ttlSeconds });
}

/** A token that differs from a right one in the given claims only. */
async function tokenWith(playerId: string, claims: object): Promise<string> {
  const right = await (await tokensOf(SECRET)).issue(playerId, "EUW", Date.now());
  const [header = "", payload = ""] = right.split(".");
  return await new SignJWT({ ...JSON.parse(atob(payload)), ...claims })
    .setProtectedHeader(JSON.parse(atob(header)))
    .sign(new TextEncoder().encode(SECRET));
}

async function wrongTokens(playerId: string): Promise<Record<string, string>> {
  const right = await (await tokensOf(SECRET)).issue(playerId, "EUW", Date.now());
  const [header = "", payload = "", signature = ""] = right.split(".");
  const unsigned = btoa(JSON.stringify({ alg: "none", typ: "JWT" })).replaceAll("=", "");
  return {
    expired: await (await tokensOf(SECRET, 60)).issue(playerId, "EUW", Date.now() - 61_000),
    "forged with another secret": await (await tokensOf(OTHER_SECRET)).issue(playerId, "EUW", Date.now()),
    "signed by nobody": `${unsigned}.${payload}.`,
    "with another payload": `${header}.${btoa(JSON.stringify({ sub: playerId })).replaceAll("=", "")}.${signature}`,
    "of a foreign issuer": await tokenWith(playerId, { iss: "somebody-else" }),
    "for a foreign audience": await tokenWith(playerId, { aud: "somebody-else" }),
    "of another role": await tokenWith(playerId, { role: "admin" }),
    "without an end": await tokenWith(playerId, { exp: undefined }),
    gibberish: "gibberish",
    empty: "",
  };
}

const WRONG = Object.keys(await wrongTokens("nobody"));

describe.each(WRONG)("a token that is %s", (kind) => {
  test("is 401 where a credential is needed, even beside the right key", async () => {
    const { player_id } = await register();
    const wrong = bearer((await wrongTokens(player_id))[kind] ?? "");
    expectProblem(await get(`/matchmaking/queue/${player_id}`, wrong), 401, "invalid_credentials");
    expectProblem(await get(`/matchmaking/queue/${player_id}`, { ...KEY, ...wrong }), 401, "invalid_credentials");
  });

  test("is 401 where none is needed", async () => {
    const wrong = bearer((await wrongTokens("nobody"))[kind] ?? "");
    expectProblem(await get("/players/leaderboard", wrong), 401, "invalid_credentials");
  });
});

test("a token that was verified once is refused once it has expired", async () => {
  const tokens = await tokensOf(SECRET);
  const token = await tokens.issue("somebody", "EUW", 0);
  expect(await tokens.verify(token, 1_000)).toMatchObject({ playerId: "somebody", region: "EUW" });
  expect(tokens.remembered(token, DAY_S * 1_000 - 1)).not.toBeNull();
  expect(tokens.remembered(token, DAY_S * 1_000)).toBeNull();
  expect(await tokens.verify(token, DAY_S * 1_000)).toBeNull();
});

test("another scheme than Bearer is 401", async () => {
  expectProblem(await get("/healthz", { authorization: "Basic ZGV2OmRldg==" }), 401, "invalid_credentials");
});

test.each(["wrong", "", "dev,dev", "DEV"])("the key %j is 401, even beside a right token", async (key) => {
  const { player_id, access_token } = await register();
  const wrong = { "x-api-key": key, ...bearer(access_token) };
  expectProblem(await get(`/matchmaking/queue/${player_id}`, wrong), 401, "invalid_credentials");
});

test("401 says how to authenticate", async () => {
  const missing = await get("/matchmaking/queue/somebody");
  expectProblem(missing, 401, "credentials_needed");
  expect(missing.headers.get("www-authenticate")).toBe('Bearer realm="muster"');
  const wrong = await get("/matchmaking/queue/somebody", bearer("gibberish"));
  expect(wrong.headers.get("www-authenticate")).toBe('Bearer realm="muster", error="invalid_token"');
});

test("a player acts for themselves only", async () => {
  const [ada, eve] = [await register(), await register()];
  const eves = bearer(eve.access_token);
  expectProblem(await post("/matchmaking/queue", { player_id: ada.player_id }, eves), 403, "not_your_player");
  expectProblem(await get(`/matchmaking/queue/${ada.player_id}`, eves), 403, "not_your_player");
});

test("both credentials have the system's right", async () => {
  const [ada, eve] = [await register(), await register()];
  const both = { ...KEY, ...bearer(eve.access_token) };
  expect((await get(`/matchmaking/queue/${ada.player_id}`, both)).status).toBe(200);
});

test.each([
  ["POST", "/matchmaking/match/01JBZ8M3T2X4V6C8B0N2M4K6H8-EUW/result"],
  ["POST", "/matchmaking/match/01JBZ8M3T2X4V6C8B0N2M4K6H8-EUW/redrive"],
  ["GET", "/matchmaking/matches/rating-failed"],
  ["POST", "/players/player/somebody/token"],
])("%s %s is for the system only", async (method, path) => {
  const { access_token } = await register();
  const init = { method, headers: bearer(access_token) };
  expectProblem(await fetchWith({}, path, init), 403, "system_only");
  expectProblem(await fetchWith({}, path, { method }), 401, "credentials_needed");
});

test("a valid token is exchanged for a fresh one", async () => {
  const { player_id, access_token } = await register("KR");
  const { status, body } = await post("/players/token", {}, bearer(access_token));
  expect(status).toBe(200);
  expect(body).toMatchObject({ player_id, token_type: "bearer" });
  expect((await get(`/matchmaking/queue/${player_id}`, bearer(String(body.access_token)))).status).toBe(200);
  expectProblem(await post("/players/token", {}, KEY), 401, "credentials_needed");
});

test("the system gets a token for a player who is locked out", async () => {
  const { player_id } = await register();
  const { body } = await post(`/players/player/${player_id}/token`, {}, KEY);
  expect((await get(`/matchmaking/queue/${player_id}`, bearer(String(body.access_token)))).status).toBe(200);
  expectProblem(await post("/players/player/nobody/token", {}, KEY), 404, "unknown_player");
});

test("after a rotation the previous secret's tokens still work, and new ones are signed with the new secret", async () => {
  const { player_id, access_token } = await register();
  const rotated = { JWT_SECRET: OTHER_SECRET, JWT_SECRET_PREVIOUS: SECRET };
  const old = await fetchWith(rotated, "/players/token", { method: "POST", headers: bearer(access_token) });
  expect(old.status).toBe(200);
  const holder = await (await tokensOf(OTHER_SECRET)).verify(String(old.body.access_token), Date.now());
  expect(holder?.playerId).toBe(player_id);
});

test("any of several keys is the system", async () => {
  const keys = { API_KEY: "dev, dev-second-key-0123456789" };
  const init = { headers: { "x-api-key": "dev-second-key-0123456789" } };
  expect((await fetchWith(keys, "/matchmaking/matches/rating-failed?region=EUW", init)).status).toBe(200);
});

test("too many calls of a player are 429, counted by player", async () => {
  const { player_id, access_token } = await register();
  const keys: string[] = [];
  const PLAYER_LIMIT: RateLimit = { limit: async ({ key }) => ({ success: keys.push(key) < 2 }) };
  const init = { headers: bearer(access_token) };
  const changes = { ...env, RATE_LIMITS: "on", PLAYER_LIMIT };
  expect((await fetchWith(changes, `/matchmaking/queue/${player_id}`, init)).status).toBe(200);
  expectProblem(await fetchWith(changes, `/matchmaking/queue/${player_id}`, init), 429, "rate_limited");
  expect(keys).toEqual([player_id, player_id]);
});
