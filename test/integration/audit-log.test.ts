import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { keyIdOf } from "../../src/http/auth/api-keys.ts";
import {
  bearer,
  brokenDatabase,
  enqueue,
  expectProblem,
  fetchWith,
  get,
  KEY,
  post,
  register,
  remove,
} from "./http-support.ts";

interface Entry {
  readonly entry_id: string;
  readonly at: string;
  readonly key_id: string;
  readonly action: string;
  readonly target: string;
  readonly request_id: string;
}

async function entriesOf(target: string): Promise<Entry[]> {
  const { body } = await get<Entry[]>("/audit-log?limit=100", KEY);
  return body.filter((entry) => entry.target === target);
}

test("what the system orders is written down with key, target and request", async () => {
  const { player_id } = await register();
  const answer = await post(`/players/player/${player_id}/revoke`, {}, KEY);
  await remove(`/players/player/${player_id}/revoke`, KEY);
  await post(`/players/player/${player_id}/revoke`, { lock_out: false }, KEY);
  await post(`/players/player/${player_id}/token`, {}, KEY);
  const entries = await entriesOf(player_id);
  expect(entries.map(({ action }) => action)).toEqual([
    "token_issued",
    "player_tokens_voided",
    "player_let_in",
    "player_revoked",
  ]);
  expect(entries.at(-1)).toMatchObject({
    key_id: keyIdOf("dev"),
    request_id: answer.headers.get("x-request-id"),
    at: expect.stringMatching(/^20.*Z$/),
  });
});

test("a party that the system ends is written down, one that its leader ends is not", async () => {
  const { access_token } = await register("KR");
  const ended: string[] = [];
  for (const headers of [KEY, bearer(access_token)]) {
    const { body } = await post<{ code: string }>("/parties", {}, bearer(access_token));
    expect((await remove(`/parties/${body.code}`, headers)).status).toBe(200);
    ended.push(body.code);
  }
  const [bySystem = "", byLeader = ""] = ended;
  expect(await entriesOf(bySystem)).toMatchObject([{ action: "party_disbanded" }]);
  expect(await entriesOf(byLeader)).toEqual([]);
});

test("a redrive is written down before it is tried", async () => {
  const matchId = "01JBZ8M3T2X4V6C8B0N2M4K6H8-EUW";
  await post(`/matchmaking/match/${matchId}/redrive`, {}, KEY);
  expect(await entriesOf(matchId)).toMatchObject([{ action: "match_redriven" }]);
});

test("a redrive of many is written down with what it was asked for", async () => {
  await post("/matchmaking/matches/rating-failed/redrive?region=BR&failure=retries_exhausted", {}, KEY);
  expect(await entriesOf("BR retries_exhausted")).toMatchObject([{ action: "matches_redriven" }]);
  await post("/matchmaking/matches/rating-failed/redrive", {}, KEY);
  expect(await entriesOf("* *")).toMatchObject([{ action: "matches_redriven" }]);
});

test("nothing is done that cannot be written down", async () => {
  const { player_id } = await register();
  const { body: party } = await post<{ code: string }>("/parties", { player_id }, KEY);
  for (const [method, path] of [
    ["POST", `/players/player/${player_id}/token`],
    ["DELETE", `/parties/${party.code}`],
    ["POST", "/matchmaking/match/01JBZ8M3T2X4V6C8B0N2M4K6H8-EUW/redrive"],
    ["POST", "/matchmaking/matches/rating-failed/redrive"],
    ["POST", `/players/player/${player_id}/revoke`],
    ["DELETE", `/players/player/${player_id}/revoke`],
  ] as const) {
    expectProblem(
      await fetchWith({ DB: brokenDatabase() }, path, { method, headers: KEY }),
      503,
      "database_unavailable",
    );
  }
  expect((await get(`/parties/${party.code}`, KEY)).status).toBe(200);
});

test("game traffic writes no row", async () => {
  const { player_id } = await register();
  const count = () => env.DB.prepare("SELECT count(*) AS n FROM audit_log").first("n");
  const before = await count();
  await enqueue(player_id);
  await remove(`/matchmaking/queue/${player_id}`, KEY);
  expect(await count()).toBe(before);
});

test("it is read in pages, newest first, each entry once", async () => {
  const { player_id } = await register();
  for (let index = 0; index < 5; index += 1) await post(`/players/player/${player_id}/token`, {}, KEY);
  const { body: all } = await get<Entry[]>("/audit-log?limit=100", KEY);
  const paged: Entry[] = [];
  for (;;) {
    const last = paged.at(-1);
    const { body } = await get<Entry[]>(
      `/audit-log?limit=2${last === undefined ? "" : `&cursor=${last.entry_id}`}`,
      KEY,
    );
    if (body.length === 0) break;
    paged.push(...body);
  }
  expect(paged).toEqual(all);
  expect(all.map(({ entry_id }) => entry_id)).toEqual(
    all
      .map(({ entry_id }) => entry_id)
      .toSorted()
      .toReversed(),
  );
});

test("only the system reads it, and no cursor but its own is taken", async () => {
  const { access_token } = await register();
  expectProblem(await get("/audit-log"), 401, "credentials_needed");
  expectProblem(await get("/audit-log", bearer(access_token)), 403, "system_only");
  expectProblem(await get("/audit-log?cursor=' OR 1", KEY), 422, "invalid_input");
});
