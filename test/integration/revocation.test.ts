import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { bearer, enqueue, expectProblem, fetchWith, get, KEY, post, register, remove } from "./http-support.ts";
import { aCall, regionObject, restart } from "./region-support.ts";
import { connectWith, Listener, listeningPlayers, socketHeaders } from "./socket-support.ts";

function revoke(playerId: string, body: object = {}) {
  return post(`/players/player/${playerId}/revoke`, body, KEY);
}

function letIn(playerId: string) {
  return remove(`/players/player/${playerId}/revoke`, KEY);
}

test("a revoked player's token opens nothing any more, and says why", async () => {
  const { player_id, access_token } = await register("EUW");
  const { status, body } = await revoke(player_id);
  expect(status).toBe(200);
  expect(body).toMatchObject({ status: "revoked", player_id, is_locked_out: true, tokens_from: expect.any(String) });
  for (const path of [`/matchmaking/queue/${player_id}`, "/players/leaderboard"]) {
    const answer = await get(path, bearer(access_token));
    expectProblem(answer, 403, "player_revoked");
    expect(answer.body).toMatchObject({ player_ids: [player_id] });
  }
  expectProblem(await post("/players/token", {}, bearer(access_token)), 403, "player_revoked");
  expect((await connectWith(socketHeaders(access_token))).status).toBe(403);
});

test("a locked-out player cannot be queued by the system either, alone or with others", async () => {
  const [banned, friend] = [await register("EUNE"), await register("EUNE")];
  await revoke(banned.player_id);
  expectProblem(await enqueue(banned.player_id), 403, "player_revoked");
  const together = await enqueue(friend.player_id, { party: [friend.player_id, banned.player_id] });
  expectProblem(together, 403, "player_revoked");
  expect(together.body).toMatchObject({ player_ids: [banned.player_id] });
  expectProblem(await post("/parties", { player_id: banned.player_id }, KEY), 403, "player_revoked");
});

test("a locked-out player gets no token until let in again, and then only new ones are good", async () => {
  const { player_id, access_token } = await register("NA");
  await revoke(player_id);
  expectProblem(await post(`/players/player/${player_id}/token`, {}, KEY), 409, "player_locked_out");
  expect((await letIn(player_id)).body).toMatchObject({ status: "let_in", is_locked_out: false });
  expectProblem(await get(`/matchmaking/queue/${player_id}`, bearer(access_token)), 401, "invalid_credentials");
  const fresh = await post<{ access_token: string }>(`/players/player/${player_id}/token`, {}, KEY);
  expect((await get(`/matchmaking/queue/${player_id}`, bearer(fresh.body.access_token))).status).toBe(200);
  expect((await enqueue(player_id)).status).toBe(200);
});

test("without a lock-out only the tokens there are become void, and the next one works at once", async () => {
  const { player_id, access_token } = await register("CHN");
  expect((await revoke(player_id, { lock_out: false })).body).toMatchObject({ is_locked_out: false });
  expectProblem(await get(`/matchmaking/queue/${player_id}`, bearer(access_token)), 401, "invalid_credentials");
  expectProblem(await post("/players/token", {}, bearer(access_token)), 401, "invalid_credentials");
  const fresh = await post<{ access_token: string }>(`/players/player/${player_id}/token`, {}, KEY);
  expect((await get(`/matchmaking/queue/${player_id}`, bearer(fresh.body.access_token))).status).toBe(200);
  await Listener.connect(fresh.body.access_token);
});

test("a revoked player's sockets are closed, their ticket ends, and the others on it hear so", async () => {
  const [banned, mate] = await listeningPlayers("JPN", 2);
  if (banned === undefined || mate === undefined) throw new Error("two players");
  await enqueue(mate.player_id, { party: [mate.player_id, banned.player_id] });
  await mate.listener.hear("queue.joined");
  await revoke(banned.player_id);
  expect(await banned.listener.closed()).toMatchObject({ code: 4007 });
  expect(await mate.listener.hear("queue.left")).toMatchObject({ reason: "cancelled", by: null, cool_down: null });
  expect((await get(`/matchmaking/queue/${mate.player_id}`, KEY)).body).toMatchObject({ enqueued: false });
  expect(mate.listener.closing).toBeNull();
});

test("a revoked player leaves their party, and the next one leads it", async () => {
  const [banned, mate] = [await register("KR"), await register("KR")];
  const { body: party } = await post<{ code: string }>("/parties", {}, bearer(banned.access_token));
  await post(`/parties/${party.code}/join`, {}, bearer(mate.access_token));
  await revoke(banned.player_id);
  const after = await get(`/parties/${party.code}`, bearer(mate.access_token));
  expect(after.body).toMatchObject({ leader_id: mate.player_id, members: [{ player_id: mate.player_id }] });
});

test("the region refuses by itself, after a restart too, whatever D1 says", async () => {
  const { player_id, access_token } = await register("OCE");
  await revoke(player_id);
  await env.DB.prepare("DELETE FROM revocations WHERE player_id = ?").bind(player_id).run();
  await restart("OCE");
  const outcome = await regionObject("OCE").enqueue(aCall(player_id));
  expect(outcome).toMatchObject({ ok: false, refusal: { reason: "player_revoked", playerIds: [player_id] } });
  expect(access_token).not.toBe("");
});

test("a telling that is older than what the region knows changes nothing", async () => {
  const { player_id } = await register("BR");
  const region = regionObject("BR");
  const now = { playerId: player_id, tokensFromMs: 2_000, isLockedOut: true, changedAtMs: 20 };
  await region.revoke(now);
  await region.revoke({ ...now, isLockedOut: false, changedAtMs: 10 });
  expect(await region.enqueue(aCall(player_id))).toMatchObject({ ok: false });
  await region.revoke({ ...now, isLockedOut: false, changedAtMs: 21 });
  expect(await region.enqueue(aCall(player_id))).toMatchObject({ ok: true });
});

test("of revocations that race, every part ends with the one that D1 has", async () => {
  const { player_id } = await register("LAS");
  await Promise.all(Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? revoke(player_id) : letIn(player_id))));
  const isLockedOut = await env.DB.prepare("SELECT is_locked_out FROM revocations WHERE player_id = ?")
    .bind(player_id)
    .first("is_locked_out");
  const outcome = await regionObject("LAS").enqueue(aCall(player_id));
  expect(outcome.ok).toBe(isLockedOut === 0);
});

test("a registration that is repeated gives no token to a player whose tokens were taken back", async () => {
  const headers = { "x-idempotency-key": crypto.randomUUID() };
  const { body } = await post<{ player_id: string }>("/players/register", { username: "eve" }, headers);
  await revoke(body.player_id, { lock_out: false });
  const again = await post("/players/register", { username: "eve" }, headers);
  expectProblem(again, 403, "player_revoked");
});

test("only the system revokes, and only players who exist", async () => {
  const { player_id, access_token } = await register();
  expectProblem(await post(`/players/player/${player_id}/revoke`, {}, bearer(access_token)), 403, "system_only");
  expectProblem(await remove(`/players/player/${player_id}/revoke`, bearer(access_token)), 403, "system_only");
  expectProblem(await revoke("nobody"), 404, "unknown_player");
  expectProblem(await revoke(player_id, { lock_out: "yes" }), 422, "invalid_input");
});

test.each([
  ["closed", "EUNE"],
  ["no longer configured", ""],
])("a player whose region is %s is revoked all the same, and stays so when it opens again", async (_, closed) => {
  const { player_id, access_token } = await register("EUNE");
  const regions = { REGIONS: "EUW NA", CLOSED_REGIONS: closed };
  const init = { method: "POST", headers: KEY };
  const answer = await fetchWith(regions, `/players/player/${player_id}/revoke`, init);
  expect([answer.status, answer.body.is_locked_out]).toEqual([200, true]);
  expectProblem(await fetchWith({}, "/players/leaderboard", { headers: bearer(access_token) }), 403, "player_revoked");
});

test("to let somebody in who was never shut out changes nothing", async () => {
  const { player_id, access_token } = await register();
  expect((await letIn(player_id)).body).toEqual({
    status: "let_in",
    player_id,
    is_locked_out: false,
    tokens_from: null,
  });
  expect((await get(`/matchmaking/queue/${player_id}`, bearer(access_token))).status).toBe(200);
});
