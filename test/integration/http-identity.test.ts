import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { SignJWT } from "jose";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createApp } from "../../src/http/app.ts";
import { Metrics } from "../../src/metrics/metrics.ts";
import { holderOf } from "../../src/region/socket-holder.ts";
import { IdentityProvider, PROVIDER, rightClaims } from "../unit/builders/an-identity-provider.ts";
import type { Answer, Registered } from "./http-support.ts";
import { answerOf, bearer, brokenDatabase, expectProblem, KEY, register } from "./http-support.ts";
import { regionObject } from "./region-support.ts";
import { Listener, socketHeaders } from "./socket-support.ts";

const SECRET = "dev-integration-tests-only-0123456789";
const VARIABLES = { JWKS_URL: PROVIDER.jwksUrl, JWKS_ISSUER: PROVIDER.issuer, JWKS_AUDIENCE: PROVIDER.audience };

let provider: IdentityProvider;
beforeAll(async () => {
  provider = await IdentityProvider.with("RS256");
});
beforeEach(() => {
  provider.trouble = null;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    const { url } = new Request(input);
    if (url !== PROVIDER.jwksUrl) throw new Error(`nobody is at ${url}`);
    return await provider.fetchKeys();
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** One Worker of a game with an identity provider: its configuration, and with it what it remembers, is its own. */
function isolate() {
  const app = createApp(new Metrics());
  const bindings = { ...env, ...VARIABLES };
  const fetchRaw = async (path: string, init: RequestInit = {}) =>
    app.fetch(new Request(`http://muster${path}`, init), bindings);
  return {
    bindings,
    fetchRaw,
    async call<Body = Record<string, unknown>>(path: string, token: string, init: RequestInit = {}) {
      const headers = { "content-type": "application/json", ...bearer(token), ...init.headers };
      return answerOf<Body>(await fetchRaw(path, { ...init, headers }));
    },
    async register(token: string, body: object = { username: "ada", region: "NA" }, headers = {}) {
      return this.call<Registered>("/players/register", token, { method: "POST", body: JSON.stringify(body), headers });
    },
  };
}

function tokenOf(subject: string, options?: Parameters<IdentityProvider["token"]>[2]): Promise<string> {
  return provider.token(subject, Date.now(), options);
}

async function playersOf(subject: string): Promise<unknown> {
  return env.DB.prepare("SELECT count(*) AS n FROM identities WHERE subject = ?").bind(subject).first("n");
}

async function allPlayers(): Promise<number> {
  return Number(await env.DB.prepare("SELECT count(*) AS n FROM players").first("n"));
}

describe("registering with the provider's token", () => {
  test("makes the identity's player, and gives the token back as the one to go on with", async () => {
    const worker = isolate();
    const token = await tokenOf("newcomer");
    const { status, headers, body } = await worker.register(token);
    expect(status).toBe(200);
    expect(body).toMatchObject({ access_token: token, token_type: "bearer", region: "NA" });
    expect(body.player_id).not.toBe("newcomer");
    expect(headers.get("cache-control")).toBe("no-store");
    const profile = await worker.call(`/players/player/${body.player_id}`, token);
    expect(profile.body).toMatchObject({ username: "ada", region: "NA", mu: 25 });
  });

  test("again gives the same player whatever the body says, also in another isolate and with another token", async () => {
    const first = await isolate().register(await tokenOf("repeater"));
    const worker = isolate();
    for (const username of ["eve", "mallory"]) {
      const again = await worker.register(await tokenOf("repeater"), { username, region: "KR" });
      expect(again.body).toMatchObject({ player_id: first.body.player_id, region: "NA" });
    }
    expect(await playersOf("repeater")).toBe(1);
  });

  test("ten times at once makes one player", async () => {
    const before = await allPlayers();
    const token = await tokenOf("racer");
    const answers = await Promise.all(Array.from({ length: 10 }, () => isolate().register(token)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(new Set(answers.map(({ body }) => body.player_id)).size).toBe(1);
    expect(await allPlayers()).toBe(before + 1);
  });

  test("never takes a player who belongs to somebody else: neither by subject nor by idempotency key", async () => {
    const key = crypto.randomUUID();
    const worker = isolate();
    const init = { method: "POST", body: JSON.stringify({ username: "ada", region: "NA" }) };
    const headers = { "content-type": "application/json", "x-idempotency-key": key };
    const ours = await answerOf<Registered>(await worker.fetchRaw("/players/register", { ...init, headers }));
    const token = await tokenOf(ours.body.player_id);
    const theirs = await worker.register(token, { username: "ada", region: "NA" }, { "x-idempotency-key": key });
    expect(theirs.status).toBe(200);
    expect(theirs.body.player_id).not.toBe(ours.body.player_id);
    expectProblem(await worker.call(`/matchmaking/queue/${ours.body.player_id}`, token), 403, "not_your_player");
  });

  test("of an unknown region makes nobody", async () => {
    const answer = await isolate().register(await tokenOf("lost"), { username: "ada", region: "ATLANTIS" });
    expectProblem(answer, 422, "unknown_region");
    expect(await playersOf("lost")).toBe(0);
  });
});

describe("before the identity has registered", () => {
  test.each([
    ["GET", "/matchmaking/queue/somebody", "not_registered"],
    ["POST", "/parties", "not_registered"],
    ["GET", "/parties/EUW-ABCDEFGHJK", "not_registered"],
    ["GET", "/matchmaking/matches/rating-failed", "system_only"],
    ["POST", "/players/token", "not_registered"],
  ])("%s %s is 403", async (method, path, reason) => {
    const body = method === "POST" ? { body: "{}" } : {};
    expectProblem(await isolate().call(path, await tokenOf("unregistered"), { method, ...body }), 403, reason);
  });

  test("a call that says nobody in particular is 403 too, as is a socket", async () => {
    const worker = isolate();
    const token = await tokenOf("unregistered");
    const socket = await worker.fetchRaw("/matchmaking/ws", { headers: socketHeaders(token) });
    expectProblem(await answerOf(socket), 403, "not_registered");
    expect((await worker.call("/players/leaderboard", token)).status).toBe(200);
  });

  test("the API key beside the token has the system's right", async () => {
    const { player_id } = await register();
    const token = await tokenOf("unregistered");
    expect((await isolate().call(`/matchmaking/queue/${player_id}`, token, { headers: KEY })).status).toBe(200);
  });
});

describe("a registered identity", () => {
  test("acts for its player and nobody else", async () => {
    const [worker, token] = [isolate(), await tokenOf("actor")];
    const { player_id } = (await worker.register(token)).body;
    expect((await worker.call(`/matchmaking/queue/${player_id}`, token)).body).toMatchObject({ enqueued: false });
    const other = await register();
    expectProblem(await worker.call(`/matchmaking/queue/${other.player_id}`, token), 403, "not_your_player");
    expectProblem(await worker.call("/matchmaking/matches/rating-failed", token), 403, "system_only");
  });

  test("gets no token of ours, which would outlive the provider's word", async () => {
    const [worker, token] = [isolate(), await tokenOf("renewer")];
    await worker.register(token);
    expectProblem(await worker.call("/players/token", token, { method: "POST" }), 403, "renewed_elsewhere");
  });

  test("that an isolate knows does not need the database", async () => {
    const worker = isolate();
    const { player_id } = (await worker.register(await tokenOf("warm"))).body;
    worker.bindings.DB = brokenDatabase();
    const status = await worker.call(`/matchmaking/queue/${player_id}`, await tokenOf("warm"));
    expect(status.body).toMatchObject({ player_id, enqueued: false });
  });

  test("that an isolate does not know is 503 while the database is away", async () => {
    await isolate().register(await tokenOf("cold"));
    const worker = isolate();
    worker.bindings.DB = brokenDatabase();
    expectProblem(await worker.call("/healthz", await tokenOf("cold")), 503, "database_unavailable");
  });

  test("has a socket, which ends when the token does, whatever the life of our own tokens", async () => {
    const worker = isolate();
    const exp = Math.floor(Date.now() / 1_000) + 90;
    const token = await tokenOf("listener", { claims: { exp } });
    const { body } = await worker.register(token);
    expect(body.expires_in).toBeLessThanOrEqual(95);
    const response = await worker.fetchRaw("/matchmaking/ws", { headers: socketHeaders(token) });
    if (response.webSocket === null) throw new Error(`no socket: ${response.status}`);
    await new Listener(response.webSocket).hear("state");
    const ends = await runInDurableObject(regionObject("NA"), (_, state) =>
      state.getWebSockets(body.player_id).map((socket) => holderOf(socket).expiresAtMs),
    );
    expect(ends).toEqual([(exp + 5) * 1_000]);
  });
});

describe("the provider's keys", () => {
  test("that cannot be had are 503, not 401, and a reason to come back", async () => {
    const worker = isolate();
    provider.trouble = async () => new Response("oops", { status: 500 });
    const answer = await worker.call("/players/leaderboard", await tokenOf("early"));
    expectProblem(answer, 503, "identity_provider_unavailable");
    expect(answer.headers.get("retry-after")).toBe("5");
    expect((await worker.call("/players/leaderboard", (await register()).access_token)).status).toBe(200);
  });

  test("that are known are enough while the provider is away", async () => {
    const worker = isolate();
    await worker.register(await tokenOf("patient"));
    provider.trouble = () => Promise.reject(new TypeError("fetch failed"));
    expect((await worker.register(await tokenOf("late"))).status).toBe(200);
  });
});

describe("which verifier looks at a token its issuer says, exactly", () => {
  const sign = (claims: object, secret: string, header: object = {}) =>
    new SignJWT({ ...rightClaims("ada", Date.now()), role: "player", region: "EUW", ...claims })
      .setProtectedHeader({ alg: "HS256", ...header })
      .sign(new TextEncoder().encode(secret));

  async function expectRefused(token: string): Promise<void> {
    const worker = isolate();
    const answers: Answer[] = [await worker.call("/players/leaderboard", token)];
    answers.push(await worker.call("/players/register", token, { method: "POST", body: '{"username":"ada"}' }));
    answers.push(await answerOf(await worker.fetchRaw("/matchmaking/ws", { headers: socketHeaders(token) })));
    for (const answer of answers) expectProblem(answer, 401, "invalid_credentials");
  }

  test("our issuer on a token that the provider signed is 401", async () => {
    await expectRefused(
      await tokenOf("ada", { claims: { iss: "muster", aud: "muster", role: "player", region: "EUW" } }),
    );
  });

  test("the provider's issuer on a token signed with our secret is 401", async () => {
    const ours = (await register()).access_token;
    const { kid } = JSON.parse(atob(ours.split(".")[0] ?? ""));
    await expectRefused(await sign({}, SECRET, { kid }));
  });

  test("the provider's issuer on a token signed with the provider's public key as a secret is 401", async () => {
    await expectRefused(await sign({}, JSON.stringify(provider.published[0]), { kid: "key-0" }));
  });

  test.each([
    ["an issuer of another case", { iss: PROVIDER.issuer.toUpperCase() }],
    ["an issuer without its last stroke", { iss: PROVIDER.issuer.slice(0, -1) }],
    ["no issuer", { iss: undefined }],
    ["no audience", { aud: undefined }],
    ["no end", { exp: undefined }],
    ["no subject", { sub: undefined }],
    ["a long past end", { exp: 1 }],
  ])("%s is 401", async (_, claims) => {
    await expectRefused(await tokenOf("ada", { claims }));
  });

  test("more text than anybody reads is refused before anything reads it", async () => {
    const answer = await isolate().call(
      "/players/leaderboard",
      await tokenOf("ada", { claims: { padding: "x".repeat(9_000) } }),
    );
    expectProblem(answer, 431, "header_too_large");
  });

  test("without a configured provider its tokens are 401", async () => {
    const answer = await createApp(new Metrics()).fetch(
      new Request("http://muster/players/leaderboard", { headers: bearer(await tokenOf("ada")) }),
      env,
    );
    expectProblem(await answerOf(answer), 401, "invalid_credentials");
  });
});
