import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
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
import { eventually, restart, tick } from "./region-support.ts";
import { registerPlayers } from "./results-support.ts";

interface Status {
  readonly enqueued: boolean;
  readonly ticket_id: string | null;
  readonly match_id: string | null;
  readonly party: { code: string | null; leader_id: string | null; players: string[] } | null;
}

async function statusOf(playerId: string | undefined): Promise<Status> {
  return (await get<Status>(`/matchmaking/queue/${playerId}`, KEY)).body;
}

/** Players who are registered in a region and known by name. */
async function players<const Names extends readonly string[]>(
  region: string,
  ...names: Names
): Promise<Record<Names[number], string>> {
  const ids = await registerPlayers(names.length, region);
  return Object.fromEntries(names.map((name, index) => [name, ids[index]])) as Record<Names[number], string>;
}

test("the system queues several players as one ticket, with everybody's rating", async () => {
  const { ann, bob } = await players("NA", "ann", "bob");
  await env.DB.prepare("INSERT INTO ratings VALUES (?, '2v2', 31, 2, 25, 9, 5, 3, 0)").bind(bob).run();
  const queued = await enqueue(ann, { party: [ann, bob] });
  expect(queued.body).toMatchObject({ status: "enqueued", player_id: ann, region: "NA", mode: "2v2" });
  for (const playerId of [ann, bob]) {
    expect(await statusOf(playerId)).toMatchObject({
      enqueued: true,
      ticket_id: queued.body.ticket_id,
      party: { code: null, leader_id: null, players: [ann, bob] },
    });
  }
  const state = await env.REGION.getByName("NA").stateOf(ann);
  expect(state.type === "queued" && state.ticket.players).toMatchObject([
    { playerId: ann, mu: 25 },
    { playerId: bob, mu: 31, sigma: 2 },
  ]);
});

test("the player who is named apart is added to the list", async () => {
  const { ann, bob } = await players("NA", "ann", "bob");
  await enqueue(ann, { party: [bob] });
  expect((await statusOf(bob)).party?.players).toEqual([ann, bob]);
});

test("the same players queued again have the same ticket and place, in whatever order, also without the database", async () => {
  const { ann, bob } = await players("NA", "ann", "bob");
  const first = await enqueue(ann, { party: [ann, bob] });
  expect((await enqueue(ann, { party: [bob, ann] })).body).toEqual(first.body);
  expect((await enqueue(ann, { party: [bob] })).body).toEqual(first.body);
  const init = { method: "POST", headers: { ...KEY, "content-type": "application/json" } };
  const body = JSON.stringify({ player_id: ann, party: [ann, bob] });
  const again = await fetchWith({ DB: brokenDatabase() }, "/matchmaking/queue", { ...init, body });
  expect(again.body).toEqual(first.body);
  expectProblem(await enqueue(ann, { party: [ann, bob], mode: "5v5" }), 409, "queued_in_other_mode");
});

test("any member's cancel ends the ticket for all", async () => {
  const { ann, bob } = await players("NA", "ann", "bob");
  await enqueue(ann, { party: [ann, bob] });
  expect((await remove(`/matchmaking/queue/${bob}`, KEY)).body).toEqual({ status: "dequeued", player_id: bob });
  expect(await statusOf(ann)).toMatchObject({ enqueued: false, party: null });
});

test("two parties are matched whole, each on one team, and both can be queued again after the result", async () => {
  const { ann, bob, cay, dan } = await players("OCE", "ann", "bob", "cay", "dan");
  const parties = [
    [ann, bob],
    [cay, dan],
  ];
  for (const party of parties) await enqueue(party[0] ?? "", { party });
  const matchId = await eventually(async () => {
    await tick("OCE");
    return (await statusOf(ann)).match_id;
  });
  const match = await get<{ players: Record<string, { player_id: string }[]> }>(`/matchmaking/match/${matchId}`);
  const teams = Object.values(match.body.players).map((team) => team.map(({ player_id }) => player_id).toSorted());
  expect(teams.toSorted()).toEqual(parties.map((party) => party.toSorted()).toSorted());

  const busy = await enqueue(ann, { party: [ann, bob], release: true });
  expectProblem(busy, 409, "party_member_busy");
  expect(busy.body).toMatchObject({ player_ids: [ann, bob], match_id: matchId });
  await post(`/matchmaking/match/${matchId}/result`, { winner_team: "teamA" }, KEY);
  expect((await enqueue(ann, { party: [ann, bob] })).status).toBe(200);
});

test("if anybody waits elsewhere nobody is queued, and the answer names them", async () => {
  const { ann, bob, cay } = await players("KR", "ann", "bob", "cay");
  await enqueue(bob);
  const before = await statusOf(bob);
  for (const extra of [{}, { release: true }]) {
    const answer = await enqueue(ann, { party: [ann, bob, cay], mode: "5v5", ...extra });
    expectProblem(answer, 409, "party_member_busy");
    expect(answer.body.player_ids).toEqual([bob]);
  }
  expect([(await statusOf(ann)).enqueued, (await statusOf(cay)).enqueued]).toEqual([false, false]);
  expect((await statusOf(bob)).ticket_id).toBe(before.ticket_id);
});

test("part of a waiting party is not that party", async () => {
  const { ann, bob, cay } = await players("KR", "ann", "bob", "cay");
  await enqueue(ann, { party: [ann, bob, cay], mode: "5v5" });
  expectProblem(await enqueue(ann, { party: [ann, bob], mode: "5v5" }), 409, "party_member_busy");
});

test("so are they when the one who is named waits already: nobody is sent after another player's region", async () => {
  const { ann } = await players("JPN", "ann");
  const { eve } = await players("BR", "eve");
  await enqueue(ann, { mode: "5v5" });
  const answer = await enqueue(ann, { party: [ann, eve], mode: "5v5" });
  expectProblem(answer, 422, "party_in_other_region");
  expect(answer.body).toMatchObject({ player_ids: [eve] });
});

test("players of other regions are refused by name", async () => {
  const { ann, bob } = await players("JPN", "ann", "bob");
  const { eve } = await players("BR", "eve");
  const answer = await enqueue(ann, { party: [ann, bob, eve], mode: "5v5" });
  expectProblem(answer, 422, "party_in_other_region");
  expect(answer.body.player_ids).toEqual([eve]);
  expect((await statusOf(ann)).enqueued).toBe(false);
});

test("unknown players are refused by name", async () => {
  const { ann } = await players("JPN", "ann");
  const answer = await enqueue(ann, { party: [ann, "nobody"] });
  expectProblem(answer, 404, "unknown_player");
  expect(answer.body.player_ids).toEqual(["nobody"]);
  const none = await enqueue("nobody", { party: [ann] });
  expectProblem(none, 404, "unknown_player");
  expect(none.body.player_ids).toEqual(["nobody"]);
});

test.each([
  ["2v2", 3, "1, 2"],
  ["1v1", 2, "1"],
  ["5v5", 6, "1, 2, 3, 4, 5"],
])("%s takes no party of %i, and says which sizes it takes", async (mode, size, sizes) => {
  const party = await registerPlayers(size, "CHN");
  const answer = await enqueue(party[0] ?? "", { party, mode });
  expect(answer.status).toBe(422);
  expect(answer.body.errors).toMatchObject([{ pointer: "/party", detail: expect.stringContaining(sizes) }]);
  expect((await statusOf(party[1])).enqueued).toBe(false);
});

test.each([
  ["party/2", ["ann", "bob", "ann"]],
  ["party", []],
  ["party", "ann"],
  ["party/0", [""]],
  ["party/1", ["ann", 7]],
  ["party", Array.from({ length: 65 }, (_, index) => `p${index}`)],
])("a list with a fault at /%s is refused", async (pointer, party) => {
  const answer = await enqueue("ann", { party });
  expectProblem(answer, 422, "invalid_input");
  expect(answer.body.errors).toMatchObject([{ pointer: `/${pointer}` }]);
});

test("a player's token puts nobody into line but the player", async () => {
  const { player_id, access_token } = await register("CHN");
  const { bob } = await players("CHN", "bob");
  const body = { player_id, party: [player_id, bob] };
  expectProblem(await post("/matchmaking/queue", body, bearer(access_token)), 403, "system_only");
});

test("a party's ticket survives a restart", async () => {
  const { ann, bob } = await players("LAS", "ann", "bob");
  await enqueue(ann, { party: [ann, bob] });
  const before = await statusOf(bob);
  await restart("LAS");
  const { ticket_id, party } = await statusOf(bob);
  expect({ ticket_id, party }).toEqual({ ticket_id: before.ticket_id, party: before.party });
});

test("a region whose ratings cannot be read says so, and queues nobody", async () => {
  const { ann, bob } = await players("LAN", "ann", "bob");
  await env.DB.prepare("ALTER TABLE ratings RENAME TO ratings_away").run();
  try {
    expectProblem(await enqueue(ann, { party: [ann, bob] }), 503, "profile_unavailable");
  } finally {
    await env.DB.prepare("ALTER TABLE ratings_away RENAME TO ratings").run();
  }
  expect((await statusOf(ann)).enqueued).toBe(false);
});
