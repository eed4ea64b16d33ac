import { afterAll, beforeAll, expect, it } from "vitest";
import type { Player } from "./socket-client.ts";
import { registerWithTokens, SocketClient } from "./socket-client.ts";
import { eventually, Stack } from "./stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start();
});
afterAll(() => stack.stop());

const MODE = "5v5-ranked";

function connect(players: readonly Player[]): SocketClient[] {
  return players.map((player) => new SocketClient(stack, player));
}

/** Ten who are asked about one match. */
async function tenAsked(region: string) {
  const players = await registerWithTokens(stack, 10, region);
  const clients = connect(players);
  for (const client of clients) {
    await client.hear("state");
    client.say({ type: "enqueue", mode: MODE });
  }
  const prompts = await Promise.all(clients.map((client) => client.hear("match.proposed")));
  const [matchId = "", ...others] = new Set(prompts.map(({ match_id }) => match_id));
  expect(others).toEqual([]);
  return { players, clients, matchId };
}

async function accept(client: SocketClient | undefined, match_id: string, round: number): Promise<void> {
  client?.say({ type: "accept", match_id, round });
  await client?.hear("accept.receipt");
}

it("a SIGKILL in the middle of a ready check loses no answer, and the check goes on", async () => {
  const { players, clients, matchId } = await tenAsked("EUW");
  for (const client of clients.slice(0, 6)) await accept(client, matchId, 1);

  await stack.killAndRestart();

  const back = connect(players);
  const states = await Promise.all(back.map((client) => client.hear("state")));
  for (const [index, { proposed }] of states.entries()) {
    expect(proposed).toMatchObject({ match_id: matchId, round: 1, accepted: index < 6, repairing_until: null });
  }
  // Whoever had not answered has the whole time again.
  expect(states[9]?.proposed?.accept_within_s).toBeGreaterThan(5);
  for (const client of back.slice(6)) await accept(client, matchId, 1);
  for (const client of back) expect((await client.hear("match.found")).match.match_id).toBe(matchId);
  expect(await stack.get(`/matchmaking/match/${matchId}`)).toMatchObject({ status: "pending" });
});

it("a SIGKILL while a place is empty leaves nobody stuck: it is filled, or they are found anew", async () => {
  const { players, clients, matchId } = await tenAsked("KR");
  for (const client of clients.slice(1)) await accept(client, matchId, 1);
  clients[0]?.say({ type: "decline", match_id: matchId, round: 1 });
  await clients[0]?.hear("decline.receipt");

  await stack.killAndRestart();

  const [newcomer] = await registerWithTokens(stack, 1, "KR");
  if (newcomer === undefined) throw new Error("nobody came");
  const ten = [...players.slice(1), newcomer];
  const back = connect(ten);
  for (const client of back) {
    const { queued } = await client.hear("state");
    if (queued === null) client.say({ type: "enqueue", mode: MODE });
  }
  const matchIds = await eventually(async () => {
    back.forEach(acceptWhatIsAsked);
    const found = back.flatMap(({ heard }) => heard.filter((message) => message.type === "match.found"));
    return found.length === ten.length ? found.map(({ match }) => match.match_id) : null;
  }, 40_000);
  expect(new Set(matchIds).size).toBe(1);
  expect((await stack.get<{ state: string | null }>(`/matchmaking/queue/${players[0]?.player_id}`)).state).toBeNull();
});

/** Also what was asked before the socket opened. Again does no harm. */
function acceptWhatIsAsked(client: SocketClient): void {
  for (const message of client.heard) {
    const prompt = message.type === "state" ? message.proposed : message.type === "match.proposed" ? message : null;
    const isAnswered = client.heard.some((heard) => heard.type === "accept.receipt" && heard.round === prompt?.round);
    if (prompt !== null && !isAnswered) client.say({ type: "accept", match_id: prompt.match_id, round: prompt.round });
  }
}
