import { beforeAll, describe, expect, test } from "vitest";
import type { Answer, Registered } from "./http-support.ts";
import { bearer, enqueue, expectProblem, fetchWith, get, KEY, post, register } from "./http-support.ts";

/** Who may call what, as the OpenAPI document says it; every operation of it is held to that here. */
interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly schemes: readonly string[];
  /** Whether somebody without a credential is served. */
  readonly isOpen: boolean;
}

interface Document {
  readonly paths: Record<string, Record<string, { readonly security?: readonly Record<string, unknown>[] }>>;
}

const operations: readonly Operation[] = Object.entries((await get<Document>("/openapi.json")).body.paths).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, { security = [] }]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      schemes: security.flatMap((way) => Object.keys(way)),
      isOpen: security.length === 0 || security.some((way) => Object.keys(way).length === 0),
    })),
);
const closed = operations.filter(({ isOpen }) => !isOpen);
const forPlayers = closed.filter(({ schemes }) => schemes.includes("playerToken"));
const forSystem = closed.filter(({ schemes }) => schemes.every((scheme) => scheme === "apiKey"));

const SOMEBODY = "somebody";
const MATCH = "01JBZ8M3T2X4V6C8B0N2M4K6H8-EUW";

let ada: Registered;
let eve: Registered;
let adasParty = "";
beforeAll(async () => {
  [ada, eve] = [await register(), await register()];
  const { body } = await post<{ code: string }>("/parties", {}, bearer(ada.access_token));
  adasParty = body.code;
  await enqueue(ada.player_id);
});

function call({ method, path }: Operation, headers: Record<string, string>, body: object = {}): Promise<Answer> {
  const filled = path.replace("{player_id}", ada.player_id).replace("{match_id}", MATCH).replace("{code}", adasParty);
  const hasBody = method === "POST";
  const all = { ...headers, ...(hasBody && { "content-type": "application/json" }) };
  return fetchWith({}, filled, { method, headers: all, ...(hasBody && { body: JSON.stringify(body) }) });
}

test("each operation is open to anybody, or asks for a credential that this test knows", () => {
  const others = closed.filter((one) => !forPlayers.includes(one) && !forSystem.includes(one));
  expect(others.map(({ name }) => name)).toEqual(["GET /matchmaking/ws", "GET /metrics"]);
  expect(operations.filter(({ isOpen }) => isOpen).map(({ name }) => name)).toEqual([
    "POST /players/register",
    "GET /players/player/{player_id}",
    "GET /players/leaderboard",
    "GET /matchmaking/matches/latest",
    "GET /matchmaking/match/{match_id}",
    "GET /modes",
    "GET /healthz",
    "GET /",
    "GET /openapi.json",
  ]);
});

describe.each(closed.filter(({ name }) => name !== "GET /matchmaking/ws"))("$name", (operation) => {
  test("is 401 for nobody", async () => {
    expectProblem(await call(operation, {}), 401, "credentials_needed");
  });
});

describe.each(operations.filter(({ name }) => name !== "GET /matchmaking/ws"))("$name", (operation) => {
  test.each<[string, () => Record<string, string>]>([
    ["a wrong key", () => ({ "x-api-key": "wrong-key-0123456789" })],
    ["a wrong token", () => bearer("a.b.c")],
    ["a wrong key beside a right token", () => ({ "x-api-key": "wrong-key-0123456789", ...bearer(eve.access_token) })],
    ["a wrong token beside the right key", () => ({ ...KEY, ...bearer("a.b.c") })],
    ["the key as a token", () => bearer("dev")],
    ["a token as the key", () => ({ "x-api-key": eve.access_token })],
  ])("is 401 with %s", async (_, headers) => {
    expectProblem(await call(operation, headers()), 401, "invalid_credentials");
  });
});

describe.each(forSystem)("$name", (operation) => {
  test("is 403 for a player, also where it is about themselves", async () => {
    expectProblem(await call(operation, bearer(eve.access_token)), 403, "system_only");
    expectProblem(await call(operation, bearer(ada.access_token)), 403, "system_only");
  });
});

test("Prometheus's token opens nothing but the metrics", async () => {
  const metrics = bearer("dev-metrics-token-0123456789");
  expect((await get("/metrics", metrics)).status).toBe(200);
  for (const operation of closed.filter(({ name }) => !/ws$|metrics$/.test(name))) {
    expectProblem(await call(operation, metrics), 401, "invalid_credentials");
  }
});

test("a player's token does not open the metrics", async () => {
  expectProblem(await get("/metrics", bearer(eve.access_token)), 401, "invalid_credentials");
});

/** How a player's call says that it is about somebody else; what it can say nothing of names nobody. */
const ABOUT_ADA: Record<string, { readonly body?: object; readonly refusal: readonly [number, string] } | null> = {
  "POST /players/token": null,
  "POST /matchmaking/queue": { body: { player_id: "ada" }, refusal: [403, "not_your_player"] },
  "GET /matchmaking/queue/{player_id}": { refusal: [403, "not_your_player"] },
  "DELETE /matchmaking/queue/{player_id}": { refusal: [403, "not_your_player"] },
  "POST /parties": { body: { player_id: "ada" }, refusal: [403, "not_your_player"] },
  "POST /parties/{code}/join": { body: { player_id: "ada" }, refusal: [403, "not_your_player"] },
  "POST /parties/{code}/leave": { body: { player_id: "ada" }, refusal: [403, "not_your_player"] },
  "DELETE /parties/{code}": { refusal: [404, "unknown_party"] },
  "GET /parties/{code}": { refusal: [404, "unknown_party"] },
  "POST /matchmaking/match/{match_id}/accept": {
    body: { player_id: "ada", round: 1 },
    refusal: [403, "not_your_player"],
  },
  "POST /matchmaking/match/{match_id}/decline": {
    body: { player_id: "ada", round: 1 },
    refusal: [403, "not_your_player"],
  },
};

test("every operation that players may call is in the table of what they may not", () => {
  expect(forPlayers.map(({ name }) => name).toSorted()).toEqual(Object.keys(ABOUT_ADA).toSorted());
});

describe.each(forPlayers.filter(({ name }) => (ABOUT_ADA[name] ?? null) !== null))("$name", (operation) => {
  test("is refused to a player who means another, and changes nothing for them", async () => {
    const { body = {}, refusal = [0, ""] } = ABOUT_ADA[operation.name] ?? {};
    const named = "player_id" in body ? { ...body, player_id: ada.player_id } : body;
    expectProblem(await call(operation, bearer(eve.access_token), named), refusal[0], refusal[1]);
    expect((await get(`/matchmaking/queue/${ada.player_id}`, KEY)).body).toMatchObject({ enqueued: true });
    expect((await get(`/parties/${adasParty}`, KEY)).body).toMatchObject({ leader_id: ada.player_id });
  });
});

test.each([{ release: true }, { party: [SOMEBODY] }, { lease_s: 60 }])(
  "a player may not ask for what the system may: %j",
  async (wish) => {
    const answer = await post("/matchmaking/queue", { player_id: eve.player_id, ...wish }, bearer(eve.access_token));
    expectProblem(answer, 403, "system_only");
  },
);

describe.each(["__proto__", "constructor", "toString", "hasOwnProperty"])("%s, a name of JavaScript's own,", (name) => {
  test("is a player whom nobody knows, and no key", async () => {
    expectProblem(await get(`/players/player/${name}`), 404, "unknown_player");
    expectProblem(await enqueue(name), 404, "unknown_player");
    expectProblem(await get("/modes", { "x-api-key": name }), 401, "invalid_credentials");
  });

  test.each([
    ["an attribute", `{"attributes":{"${name}":"x"}}`],
    ["a location", `{"latency_ms":{"${name}":1}}`],
    ["a player with roles", `{"roles":{"${name}":["tank"]}}`],
    ["a constraint", `{"${name}":{"max_rating_gap":1}}`],
  ])("is not %s", async (_, constraints) => {
    const { player_id } = await register();
    const answer = await enqueue(player_id, { mode: "2v2", constraints: JSON.parse(constraints) });
    // The validator drops `__proto__` where any key may stand: then nothing was asked for.
    expect([422, name === "__proto__" ? 200 : 422]).toContain(answer.status);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

test.each(["ATLANTIS", "__proto__", "constructor", "EUW%2F..", "euw", "METRICSHUB", ""])(
  "a match or party id that names the region %j addresses no object",
  async (region) => {
    expectProblem(await get(`/matchmaking/match/01JBZ8M3T2X4V6C8B0N2M4K6H8-${region}`), 404, "unknown_match");
    const reported = await post(
      `/matchmaking/match/01JBZ8M3T2X4V6C8B0N2M4K6H8-${region}/result`,
      { winner_team: "teamA" },
      KEY,
    );
    expectProblem(reported, 404, "unknown_match");
    if (region !== "euw") expectProblem(await get(`/parties/${region}-7K3M9XQ2TD`, KEY), 404, "unknown_party");
  },
);
