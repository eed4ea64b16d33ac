import { listDurableObjectIds } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { enqueue, expectProblem, fetchWith, get, KEY, post, postText, remove } from "./http-support.ts";
import { aParty, type PartyView, playerIds, somebody } from "./party-support.ts";

test("a player makes a party, another joins, both see it, and outsiders do not", async () => {
  const [ann, bob, eve] = [await somebody("NA"), await somebody("NA"), await somebody("NA")];
  const made = await post<PartyView>("/parties", {}, ann.own);
  expect(made.body).toMatchObject({
    code: expect.stringMatching(/^NA-[0-9A-HJKMNP-TV-Z]{10}$/),
    leader_id: ann.id,
    members: [{ player_id: ann.id, roles: null }],
    region: "NA",
  });
  const hoursLeft = (Date.parse(made.body.expires_at) - Date.now()) / 3_600_000;
  expect(hoursLeft).toBeGreaterThan(3.9);
  expect(hoursLeft).toBeLessThanOrEqual(4.01);

  const path = `/parties/${made.body.code}`;
  const joined = await post<PartyView>(`${path}/join`, {}, bob.own);
  expect(playerIds(joined.body)).toEqual([ann.id, bob.id]);
  for (const headers of [ann.own, bob.own, KEY]) expect((await get(path, headers)).body).toEqual(joined.body);
  expectProblem(await get(path, eve.own), 404, "unknown_party");
  expectProblem(await get(path), 401, "credentials_needed");
});

test("a code is read in either case, with the letters that look like digits", async () => {
  const { party, members } = await aParty("NA", 1);
  const [region = "", secret = ""] = party.code.split("-");
  const typed = `${region}-${secret.replaceAll("0", "o").replaceAll("1", "l")}`.toLowerCase();
  expect((await get(`/parties/${typed}`, members[0]?.own)).body).toEqual(party);
});

test("the system makes, fills, empties and disbands a party for its players", async () => {
  const [ann, bob] = [await somebody("NA"), await somebody("NA")];
  const made = await post<PartyView>("/parties", { player_id: ann.id }, KEY);
  const path = `/parties/${made.body.code}`;
  expect((await post(`${path}/join`, { player_id: bob.id }, KEY)).status).toBe(200);
  expect((await post(`${path}/leave`, { player_id: ann.id }, KEY)).body).toEqual({
    status: "left",
    code: made.body.code,
    player_id: ann.id,
  });
  expect((await get<PartyView>(path, KEY)).body.leader_id).toBe(bob.id);
  expect((await remove(path, KEY)).body).toEqual({ status: "disbanded", code: made.body.code });
  expectProblem(await get(path, KEY), 404, "unknown_party");
});

test("making a party twice gives the same one; a member of a larger one is told which", async () => {
  const { party, members } = await aParty("NA", 1);
  const [ann] = members;
  expect((await post("/parties", {}, ann?.own)).body).toEqual(party);
  await post(`/parties/${party.code}/join`, {}, (await somebody("NA")).own);
  const again = await post("/parties", {}, ann?.own);
  expectProblem(again, 409, "in_party");
  expect(again.body.party_code).toBe(party.code);
});

describe("joining", () => {
  test("is refused to somebody who waits, or is in another party", async () => {
    const { party } = await aParty("OCE", 1);
    const waiting = await somebody("OCE");
    await enqueue(waiting.id);
    expectProblem(await post(`/parties/${party.code}/join`, {}, waiting.own), 409, "in_queue");
    expectProblem(await post("/parties", {}, waiting.own), 409, "in_queue");
    const other = await aParty("OCE", 1);
    expectProblem(await post(`/parties/${party.code}/join`, {}, other.members[0]?.own), 409, "in_party");
  });

  test("is refused to a player of another region, who is named", async () => {
    const { party } = await aParty("OCE", 1);
    const foreigner = await somebody("BR");
    const answer = await post(`/parties/${party.code}/join`, {}, foreigner.own);
    expectProblem(answer, 422, "party_in_other_region");
    expect(answer.body.player_ids).toEqual([foreigner.id]);
  });

  test("is refused to more than the largest ticket of any mode", async () => {
    const { party } = await aParty("OCE", 5);
    const answer = await post(`/parties/${party.code}/join`, {}, (await somebody("OCE")).own);
    expectProblem(answer, 409, "party_full");
    expect(answer.body.detail).toContain("5");
  });

  test("is refused to unknown players", async () => {
    const { party } = await aParty("OCE", 1);
    expectProblem(await post(`/parties/${party.code}/join`, { player_id: "nobody" }, KEY), 404, "unknown_player");
    expectProblem(await post("/parties", { player_id: "nobody" }, KEY), 404, "unknown_player");
  });
});

test("a player acts for themselves only, and the system has to say for whom", async () => {
  const { party, members } = await aParty("JPN", 1);
  const eve = await somebody("JPN");
  const forAnn = { player_id: members[0]?.id };
  for (const path of ["/parties", `/parties/${party.code}/join`, `/parties/${party.code}/leave`]) {
    expectProblem(await post(path, forAnn, eve.own), 403, "not_your_player");
    const unsaid = await post(path, {}, KEY);
    expectProblem(unsaid, 422, "invalid_input");
    expect(unsaid.body.errors).toMatchObject([{ pointer: "/player_id" }]);
    expectProblem(await post(path, {}), 401, "credentials_needed");
  }
  expectProblem(await remove(`/parties/${party.code}`, eve.own), 404, "unknown_party");
  expectProblem(await post(`/parties/${party.code}/leave`, {}, eve.own), 404, "unknown_party");
});

test("a token needs no body, and a body of another type is not taken for none", async () => {
  const ann = await somebody("JPN");
  const overProxy = { method: "POST", headers: (await somebody("JPN")).own, body: new Blob([]).stream() };
  expect((await fetchWith<PartyView>({}, "/parties", overProxy)).status).toBe(200);
  const made = await fetchWith<PartyView>({}, "/parties", { method: "POST", headers: ann.own });
  expect(made.body.leader_id).toBe(ann.id);
  const path = `/parties/${made.body.code}/join`;
  const form = { ...(await somebody("JPN")).own, "content-type": "application/x-www-form-urlencoded" };
  expectProblem(await postText(path, "roles=tank", form), 415, "unsupported_media_type");
  expectProblem(await postText(path, "{", ann.own), 400, "malformed_json");
});

test.each([
  ["player_id", { player_id: 7 }],
  ["roles", { roles: "tank" }],
  ["roles", { roles: [] }],
  ["roles/0", { roles: [7] }],
  ["roles/0", { roles: ["sorcerer"] }],
])("a member with a fault at /%s is refused", async (pointer, body) => {
  const { party } = await aParty("JPN", 1);
  const eve = await somebody("JPN");
  for (const path of ["/parties", `/parties/${party.code}/join`]) {
    const answer = await post(path, body, eve.own);
    expectProblem(answer, 422, "invalid_input");
    expect(answer.body.errors).toMatchObject([{ pointer: `/${pointer}` }]);
  }
});

test.each([
  "EUW-0000000000",
  "ATLANTIS-7K3M9XQ2TD",
  "EUW",
  "EUW-",
  "EUW-7K3M",
  "-7K3M9XQ2TD",
  "%00",
  "..%2F-EUW",
  "EUW-7K3M9XQ2T!",
])("the code %s is unknown to every call, and no object is made for it", async (code) => {
  const eve = await somebody("EUW");
  await get(`/matchmaking/queue/${eve.id}`, eve.own);
  const before = await listDurableObjectIds(env.REGION);
  expectProblem(await get(`/parties/${code}`, eve.own), 404, "unknown_party");
  expectProblem(await remove(`/parties/${code}`, KEY), 404, "unknown_party");
  expectProblem(await post(`/parties/${code}/join`, {}, eve.own), 404, "unknown_party");
  expectProblem(await post(`/parties/${code}/leave`, {}, eve.own), 404, "unknown_party");
  expect(await listDurableObjectIds(env.REGION)).toHaveLength(before.length);
});

test("the calls of a player are limited, those of the system are not", async () => {
  const { party, members } = await aParty("LAS", 1);
  const PLAYER_LIMIT: RateLimit = { limit: async () => ({ success: false }) };
  const changes = { ...env, RATE_LIMITS: "on", PLAYER_LIMIT };
  const path = `/parties/${party.code}`;
  expectProblem(await fetchWith(changes, path, { headers: members[0]?.own ?? {} }), 429, "rate_limited");
  expectProblem(
    await fetchWith(changes, "/parties", { method: "POST", headers: members[0]?.own ?? {} }),
    429,
    "rate_limited",
  );
  expect((await fetchWith(changes, path, { headers: KEY })).status).toBe(200);
});

test("a call for a player who moved goes to the new home", async () => {
  const ann = await somebody("EUNE");
  await env.DB.prepare("UPDATE players SET region = 'LAS' WHERE player_id = ?").bind(ann.id).run();
  const made = await post<PartyView>("/parties", {}, ann.own);
  expect(made.body.code).toMatch(/^LAS-/);
});
