import { afterAll, beforeAll, expect, it } from "vitest";
import { PING } from "../../src/region/socket-constants.ts";
import { registerWithTokens, SocketClient } from "./socket-client.ts";
import { Stack } from "./stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start();
});
afterAll(() => stack.stop());

it("four players hear over real sockets of their match and of their new ratings, and after a kill where they stand", async () => {
  const players = await registerWithTokens(stack, 4, "EUW");
  const clients = players.map((player) => new SocketClient(stack, player));
  for (const client of clients) {
    await client.hear("state");
    expect(client.socket.protocol).toBe("muster.v1");
    client.socket.send(PING);
    client.say({ type: "enqueue" });
  }
  const matchIds = await Promise.all(clients.map(async (client) => (await client.hear("match.found")).match.match_id));
  expect(new Set(matchIds).size).toBe(1);
  expect(clients.map(({ pongs }) => pongs)).toEqual([1, 1, 1, 1]);
  const [matchId = ""] = matchIds;

  await stack.post(`/matchmaking/match/${matchId}/result`, { winner_team: "teamB" });
  const told: { rating: unknown }[] = [];
  for (const client of clients) told.push(await client.hear("match.finished"));

  await stack.killAndRestart();
  const back = players.map((player) => new SocketClient(stack, player));
  for (const [index, client] of back.entries()) {
    const state = await client.hear("state");
    expect(state).toMatchObject({ queued: null, matched: null, last_match: { match: { match_id: matchId } } });
    expect(state.last_match?.rating).toEqual(told[index]?.rating);
    const before = clients[index]?.heard.map(({ seq }) => seq) ?? [];
    expect(state.seq).toBeGreaterThan(Math.max(...before));
    client.socket.close();
  }
});

it("a client that says goodbye gets an answer, not a broken connection", async () => {
  const [ada] = await registerWithTokens(stack, 1, "NA");
  if (ada === undefined) throw new Error("one player registers");
  const client = new SocketClient(stack, ada);
  await client.hear("state");
  const closing = new Promise<CloseEvent>((resolve) => {
    client.socket.addEventListener("close", resolve);
  });
  client.socket.close(1000, "Goodbye.");
  expect(await closing).toMatchObject({ wasClean: true, code: 1000 });
});
