import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { enqueue, expectProblem, get, KEY, post, remove } from "./http-support.ts";
import { aParty, type PartyView, somebody, statusOf } from "./party-support.ts";
import { alarmOf, eventually, regionObject, restart, tick } from "./region-support.ts";

describe("a queued party", () => {
  test("is one ticket of its leader's making, which every member sees and may cancel", async () => {
    const { party, members } = await aParty("CHN", 2);
    const [ann, bob] = members;
    const queued = await post("/matchmaking/queue", { player_id: ann?.id }, ann?.own);
    expect(queued.status).toBe(200);
    for (const member of members) {
      expect(await statusOf(member)).toMatchObject({
        enqueued: true,
        ticket_id: queued.body.ticket_id,
        party: { code: party.code, leader_id: ann?.id, players: [ann?.id, bob?.id] },
      });
    }
    const again = await post("/matchmaking/queue", { player_id: bob?.id }, bob?.own);
    expect(again.body.ticket_id).toBe(queued.body.ticket_id);
    expect((await remove(`/matchmaking/queue/${bob?.id}`, bob?.own)).body.status).toBe("dequeued");
    expect(await statusOf(ann)).toMatchObject({ enqueued: false, party: null });
  });

  test("is not begun by another member", async () => {
    const { party, members } = await aParty("CHN", 2);
    const bob = members[1];
    const answer = await post("/matchmaking/queue", { player_id: bob?.id }, bob?.own);
    expectProblem(answer, 409, "in_party");
    expect(answer.body.party_code).toBe(party.code);
    expect(await statusOf(bob)).toMatchObject({ enqueued: false });
  });

  test("takes nobody in, and is cancelled for all when somebody leaves", async () => {
    const { party, members } = await aParty("CHN", 2);
    const [ann, bob] = members;
    await post("/matchmaking/queue", { player_id: ann?.id, mode: "5v5" }, ann?.own);
    const late = await post(`/parties/${party.code}/join`, {}, (await somebody("CHN")).own);
    expectProblem(late, 409, "party_busy");
    expect(late.body.player_ids).toEqual([ann?.id, bob?.id]);
    expect((await post(`/parties/${party.code}/leave`, {}, bob?.own)).status).toBe(200);
    for (const member of members) expect(await statusOf(member)).toMatchObject({ enqueued: false });
    expectProblem(await get(`/parties/${party.code}`, bob?.own), 404, "unknown_party");
  });

  test("is cancelled when the leader disbands it", async () => {
    const { party, members } = await aParty("CHN", 2);
    const [ann, bob] = members;
    await post("/matchmaking/queue", { player_id: ann?.id }, ann?.own);
    expectProblem(await remove(`/parties/${party.code}`, bob?.own), 403, "not_the_leader");
    expect((await remove(`/parties/${party.code}`, ann?.own)).status).toBe(200);
    expect(await statusOf(bob)).toMatchObject({ enqueued: false });
  });

  test("that the mode does not take is refused with the sizes it takes, and not queued", async () => {
    const { members } = await aParty("CHN", 3);
    const [ann] = members;
    const answer = await post("/matchmaking/queue", { player_id: ann?.id, mode: "2v2" }, ann?.own);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ pointer: "/party", detail: expect.stringContaining("1, 2") }]);
    expect(await statusOf(ann)).toMatchObject({ enqueued: false });
  });

  test("plays on one team, takes nobody in while it plays, and is still there afterwards", async () => {
    const { party, members } = await aParty("KR", 2);
    const [ann, bob] = members;
    await post("/matchmaking/queue", { player_id: ann?.id }, ann?.own);
    for (const other of [await somebody("KR"), await somebody("KR")]) await enqueue(other.id);
    const matchId = await eventually(async () => {
      await tick("KR");
      return (await statusOf(bob)).match_id as string | null;
    });
    const { body } = await get<{ players: Record<string, { player_id: string }[]> }>(`/matchmaking/match/${matchId}`);
    const teams = Object.values(body.players).map((team) => team.map(({ player_id }) => player_id));
    expect(teams.filter((team) => team.includes(ann?.id ?? "") && team.includes(bob?.id ?? ""))).toHaveLength(1);

    const late = await post(`/parties/${party.code}/join`, {}, (await somebody("KR")).own);
    expectProblem(late, 409, "party_busy");
    const again = await post("/matchmaking/queue", { player_id: ann?.id }, ann?.own);
    expectProblem(again, 409, "party_member_busy");
    expect(again.body).toMatchObject({ player_ids: [ann?.id, bob?.id], match_id: matchId });
    await post(`/matchmaking/match/${matchId}/result`, { winner_team: "teamA" }, KEY);
    expect((await post("/matchmaking/queue", { player_id: ann?.id }, ann?.own)).status).toBe(200);
  });
});

test("a party's leader whom the system queued with somebody else has that ticket on asking again", async () => {
  const { members } = await aParty("OCE", 2);
  const [ann] = members;
  const queued = await enqueue(ann?.id ?? "", { party: [(await somebody("OCE")).id] });
  const again = await post("/matchmaking/queue", { player_id: ann?.id }, ann?.own);
  expect(again.status).toBe(200);
  expect(again.body.ticket_id).toBe(queued.body.ticket_id);
});

test("a party survives a restart and its members still queue together; it arms no alarm", async () => {
  const { party, members } = await aParty("LAN", 2);
  const [ann, bob] = members;
  expect(await alarmOf("LAN")).toBeNull();
  await restart("LAN");
  expect((await get(`/parties/${party.code}`, bob?.own)).body).toEqual(party);
  await post("/matchmaking/queue", { player_id: ann?.id }, ann?.own);
  await restart("LAN");
  expect(await statusOf(bob)).toMatchObject({ enqueued: true, party: { code: party.code, leader_id: ann?.id } });
});

test("a party with a member who moved away is not queued, and says who", async () => {
  const { members } = await aParty("LAS", 2);
  const [ann, bob] = members;
  await env.DB.prepare("UPDATE players SET region = 'BR' WHERE player_id = ?")
    .bind(bob?.id ?? "")
    .run();
  await restart("LAS");
  const answer = await post("/matchmaking/queue", { player_id: ann?.id }, ann?.own);
  expectProblem(answer, 422, "party_in_other_region");
  expect(answer.body.player_ids).toEqual([bob?.id]);
});

test("a party is one row, which goes with it", async () => {
  const rows = () =>
    runInDurableObject(regionObject("BR"), (_, state) => state.storage.sql.exec("SELECT * FROM parties").toArray());
  const { party, members } = await aParty("BR", 2);
  expect(await rows()).toMatchObject([{ code: party.code, expires_at_ms: Date.parse(party.expires_at) }]);
  await remove(`/parties/${party.code}`, members[0]?.own);
  expect(await rows()).toEqual([]);
});

test("members who said their roles on joining are queued with them, the leader with those of the call", async () => {
  const [ann, bob] = [await somebody("EUNE"), await somebody("EUNE")];
  const made = await post<PartyView>("/parties", {}, ann.own);
  const joined = await post<PartyView>(`/parties/${made.body.code}/join`, { roles: ["healer", "healer"] }, bob.own);
  expect(joined.body.members).toEqual([
    { player_id: ann.id, roles: null },
    { player_id: bob.id, roles: ["healer"] },
  ]);
  const constraints = { roles: ["tank"], attributes: { build: "1.4.2" } };
  const queued = await post("/matchmaking/queue", { player_id: ann.id, mode: "hunt", constraints }, ann.own);
  expect(queued.status).toBe(200);
  const state = await regionObject("EUNE").stateOf(bob.id);
  expect(state.type === "queued" && state.ticket.players).toMatchObject([{ roles: ["tank"] }, { roles: ["healer"] }]);
});
