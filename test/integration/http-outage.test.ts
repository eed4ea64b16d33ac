import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { fetchWith, get, KEY, post, register, remove } from "./http-support.ts";
import type { Loss } from "./lost-database.ts";
import { LostDatabase } from "./lost-database.ts";
import { aParty } from "./party-support.ts";
import { playersInMatch } from "./region-support.ts";
import { socketHeaders } from "./socket-support.ts";

/** What a call may wait for one after the other: whose tokens were taken back, a read, a write; and a busy machine. */
const ANSWERED_WITHIN_MS = 15_000;

type HeaderFields = Readonly<Record<string, string>>;

interface Call {
  /** As the document names it. */
  readonly operation: string;
  readonly path: string;
  readonly headers?: HeaderFields;
  readonly body?: object;
  /** What it is answered while D1 is out. */
  readonly status: number;
}

interface Document {
  readonly paths: Record<string, Record<string, { readonly responses: Record<string, unknown> }>>;
}

const UNKNOWN_MATCH = "/matchmaking/match/01JBZ8M3T2X4V6C8B0N2M4K6H8-EUW";
let operations: Map<string, readonly string[]>;

beforeAll(async () => {
  const { body } = await get<Document>("/openapi.json");
  operations = new Map(
    Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { responses }]) => [
        `${method.toUpperCase()} ${path}`,
        Object.keys(responses),
      ]),
    ),
  );
});

/** Somebody whom their region knows: they have queued before. */
async function aWarmPlayer(): Promise<{ readonly id: string; readonly own: HeaderFields; readonly token: string }> {
  const { player_id: id, access_token: token } = await register("NA");
  const own = { authorization: `Bearer ${token}` };
  expect((await post("/matchmaking/queue", { player_id: id }, own)).status).toBe(200);
  expect((await remove(`/matchmaking/queue/${id}`, own)).status).toBe(200);
  return { id, own, token };
}

/** Every operation, some twice: what its region or the Worker knows is answered, what only D1 knows is not. */
async function everyCall(region: string): Promise<Call[]> {
  const somebody = await aWarmPlayer();
  const [queueing, asking, leaving, leading] = await Promise.all(Array.from({ length: 4 }, aWarmPlayer));
  if (queueing === undefined || asking === undefined || leaving === undefined || leading === undefined) return [];
  const { matchId, players } = await playersInMatch(region);
  const match = `/matchmaking/match/${matchId}`;
  // One for each that ends it: the calls are made side by side.
  const reported = `/matchmaking/match/${(await playersInMatch(region)).matchId}`;
  const { id } = somebody;
  return [
    ...["/", "/openapi.json", "/healthz", "/modes"].map((path) => ({
      operation: `GET ${path}`,
      path,
      status: 200,
    })),
    { operation: "GET /metrics", path: "/metrics", headers: KEY, status: 200 },

    { operation: "POST /players/register", path: "/players/register", body: { username: "ada" }, status: 503 },
    { operation: "GET /players/player/{player_id}", path: `/players/player/${id}`, status: 503 },
    { operation: "GET /players/leaderboard", path: "/players/leaderboard", status: 503 },
    { operation: "POST /players/token", path: "/players/token", headers: somebody.own, status: 503 },
    ...["token", "revoke"].map((name) => ({
      operation: `POST /players/player/{player_id}/${name}`,
      path: `/players/player/${id}/${name}`,
      headers: KEY,
      status: 503,
    })),
    {
      operation: "DELETE /players/player/{player_id}/revoke",
      path: `/players/player/${id}/revoke`,
      headers: KEY,
      status: 503,
    },
    { operation: "GET /audit-log", path: "/audit-log", headers: KEY, status: 503 },

    {
      operation: "POST /matchmaking/queue",
      path: "/matchmaking/queue",
      headers: queueing.own,
      body: { player_id: queueing.id },
      status: 200,
    },
    {
      operation: "GET /matchmaking/queue/{player_id}",
      path: `/matchmaking/queue/${asking.id}`,
      headers: asking.own,
      status: 200,
    },
    {
      operation: "DELETE /matchmaking/queue/{player_id}",
      path: `/matchmaking/queue/${leaving.id}`,
      headers: leaving.own,
      status: 200,
    },
    { operation: "GET /matchmaking/ws", path: "/matchmaking/ws", headers: socketHeaders(asking.token), status: 101 },
    ...(await partyCalls(leading.own)),

    { operation: "GET /matchmaking/matches/latest", path: "/matchmaking/matches/latest", status: 503 },
    { operation: "GET /matchmaking/match/{match_id}", path: match, status: 200 },
    { operation: "GET /matchmaking/match/{match_id}", path: UNKNOWN_MATCH, status: 503 },
    ...["accept", "decline"].map((name) => ({
      operation: `POST /matchmaking/match/{match_id}/${name}`,
      path: `${UNKNOWN_MATCH}/${name}`,
      headers: KEY,
      body: { player_id: id, round: 1 },
      status: 404,
    })),
    {
      operation: "POST /matchmaking/match/{match_id}/assignment",
      path: `${match}/assignment`,
      headers: KEY,
      body: { connection: { host: "203.0.113.7" } },
      status: 200,
    },
    {
      operation: "POST /matchmaking/match/{match_id}/backfill",
      path: `${match}/backfill`,
      headers: KEY,
      body: { replaces: [players[0]] },
      status: 200,
    },
    ...["GET", "DELETE"].map((method) => ({
      operation: `${method} /matchmaking/match/{match_id}/backfill`,
      path: `${match}/backfill`,
      headers: KEY,
      status: 200,
    })),
    {
      operation: "POST /matchmaking/match/{match_id}/result",
      path: `${reported}/result`,
      headers: KEY,
      body: { winner_team: "teamA" },
      status: 200,
    },
    {
      operation: "POST /matchmaking/match/{match_id}/result",
      path: `${UNKNOWN_MATCH}/result`,
      headers: KEY,
      body: { winner_team: "teamA" },
      status: 503,
    },
    {
      operation: "GET /matchmaking/matches/rating-failed",
      path: "/matchmaking/matches/rating-failed",
      headers: KEY,
      status: 200,
    },
    {
      operation: "POST /matchmaking/matches/rating-failed/redrive",
      path: "/matchmaking/matches/rating-failed/redrive",
      headers: KEY,
      status: 503,
    },
    {
      operation: "POST /matchmaking/match/{match_id}/redrive",
      path: `${UNKNOWN_MATCH}/redrive`,
      headers: KEY,
      status: 503,
    },
  ];
}

async function partyCalls(own: HeaderFields): Promise<Call[]> {
  const { party, members } = await aParty("OCE", 3);
  const [leader, member, leaver] = members;
  const path = `/parties/${party.code}`;
  const ending = await aParty("OCE", 1);
  return [
    { operation: "POST /parties", path: "/parties", headers: own, body: {}, status: 200 },
    { operation: "GET /parties/{code}", path, headers: leader?.own ?? {}, status: 200 },
    { operation: "POST /parties/{code}/join", path: `${path}/join`, headers: member?.own ?? {}, body: {}, status: 200 },
    {
      operation: "POST /parties/{code}/leave",
      path: `${path}/leave`,
      headers: leaver?.own ?? {},
      body: {},
      status: 200,
    },
    {
      operation: "DELETE /parties/{code}",
      path: `/parties/${ending.party.code}`,
      headers: ending.members[0]?.own ?? {},
      status: 200,
    },
  ];
}

async function answerTo({ operation, path, headers = {}, body }: Call, lost: LostDatabase) {
  const init: RequestInit = { method: operation.split(" ")[0] ?? "GET", headers };
  if (body !== undefined) {
    init.headers = { ...headers, "content-type": "application/json" };
    init.body = JSON.stringify(body);
  }
  const startedMs = Date.now();
  const answer = await fetchWith({ DB: lost.db }, path, init);
  return { ...answer, tookMs: Date.now() - startedMs };
}

describe.each<[Loss, string]>([
  ["fail", "LAS"],
  ["hang", "LAN"],
])("while D1 does nothing but %s", (loss, region) => {
  it("every operation is answered in time, as documented, and with a time to come back where it needs D1", async () => {
    const calls = await everyCall(region);
    expect([...new Set(calls.map(({ operation }) => operation))].toSorted()).toEqual([...operations.keys()].toSorted());
    const lost = new LostDatabase(env.DB, loss);
    // Each waits for its own time limit: nobody has found out yet that D1 does not answer.
    const answers = await Promise.all(calls.map(async (call) => ({ call, answer: await answerTo(call, lost) })));
    const seen = answers.map(({ call, answer }) => `${call.operation} ${call.path}: ${answer.status}`);
    expect(seen).toEqual(calls.map(({ operation, path, status }) => `${operation} ${path}: ${status}`));
    for (const { call, answer } of answers) {
      expect([call.operation, operations.get(call.operation)]).toEqual([
        call.operation,
        expect.arrayContaining([String(answer.status)]),
      ]);
      expect([call.operation, answer.tookMs < ANSWERED_WITHIN_MS]).toEqual([call.operation, true]);
      if (answer.status !== 503) continue;
      expect(answer.body).toMatchObject({ type: "urn:muster:problem:database_unavailable" });
      expect([call.operation, Number(answer.headers.get("retry-after")) > 0]).toEqual([call.operation, true]);
    }
  });
});
