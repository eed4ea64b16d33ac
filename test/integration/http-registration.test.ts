import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { brokenDatabase, expectProblem, fetchWith, get, post, type Registered, register } from "./http-support.ts";

interface LeaderboardEntry {
  readonly rank: number;
  readonly player_id: string;
  readonly username: string;
  readonly conservative_rating: number;
}

function registerWithKey(key: string, body: object = { username: "ada", region: "NA" }) {
  return post<Registered>("/players/register", body, { "x-idempotency-key": key });
}

async function playerCount(): Promise<unknown> {
  return env.DB.prepare("SELECT count(*) AS n FROM players").first("n");
}

test("a player is registered in the first region unless they name one, with the mode's first rating", async () => {
  const { status, body } = await post("/players/register", { username: "  ada  " });
  expect(status).toBe(200);
  expect(body).toMatchObject({ token_type: "bearer", region: "EUW", expires_in: 86_400 });
  const profile = await get(`/players/player/${body.player_id}`);
  expect(profile.body).toMatchObject({
    player_id: body.player_id,
    username: "ada",
    region: "EUW",
    mu: 25,
    sigma: 25 / 3,
    conservative_rating: 0,
    matches: 0,
    ratings: { "2v2": { mu: 25, wins: 0 } },
  });
  expect(profile.body.last_active).toBe(profile.body.created_at);
});

test("a player without a match is on the default mode's leaderboard", async () => {
  const { player_id } = await register("OCE");
  const { body } = await get<LeaderboardEntry[]>("/players/leaderboard?region=OCE&limit=100");
  expect(body).toMatchObject([{ rank: 1, player_id, username: "ada", conservative_rating: 0 }]);
});

test("the leaderboard orders by conservative rating within a mode and filters by matches played", async () => {
  const [first, second] = [await register("LAS", "first"), await register("LAS", "second")];
  const insert = env.DB.prepare("INSERT INTO ratings VALUES (?, '1v1', ?, ?, ?, ?, 0, 1, 1000)");
  await env.DB.batch([insert.bind(first.player_id, 30, 1, 27, 5), insert.bind(second.player_id, 35, 5, 20, 9)]);
  const all = await get<LeaderboardEntry[]>("/players/leaderboard?mode=1v1");
  expect(all.body.map(({ rank, username }) => [rank, username])).toEqual([
    [1, "first"],
    [2, "second"],
  ]);
  const seasoned = await get<LeaderboardEntry[]>("/players/leaderboard?mode=1v1&min_matches=9");
  expect(seasoned.body.map(({ username }) => username)).toEqual(["second"]);
  const limited = await get<LeaderboardEntry[]>("/players/leaderboard?mode=1v1&limit=1");
  expect(limited.body).toHaveLength(1);
});

test("null for the region is the same as none", async () => {
  expect((await post("/players/register", { username: "ada", region: null })).body).toMatchObject({ region: "EUW" });
});

test("an unknown region is refused with those that exist", async () => {
  const before = await playerCount();
  const answer = await post("/players/register", { username: "ada", region: "ATLANTIS" });
  expectProblem(answer, 422, "unknown_region");
  expect(answer.body.errors).toEqual([{ pointer: "/region", detail: expect.stringContaining("EUNE") }]);
  expect(await playerCount()).toBe(before);
});

test.each([
  ["blank", "   "],
  ["longer than 32 characters", "a".repeat(33)],
  ["with a control character", "a\u0000b"],
  ["with a line separator", "a\u2028b"],
  ["that turns the text around it", "a\u202eb"],
  ["with an isolate", "\u2066admin\u2069"],
  ["with a character of no width", "ad\u200ba"],
  ["with a filler that looks like a space", "a\u3164b"],
  ["with a tag", "a\u{e0041}b"],
  ["of joiners only", "\u200d\u200d"],
  ["with half a surrogate pair", "a\ud800b"],
  ["not a string", 7],
])("a username %s is refused", async (_, username) => {
  const answer = await post("/players/register", { username });
  expectProblem(answer, 422, "invalid_input");
  expect(answer.body.errors).toMatchObject([{ pointer: "/username" }]);
});

test.each(["Zoë", "李小龍", "علی‌رضا", "👩‍💻", "x ☃️ x", "नमस्ते", "o'Brien-42"])(
  "a username such as %s is taken",
  async (username) => {
    expect((await post("/players/register", { username })).status).toBe(200);
  },
);

test("unknown fields of the body are ignored", async () => {
  expect((await post("/players/register", { username: "ada", favourite_colour: "red" })).status).toBe(200);
});

test("the same key and body give the same player and a token that works", async () => {
  const key = crypto.randomUUID();
  const first = await registerWithKey(key);
  const second = await registerWithKey(key);
  expect(second.body.player_id).toBe(first.body.player_id);
  const status = await get(`/matchmaking/queue/${first.body.player_id}`, {
    authorization: `Bearer ${second.body.access_token}`,
  });
  expect(status.status).toBe(200);
});

test("the same key with another body is refused", async () => {
  const key = crypto.randomUUID();
  await registerWithKey(key);
  expectProblem(await registerWithKey(key, { username: "eve", region: "NA" }), 409, "idempotency_key_reused");
  expectProblem(await registerWithKey(key, { username: "ada", region: "KR" }), 409, "idempotency_key_reused");
});

test("the same key after ten minutes is refused", async () => {
  const key = crypto.randomUUID();
  const { body } = await registerWithKey(key);
  await env.DB.prepare("UPDATE idempotency_keys SET created_at_ms = created_at_ms - 600001 WHERE player_id = ?")
    .bind(body.player_id)
    .run();
  expectProblem(await registerWithKey(key), 409, "idempotency_key_reused");
});

test.each(["register-user-000000000017", "aaaaaaaa", "c6437ef1-5b86-5a4e-a071-c2d4ad414e65"])(
  "a key that can be guessed repeats its player from the same address, and gives nobody else a token: %s",
  async (key) => {
    const wish = { username: "ada" };
    const from = (address: string) => ({ "x-idempotency-key": key, "cf-connecting-ip": address });
    const first = await post<Registered>("/players/register", wish, from("192.0.2.1"));
    expect(first.status).toBe(200);
    const guessed = await post<Registered>("/players/register", wish, from("198.51.100.7"));
    expectProblem(guessed, 409, "idempotency_key_reused");
    expect(JSON.stringify(guessed.body)).not.toContain(first.body.player_id);
    expect(guessed.body).not.toHaveProperty("access_token");
    const repeated = await post<Registered>("/players/register", wish, from("192.0.2.1"));
    expect(repeated.body.player_id).toBe(first.body.player_id);
  },
);

test("what is public of a player opens nothing: another key makes another player, a near key too", async () => {
  const key = crypto.randomUUID();
  const first = await registerWithKey(key);
  for (const other of [
    crypto.randomUUID(),
    key.toUpperCase(),
    key.replaceAll("-", ""),
    `${key} `,
    first.body.player_id,
  ]) {
    const second = await registerWithKey(other);
    if (second.status === 200 && other.trim() !== key) expect(second.body.player_id).not.toBe(first.body.player_id);
  }
});

test("the system's registrations repeat whatever the key, and to the system alone", async () => {
  const headers = { "x-idempotency-key": "account-4711", "x-api-key": "dev" };
  const wish = { username: "ada", region: "NA" };
  const first = await post<Registered>("/players/register", wish, headers);
  const again = await post<Registered>("/players/register", wish, headers);
  expect(again.body.player_id).toBe(first.body.player_id);
  const stranger = await registerWithKey("account-4711", wish);
  expect(stranger.status).toBe(200);
  expect(stranger.body.player_id).not.toBe(first.body.player_id);
});

test("equal registrations that race make one player", async () => {
  const key = crypto.randomUUID();
  const answers = await Promise.all(Array.from({ length: 10 }, () => registerWithKey(key, { username: "racer" })));
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
  expect(new Set(answers.map(({ body }) => body.player_id)).size).toBe(1);
  const count = await env.DB.prepare("SELECT count(*) AS n FROM players WHERE username = 'racer'").first("n");
  expect(count).toBe(1);
});

test.each(["short", "x".repeat(256)])("a key of the wrong length is refused: %s", async (key) => {
  const answer = await registerWithKey(key);
  expectProblem(answer, 422, "invalid_input");
  expect(answer.body).toMatchObject({ errors: [{ pointer: "#/header/x-idempotency-key" }] });
});

test("the database keeps neither the key nor the body as they were sent", async () => {
  const key = crypto.randomUUID();
  const { body } = await registerWithKey(key, { username: "secretive" });
  const row = await env.DB.prepare("SELECT * FROM idempotency_keys WHERE player_id = ?").bind(body.player_id).first();
  expect(row).toMatchObject({ key_hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(JSON.stringify(row)).not.toContain(key);
  expect(JSON.stringify(row)).not.toContain("secretive");
});

test("a database that does not answer is 503, with a time to come back", async () => {
  const answer = await fetchWith({ DB: brokenDatabase() }, "/players/register", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "ada" }),
  });
  expectProblem(answer, 503, "database_unavailable");
  expect(answer.headers.get("retry-after")).toBe("2");
  expect(JSON.stringify(answer.body)).not.toContain("D1_ERROR");
});

test("a whole IPv6 network counts as one caller", async () => {
  const keys: string[] = [];
  const counting: RateLimit = {
    limit: async ({ key }) => {
      keys.push(key);
      return { success: true };
    },
  };
  const limited = { ENVIRONMENT: "development", RATE_LIMITS: "on", REGISTER_LIMIT: counting };
  for (const address of ["2001:db8:1:2:aaaa::1", "2001:0db8:0001:0002:bbbb:0000:0000:0002", "2001:db8:1:3::1"]) {
    const headers = { "content-type": "application/json", "cf-connecting-ip": address };
    await fetchWith(limited, "/players/register", { method: "POST", headers, body: JSON.stringify({ username: "a" }) });
  }
  expect(keys[0]).toBe(keys[1]);
  expect(keys[2]).not.toBe(keys[0]);
});

test("too many registrations from one address are 429, the system's are not limited", async () => {
  const full: RateLimit = { limit: async () => ({ success: false }) };
  const limited = { ENVIRONMENT: "development", RATE_LIMITS: "on", REGISTER_LIMIT: full };
  const init = { method: "POST", body: JSON.stringify({ username: "ada" }) };
  const headers = { "content-type": "application/json", "cf-connecting-ip": "192.0.2.1" };
  const answer = await fetchWith(limited, "/players/register", { ...init, headers });
  expectProblem(answer, 429, "rate_limited");
  expect(answer.headers.get("retry-after")).toBe("60");
  const system = await fetchWith(limited, "/players/register", {
    ...init,
    headers: { ...headers, "x-api-key": "dev" },
  });
  expect(system.status).toBe(200);
});
