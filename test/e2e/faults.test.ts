import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { FAILPOINTS } from "../faults/fault-plan.ts";
import { SignalListener } from "../faults/signal-listener.ts";
import { registerWithTokens, SocketClient } from "./socket-client.ts";
import { Stack } from "./stack.ts";

/** The faults themselves: a test that injects one which does nothing would prove nothing. */
let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start({ faults: true });
});
afterEach(() => stack.setFaults({}));
afterAll(() => stack.stop());

async function reportedMatch(region: string): Promise<string> {
  const players = await stack.registerPlayers(4, region);
  await stack.queue(players);
  const { match_id } = await stack.matchOf(players);
  await stack.post(`/matchmaking/match/${match_id}/result`, { winner_team: "teamA" });
  return match_id;
}

it("without a plan the stack plays as the shipped one", async () => {
  await stack.matchWithStatus(await reportedMatch("NA"), "finished");
});

it("reads and writes of D1 fail apart, and a write that fails afterwards has happened", async () => {
  await stack.setFaults({ writes: { kind: "fail" } });
  const body = { username: "ann", region: "EUW" };
  await expect(stack.post("/players/register", body)).rejects.toThrow(/: 503/);
  await expect(stack.get("/players/leaderboard")).resolves.toBeInstanceOf(Array);
  await stack.setFaults({ reads: { kind: "fail" } });
  await expect(stack.get("/players/leaderboard")).rejects.toThrow(/: 503/);
  await stack.setFaults({ writes: { kind: "fail_after" } });
  await expect(stack.post("/players/register", { username: "bob", region: "EUW" })).rejects.toThrow(/: 503/);
  const board = await stack.get<{ username: string }[]>("/players/leaderboard?limit=100");
  expect(board.map(({ username }) => username)).toContain("bob");
  expect(board.map(({ username }) => username)).not.toContain("ann");
});

it("a write that hangs brings no answer until the next plan", async () => {
  await stack.setFaults({ writes: { kind: "hang" } });
  let isAnswered = false;
  const answer = stack.post("/players/register", { username: "cay", region: "EUW" }).catch(() => {
    isAnswered = true;
  });
  await stack.get("/players/leaderboard");
  expect(isAnswered).toBe(false);
  await stack.setFaults({});
  await answer;
  expect(isAnswered).toBe(true);
});

it("a region whose storage refuses takes nobody in, and goes on when it no longer does", async () => {
  const [player = ""] = await stack.registerPlayers(1, "OCE");
  await stack.get(`/matchmaking/queue/${player}`);
  await stack.setFaults({ storage: { kind: "fail" } });
  await expect(stack.queue([player])).rejects.toThrow(/: 5\d\d/);
  await stack.setFaults({});
  expect(await stack.get(`/matchmaking/queue/${player}`)).toMatchObject({ enqueued: false });
  await stack.queue([player]);
});

it("results that are lost, and confirmations that fail, are made good later", async () => {
  await stack.setFaults({ results: { kind: "lost" } });
  const lost = await reportedMatch("KR");
  await stack.setFaults({ confirmations: { kind: "fail" } });
  await stack.matchWithStatus(lost, "finished");
});

it.each(FAILPOINTS)("at %s everything ends, and after the kill it goes on", async (name) => {
  const listener = await SignalListener.start();
  await stack.setFaults({ failpoint: { name, signalUrl: listener.url, statement: "INTO matches" } });
  const players = await registerWithTokens(stack, 4, "BR");
  const client = new SocketClient(stack, players[0] ?? { player_id: "", access_token: "" });
  await client.hear("state");
  const ids = players.map(({ player_id }) => player_id);
  void stack
    .queue(ids)
    .then(() => stack.matchOf(ids))
    .then(({ match_id }) => stack.post(`/matchmaking/match/${match_id}/result`, { winner_team: "teamA" }))
    .catch(() => {});
  await listener.signalled();
  if (name === "before_notify") expect(client.heard.map(({ type }) => type)).not.toContain("match.found");
  await stack.killAndRestart();
  await listener.stop();
  const { match_id } = await stack.matchOf(ids);
  if (name === "before_notify") await stack.post(`/matchmaking/match/${match_id}/result`, { winner_team: "teamA" });
  await stack.matchWithStatus(match_id, "finished");
});
