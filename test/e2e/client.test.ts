import { afterAll, beforeAll, expect, it } from "vitest";
import type { ServerMessage } from "../../client/index.ts";
import { HttpClient, MatchmakingClient } from "../../client/index.ts";
import { Stack } from "./stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start();
});
afterAll(() => stack.stop());

/** A player with a client that is connected, and all that it hears. */
async function aPlayer(username: string) {
  const { player_id, access_token } = await new HttpClient({ url: stack.url }).register({ username, region: "EUW" });
  const client = new MatchmakingClient({ url: stack.url, token: access_token, backoff: { longestMs: 500 } });
  const heard: ServerMessage[] = [];
  const read = async () => {
    for await (const message of client.messages()) heard.push(message);
  };
  const found = new Promise<string>((resolve) => client.once("match.found", ({ match }) => resolve(match.match_id)));
  const finished = new Promise((resolve) => client.once("match.finished", ({ rating }) => resolve(rating)));
  const reading = read();
  await client.connect();
  return { playerId: player_id, client, heard, reading, found, finished };
}

it("clients queue, lose the service, come back by themselves with nothing lost, and are matched and rated", async () => {
  const players = await Promise.all(["ada", "bob", "cay", "dan"].map(aPlayer));
  const [first, second, ...others] = players;
  if (first === undefined || second === undefined) throw new Error("no players");
  const { ticket_id } = await first.client.enqueue({ mode: "2v2" });
  await second.client.enqueue();

  const isDown = new Promise((resolve) => first.client.on("status", (status) => status === "waiting" && resolve(true)));
  const restarted = stack.killAndRestart();
  await isDown;
  const url = stack.url;
  const cancelled = second.client.cancel().catch((error: unknown) => error);
  await restarted;
  expect(stack.url).toBe(url);

  await Promise.all(players.map(({ client }) => client.connect()));
  expect(first.client.state?.queued?.ticket_id).toBe(ticket_id);
  // A restart may take longer than a call waits.
  expect(await cancelled).toMatchObject(
    second.client.state?.queued === null ? { outcome: "dequeued" } : { reason: "timeout" },
  );
  expect((await first.client.enqueue()).ticket_id).toBe(ticket_id);
  for (const { client } of [second, ...others]) await client.enqueue();

  const matchIds = await Promise.all(players.map(({ found }) => found));
  expect(new Set(matchIds).size).toBe(1);
  const [matchId = ""] = matchIds;
  expect(await first.client.cancel()).toMatchObject({ outcome: "matched", match: { match_id: matchId } });
  await expect(first.client.enqueue()).rejects.toMatchObject({ reason: "in_match", status: 409, matchId });

  const system = new HttpClient({ url: stack.url, apiKey: "dev" });
  await system.report(matchId, { winner_team: "teamA" });
  for (const { finished, client, heard, reading, playerId } of players) {
    const rating = await finished;
    const { mu, sigma, conservative_rating } = await system.player(playerId);
    expect(rating).toEqual({ mu, sigma, conservative_rating });
    expect(client.state).toMatchObject({ matched: null, last_match: { match: { match_id: matchId }, rating } });
    client.close();
    await reading;
    expect(heard.filter(({ type }) => type === "state").length).toBeGreaterThanOrEqual(2);
    const numbers = heard.map(({ seq }) => seq);
    expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
  }
});

it("a client whose token is not taken says so and does not try for ever", async () => {
  const client = new MatchmakingClient({ url: stack.url, token: "not.a.token" });
  await expect(client.connect()).rejects.toMatchObject({ reason: "invalid_credentials", status: 401 });
  expect(client.status).toBe("closed");
});

it("the HTTP half speaks to every call that a player and a game server make", async () => {
  const { player_id, access_token } = await new HttpClient({ url: stack.url }).register({ username: "eve" });
  const player = new HttpClient({ url: stack.url, token: access_token });
  const system = new HttpClient({ url: stack.url, apiKey: "dev" });
  expect((await player.renewToken()).player_id).toBe(player_id);
  expect((await system.tokenOf(player_id)).player_id).toBe(player_id);
  expect((await player.modes())[0]).toMatchObject({ is_default: true, teams: ["teamA", "teamB"] });
  expect((await player.leaderboard({ limit: 2 })).length).toBe(2);

  const party = await player.createParty();
  expect(await player.party(party.code)).toEqual(party);
  expect((await player.joinParty(party.code)).members.length).toBe(1);
  expect(await player.leaveParty(party.code)).toMatchObject({ status: "left", player_id });
  expect(await player.disbandParty((await player.createParty()).code)).toMatchObject({ status: "disbanded" });

  expect(await player.enqueue({ player_id, mode: "1v1" })).toMatchObject({ status: "enqueued", mode: "1v1" });
  expect(await player.queueStatus(player_id)).toMatchObject({ enqueued: true, state: "queued", mode: "1v1" });
  expect(await player.cancel(player_id)).toEqual({ status: "dequeued", player_id });
  await expect(player.match("01ARZ3NDEKTSV4RRFFQ69G5FAV-EUW")).rejects.toMatchObject({ reason: "unknown_match" });
  const matches = await player.latestMatches({ limit: 1 });
  expect(await player.match(matches[0]?.match_id ?? "")).toEqual(matches[0]);
});
