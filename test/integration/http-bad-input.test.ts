import { listDurableObjectIds } from "cloudflare:test";
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { expectProblem, fetchWith, get, KEY, post, postText, type Registered, register } from "./http-support.ts";
import { MODES } from "./modes-with-hunt.ts";

const MADE_UP_MATCH = "01JBZ8M3T2X4V6C8B0N2M4K6H8-ATLANTIS";
const RESULT = `/matchmaking/match/${MADE_UP_MATCH.replace("ATLANTIS", "EUW")}/result`;
const POSTS = ["/players/register", "/matchmaking/queue", "/parties", RESULT];

let player: Registered;
beforeAll(async () => {
  player = await register();
});

describe.each(POSTS)("POST %s", (path) => {
  test.each(["{", "", "{'a': 1}", '{"a": 1} x'])("answers 400 to malformed JSON: %j", async (body) => {
    expectProblem(await postText(path, body, KEY), 400, "malformed_json");
  });

  test.each(["null", "[]", "7", '"text"', "{}"])("answers 422 to JSON of the wrong shape: %s", async (body) => {
    const answer = await postText(path, body, KEY);
    expectProblem(answer, 422, "invalid_input");
    expect(answer.body.errors).not.toHaveLength(0);
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "application/jsonx", "nonsense"])(
    "answers 415 to the content type %s",
    async (contentType) => {
      expectProblem(await postText(path, "{}", { ...KEY, "content-type": contentType }), 415, "unsupported_media_type");
    },
  );

  test("takes a content type with a charset", async () => {
    const headers = { ...KEY, "content-type": "application/json; charset=utf-8" };
    expectProblem(await postText(path, "{}", headers), 422, "invalid_input");
  });

  test("answers 413 to a body of more than 16 KiB, with a length or without", async () => {
    const body = JSON.stringify({ username: "x".repeat(16_384) });
    expectProblem(await postText(path, body, KEY), 413, "body_too_large");
    const chunks = new Response(body).body;
    const streamed = { method: "POST", headers: { ...KEY, "content-type": "application/json" }, body: chunks };
    expectProblem(await fetchWith({}, path, streamed), 413, "body_too_large");
  });
});

test.each([
  ["player_id", { player_id: 7 }],
  ["player_id", { player_id: "" }],
  ["player_id", { player_id: "x".repeat(65) }],
  ["mode", { mode: 7 }],
  ["release", { release: "yes" }],
  ["party", { party: "somebody" }],
  ["constraints", { constraints: [] }],
  ["constraints/max_rating_gap", { constraints: { max_rating_gap: -1 } }],
  ["constraints/max_rating_gap", { constraints: { max_rating_gap: "6" } }],
  ["constraints/avoid", { constraints: { avoid: "somebody" } }],
  ["constraints/avoid/1", { constraints: { avoid: ["somebody", 7] } }],
  ["constraints/avoid", { constraints: { avoid: Array(51).fill("somebody") } }],
  ["constraints/roles", { constraints: { roles: "tank" } }],
  ["constraints/roles", { constraints: { roles: Array(17).fill("tank") } }],
  ["constraints/roles", { constraints: { roles: { somebody: "tank" } } }],
  ["constraints/latency_ms", { constraints: { latency_ms: 30 } }],
  ["constraints/latency_ms/EUW", { constraints: { latency_ms: { EUW: -1 } } }],
  ["constraints/latency_ms/EUW", { constraints: { latency_ms: { EUW: 60_001 } } }],
  ["constraints/attributes", { constraints: { attributes: ["map"] } }],
  ["constraints/attributes/map", { constraints: { attributes: { map: [7] } } }],
  ["constraints/attributes/map/0", { constraints: { attributes: { map: ["x".repeat(65)] } } }],
  ["constraints/attributes/map", { constraints: { attributes: { map: { least: 1 } } } }],
  ["constraints/attributes/map", { constraints: { attributes: { map: null } } }],
  ["constraints/a~1b", { constraints: { "a/b": 1 } }],
])("queueing names the faulty field: /%s of %j", async (pointer, body) => {
  const answer = await post("/matchmaking/queue", { player_id: player.player_id, ...body }, KEY);
  expectProblem(answer, 422, "invalid_input");
  expect(answer.body.errors).toMatchObject([{ pointer: `/${pointer}` }]);
});

test("every faulty field is named at once", async () => {
  const answer = await post("/matchmaking/queue", { mode: 7, constraints: { x: 1, y: 2 } }, KEY);
  expect(answer.body.errors).toMatchObject([
    { pointer: "/player_id" },
    { pointer: "/mode" },
    { pointer: "/constraints/x" },
    { pointer: "/constraints/y" },
  ]);
});

test("an unknown mode is refused with those that exist", async () => {
  const answer = await post("/matchmaking/queue", { player_id: player.player_id, mode: "9v9" }, KEY);
  expectProblem(answer, 422, "unknown_mode");
  expect(answer.body.errors).toMatchObject([
    {
      pointer: "/mode",
      detail: `One of ${MODES.map(({ name }) => name).join(", ")}`,
    },
  ]);
});

test.each([
  ["/players/leaderboard?limit=0", "limit"],
  ["/players/leaderboard?limit=101", "limit"],
  ["/players/leaderboard?limit=ten", "limit"],
  ["/players/leaderboard?limit=", "limit"],
  ["/players/leaderboard?limit=1.5", "limit"],
  ["/players/leaderboard?limit=1&limit=2", "limit"],
  ["/players/leaderboard?min_matches=-1", "min_matches"],
  ["/matchmaking/matches/latest?limit=51", "limit"],
])("%s names the faulty parameter", async (path, name) => {
  const answer = await get(path);
  expectProblem(answer, 422, "invalid_input");
  expect(answer.body.errors).toMatchObject([{ pointer: `#/query/${name}` }]);
});

test.each([
  ["/players/leaderboard?mode=9v9", "unknown_mode"],
  ["/players/leaderboard?region=ATLANTIS", "unknown_region"],
  ["/matchmaking/matches/latest?mode=9v9", "unknown_mode"],
  ["/matchmaking/matches/rating-failed?region=ATLANTIS", "unknown_region"],
])("%s is %s", async (path, reason) => {
  expectProblem(await get(path, KEY), 422, reason);
});

test.each([MADE_UP_MATCH, "x", "01JBZ8M3T2X4V6C8B0N2M4K6H8", "01jbz8m3t2x4v6c8b0n2m4k6h8-EUW", "%00-EUW", "..%2F-EUW"])(
  "the match id %s is unknown to every call, and no object is made for it",
  async (matchId) => {
    const before = await listDurableObjectIds(env.REGION);
    expectProblem(await get(`/matchmaking/match/${matchId}`), 404, "unknown_match");
    const report = await post(`/matchmaking/match/${matchId}/result`, { winner_team: "teamA" }, KEY);
    expectProblem(report, 404, "unknown_match");
    expectProblem(await post(`/matchmaking/match/${matchId}/redrive`, {}, KEY), 404, "unknown_match");
    expect(await listDurableObjectIds(env.REGION)).toHaveLength(before.length);
  },
);

test.each([
  ["winner_team", {}],
  ["winner_team", { winner_team: "teamA", placements: { teamA: 1, teamB: 2 } }],
  ["winner_team", { winner_team: 1 }],
  ["placements/teamA", { placements: { teamA: 0, teamB: 1 } }],
  ["placements/teamA", { placements: { teamA: "first", teamB: 1 } }],
  ["placements/teamB", { placements: { teamA: 1, teamB: 1.5 } }],
])("a report names the faulty field: /%s of %j", async (pointer, body) => {
  const answer = await post(RESULT, body, KEY);
  expectProblem(answer, 422, "invalid_input");
  expect(answer.body.errors).toMatchObject([{ pointer: `/${pointer}` }]);
});

/** Values that programs send by mistake or on purpose. */
const awkward = fc.oneof(
  fc.constantFrom("nobody", "2v2", "EUW", "__proto__", "constructor", "\u0000", "\ud800", 1e308, -0, null),
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.jsonValue({ maxDepth: 3 }),
);

test("no body makes a 5xx", async () => {
  const names = [
    "player_id",
    "username",
    "region",
    "mode",
    "constraints",
    "release",
    "winner_team",
    "placements",
    "party",
    "roles",
  ];
  const body = fc.oneof(fc.dictionary(fc.constantFrom(...names, "__proto__"), awkward), fc.jsonValue());
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...POSTS), body, async (path, sent) => {
      expect((await post(path, sent, KEY)).status).toBeLessThan(500);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ["[", "]"],
  ['{"a":', "}"],
])("a body as deep as it may be long is refused like any other: %s … %s", async (open, close) => {
  const levels = Math.floor(15_000 / (open.length + close.length));
  const deep = `${open.repeat(levels)}1${close.repeat(levels)}`;
  const match = RESULT.replace("/result", "");
  for (const [path, body] of [
    [`${match}/assignment`, `{"connection":${deep}}`],
    ["/matchmaking/queue", `{"player_id":"${player.player_id}","constraints":{"attributes":{"map":${deep}}}}`],
    ["/players/register", deep],
  ] as const) {
    expectProblem(await postText(path, body, KEY), 422, "invalid_input");
  }
});

test("no path, parameter or header makes a 5xx", async () => {
  const paths = [
    "/players/player/",
    "/matchmaking/queue/",
    "/matchmaking/match/",
    "/players/leaderboard?limit=",
    "/parties/",
    "/",
  ];
  const text = fc.string({ unit: "binary", maxLength: 80 }).map((raw) => encodeURIComponent(raw.toWellFormed()));
  const broken = fc.constantFrom("%", "%zz", "%ff%fe", "%2e%2e%2f", "%00");
  const header = fc.stringMatching(/^[!-~]([ -~]{0,60}[!-~])?$/);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.oneof(text, broken), header, async (path, tail, value) => {
      expect((await get(path + tail, KEY)).status).toBeLessThan(500);
      expect((await get("/healthz", { authorization: `Bearer ${value}` })).status).toBe(401);
    }),
    { numRuns: 200 },
  );
});
