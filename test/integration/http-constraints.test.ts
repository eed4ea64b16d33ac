import { expect, test } from "vitest";
import { enqueue, expectProblem, get, KEY, post, register, remove } from "./http-support.ts";
import { eventually, exportedMatch, restart, tick } from "./region-support.ts";

interface MatchBody {
  readonly match_id: string;
  readonly status: string;
  readonly players: Record<string, { readonly player_id: string; readonly role?: string | null }[]>;
  readonly attributes?: unknown;
  readonly locations?: unknown;
}

interface Status {
  readonly state: string | null;
  readonly match_id: string | null;
}

const BUILD = { attributes: { build: "1.4.2" } };

async function registeredPlayers(region: string, count: number): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, async () => (await register(region)).player_id));
}

async function statusOf(playerId: string): Promise<Status> {
  return (await get<Status>(`/matchmaking/queue/${playerId}`, KEY)).body;
}

async function matchOf(playerId: string, region: string): Promise<string> {
  return eventually(async () => {
    await tick(region);
    return (await statusOf(playerId)).match_id;
  });
}

function rolesByPlayer({ players }: MatchBody): Map<string, string | null | undefined> {
  return new Map(Object.values(players).flatMap((team) => team.map(({ player_id, role }) => [player_id, role])));
}

test("a match says who plays which role, and what its players agreed on, from its making to its rating", async () => {
  const region = "LAS";
  const players = await registeredPlayers(region, 6);
  const wishes: { readonly roles?: string[]; readonly latency_ms?: object; readonly attributes: object }[] = [
    { roles: ["tank"], latency_ms: { LAS: 20, BR: 60 }, attributes: { map: ["dust", "mirage"], build: "1.4.2" } },
    { roles: ["tank", "healer"], attributes: { map: ["mirage", "inferno"], build: "1.4.2" } },
    { roles: ["tank"], latency_ms: { LAS: 70, BR: 30, NA: 10 }, attributes: { build: "1.4.2", stakes: 20 } },
    { roles: ["healer"], attributes: { build: "1.4.2", crossplay: true, stakes: { min: 10, max: 50 } } },
    BUILD,
    BUILD,
  ];
  for (const [index, constraints] of wishes.entries()) {
    expect((await enqueue(players[index] ?? "", { mode: "hunt", constraints })).status).toBe(200);
  }
  const matchId = await matchOf(players[0] ?? "", region);
  const terms = {
    attributes: { map: ["mirage"], build: "1.4.2", crossplay: true, stakes: { min: 20, max: 20 } },
    locations: ["BR", "LAS"],
  };

  const made = await get<MatchBody>(`/matchmaking/match/${matchId}`);
  expect(made.body).toMatchObject({ status: "pending", ...terms });
  const rolesByTeam = Object.values(made.body.players).map((team) => team.map(({ role }) => role ?? "any").sort());
  expect(rolesByTeam).toEqual([
    ["any", "healer", "tank"],
    ["any", "healer", "tank"],
  ]);
  const roles = rolesByPlayer(made.body);
  for (const [index, { roles: offered }] of wishes.entries()) {
    expect([null, ...(offered ?? ["tank", "healer"])]).toContain(roles.get(players[index] ?? ""));
  }

  await exportedMatch(matchId, "pending");
  await restart(region);
  expect((await get(`/matchmaking/match/${matchId}`)).body).toEqual(made.body);
  const latest = await get<MatchBody[]>("/matchmaking/matches/latest?mode=hunt");
  expect(latest.body.find(({ match_id }) => match_id === matchId)).toEqual(made.body);

  await post(`/matchmaking/match/${matchId}/result`, { winner_team: "teamB" }, KEY);
  const finished = await eventually(async () => {
    const { body } = await get<MatchBody>(`/matchmaking/match/${matchId}`);
    return body.status === "finished" ? body : null;
  });
  expect(finished).toMatchObject(terms);
  expect(rolesByPlayer(finished)).toEqual(roles);
});

test("players of different builds never meet", async () => {
  const region = "LAN";
  const players = await registeredPlayers(region, 6);
  for (const [index, playerId] of players.entries()) {
    const constraints = { attributes: { build: index < 3 ? "1.4.2" : "1.5.0" } };
    expect((await enqueue(playerId, { mode: "hunt", constraints })).status).toBe(200);
  }
  const more = await registeredPlayers(region, 3);
  for (const playerId of more) await enqueue(playerId, { mode: "hunt", constraints: BUILD });
  const matchId = await matchOf(players[0] ?? "", region);
  const { body } = await get<MatchBody>(`/matchmaking/match/${matchId}`);
  const together = Object.values(body.players).flatMap((team) => team.map(({ player_id }) => player_id));
  expect(new Set(together)).toEqual(new Set([...players.slice(0, 3), ...more]));
  for (const playerId of players.slice(3)) expect((await statusOf(playerId)).state).toBe("queued");
});

test("a match of a mode without rules looks as it always did", async () => {
  const players = await registeredPlayers("BR", 4);
  for (const playerId of players) await enqueue(playerId);
  const { body } = await get<MatchBody>(`/matchmaking/match/${await matchOf(players[0] ?? "", "BR")}`);
  expect(Object.keys(body).toSorted()).toEqual([
    "created_at",
    "finished_at",
    "match_id",
    "mode",
    "placements",
    "players",
    "quality",
    "region",
    "reported_at",
    "status",
    "winner_team",
  ]);
  expect(Object.keys(body.players.teamA?.[0] ?? {})).toEqual(["player_id", "mu", "sigma"]);
});

test("a queued player sees why the search takes as long as it does", async () => {
  const [ann = "", bob = ""] = await registeredPlayers("JPN", 2);
  await enqueue(ann, { mode: "hunt", constraints: { attributes: { build: "1.4.2", map: ["dust"] } } });
  await enqueue(bob, { mode: "hunt", constraints: { attributes: { build: "1.4.2", map: ["mirage"] } } });
  const { body } = await get<Record<string, unknown>>(`/matchmaking/queue/${ann}`, KEY);
  expect(body).toMatchObject({
    state: "queued",
    estimated_wait_s: null,
    explain: {
      tolerance: expect.any(Number),
      tolerance_in: { "10": expect.any(Number), "30": expect.any(Number), "60": expect.any(Number) },
      compatible: 0,
      near_enough: 0,
      needed: 5,
      held_back_by: { rule: "map", excludes: 1 },
      relaxes_at: expect.stringMatching(/Z$/),
    },
  });
});

test.each<[mode: string, pointer: string, detail: string, constraints: Record<string, object>]>([
  ["hunt", "/constraints/attributes/build", "This mode needs it: all players of a match share it.", {}],
  [
    "hunt",
    "/constraints/attributes/site",
    "Known attributes: map, build, crossplay, stakes.",
    { attributes: { site: 1 } },
  ],
  ["2v2", "/constraints/attributes/map", "Known attributes: none.", { attributes: { map: ["dust"] } }],
  ["hunt", "/constraints/attributes/map/0", "One of dust, mirage, inferno.", { attributes: { map: ["moon"] } }],
  ["hunt", "/constraints/roles/0", "One of tank, healer.", { roles: ["mage"] }],
  ["2v2", "/constraints/roles", "This mode has no roles; leave it out.", { roles: ["tank"] }],
  ["2v2", "/constraints/latency_ms", "This mode looks at no latencies; leave it out.", { latency_ms: { EUW: 3 } }],
  [
    "hunt",
    "/constraints/latency_ms",
    "No location is within the mode's 80 ms; name at least one that is.",
    { latency_ms: { EUW: 200 } },
  ],
])("in %s a ticket is refused for %s: %s", async (mode, pointer, detail, constraints) => {
  const { player_id } = await register("EUW");
  const isComplete = mode !== "hunt" || pointer.endsWith("/build");
  const asked = isComplete
    ? constraints
    : { ...constraints, attributes: { ...BUILD.attributes, ...constraints.attributes } };
  const answer = await enqueue(player_id, { mode, constraints: asked });
  expectProblem(answer, 422, "invalid_constraints");
  expect(answer.body.errors).toEqual([{ pointer, detail }]);
  expect((await statusOf(player_id)).state).toBeNull();
});

test("a location that is none names the game's regions", async () => {
  const { player_id } = await register("EUW");
  const answer = await enqueue(player_id, { mode: "hunt", constraints: { ...BUILD, latency_ms: { MOON: 3 } } });
  expect(answer.body.errors).toEqual([
    {
      pointer: "/constraints/latency_ms/MOON",
      detail: "Known locations: EUW, EUNE, NA, CHN, JPN, KR, OCE, BR, LAS, LAN.",
    },
  ]);
});

test("a ticket cannot avoid its own player", async () => {
  const { player_id } = await register("EUW");
  const answer = await enqueue(player_id, { constraints: { avoid: ["somebody", player_id] } });
  expectProblem(answer, 422, "invalid_constraints");
  expect(answer.body.errors).toMatchObject([{ pointer: "/constraints/avoid/1" }]);
});

test("null stands for constraints that are not said", async () => {
  const { player_id } = await register("EUW");
  const constraints = { max_rating_gap: null, avoid: null, roles: null, latency_ms: null, attributes: null };
  expect((await enqueue(player_id, { constraints })).status).toBe(200);
  await remove(`/matchmaking/queue/${player_id}`, KEY);
});

test("the modes show their rules", async () => {
  const { body } = await get<Record<string, unknown>[]>("/modes");
  expect(body.find(({ name }) => name === "hunt")).toMatchObject({
    party_sizes: [1, 2, 3],
    points_per_second: 2,
    target_wait_s: null,
    equity: 0.8,
    overdue: { natural_waits: 6, least_s: 0, most_s: 30 },
    max_rating_gap: 30,
    roles: { tank: 1, healer: 1 },
    attributes: {
      map: { rule: "overlap", values: ["dust", "mirage", "inferno"] },
      build: { rule: "same" },
      crossplay: { rule: "same", default: true },
      stakes: { rule: "range", min: 0, max: 100 },
    },
    max_latency_ms: 80,
  });
  expect(body.find(({ name }) => name === "2v2")).toMatchObject({
    max_rating_gap: null,
    roles: {},
    attributes: {},
    max_latency_ms: null,
  });
});
