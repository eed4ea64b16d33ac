import { afterAll, beforeAll, expect, it } from "vitest";
import type { MatchBody } from "./stack.ts";
import { eventually, playersOf, Stack } from "./stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start();
});
afterAll(() => stack.stop());

it("a SIGKILL loses no ticket, no live match and no unrated result", async () => {
  const [waiting = "", ...others] = await stack.registerPlayers(9, "EUW");
  await stack.queue(others.slice(0, 4));
  const live = await stack.matchOf(others.slice(0, 4));
  await stack.queue(others.slice(4));
  const reported = await stack.matchOf(others.slice(4));
  await stack.queue([waiting]);
  const place = await stack.get<{ enqueued_at: string }>(`/matchmaking/queue/${waiting}`);
  await stack.post(`/matchmaking/match/${reported.match_id}/result`, { winner_team: "teamA" });

  await stack.killAndRestart();

  expect(await stack.get(`/matchmaking/queue/${waiting}`)).toMatchObject({
    enqueued: true,
    enqueued_at: place.enqueued_at,
  });
  expect(await stack.get(`/matchmaking/match/${live.match_id}`)).toMatchObject({ status: "pending" });
  for (const playerId of others.slice(0, 4)) {
    expect(await stack.get(`/matchmaking/queue/${playerId}`)).toMatchObject({ match_id: live.match_id });
  }
  await stack.matchWithStatus(reported.match_id, "finished");

  await stack.post(`/matchmaking/match/${live.match_id}/result`, { winner_team: "teamB" });
  await stack.killAndRestart();
  await stack.matchWithStatus(live.match_id, "finished");
});

it("a SIGKILL while players queue leaves everybody acknowledged in line or in one match that can be finished", async () => {
  const players = await stack.registerPlayers(16, "KR");
  const queued = players.map((player_id) => stack.post("/matchmaking/queue", { player_id }).then(() => player_id));
  await Promise.race(queued);
  await stack.killAndRestart();
  const acknowledged = (await Promise.allSettled(queued)).flatMap((one) =>
    one.status === "fulfilled" ? [one.value] : [],
  );
  expect(acknowledged.length).toBeGreaterThan(0);
  for (const playerId of acknowledged) {
    const { state } = await stack.get<{ state: string | null }>(`/matchmaking/queue/${playerId}`);
    expect(["queued", "matched"]).toContain(state);
  }

  // Whoever got no answer asks again: the same ticket, or the match it became.
  await Promise.allSettled(players.map((player_id) => stack.post("/matchmaking/queue", { player_id })));
  const matches = await eventually(async () => {
    const latest = await stack.get<MatchBody[]>("/matchmaking/matches/latest?limit=50");
    const here = latest.filter(({ region }) => region === "KR");
    return here.length === 4 ? here : null;
  });
  expect(new Set(matches.flatMap(playersOf))).toEqual(new Set(players));
  for (const { match_id } of matches) {
    await stack.post(`/matchmaking/match/${match_id}/result`, { winner_team: "teamA" });
    await stack.matchWithStatus(match_id, "finished");
  }
});
