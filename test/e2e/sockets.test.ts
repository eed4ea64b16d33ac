import { afterAll, beforeAll, expect, it } from "vitest";
import type { ServerMessage } from "../../src/region/protocol.ts";
import { ServerMessageSchema } from "../../src/region/protocol.ts";
import { PING, PONG } from "../../src/region/socket-constants.ts";
import { eventually, Stack } from "./stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start();
});
afterAll(() => stack.stop());

interface Player {
  readonly player_id: string;
  readonly access_token: string;
}

/** A player's socket, as a browser would open it. */
class Client {
  readonly heard: ServerMessage[] = [];
  readonly socket: WebSocket;
  pongs = 0;

  constructor({ access_token }: Player) {
    this.socket = new WebSocket(`${stack.url.replace("http", "ws")}/matchmaking/ws`, [
      "muster.v1",
      `bearer.${access_token}`,
    ]);
    this.socket.addEventListener("message", ({ data }) => {
      if (data === PONG) this.pongs += 1;
      else this.heard.push(ServerMessageSchema.parse(JSON.parse(String(data))));
    });
  }

  hear<Type extends ServerMessage["type"]>(type: Type): Promise<Extract<ServerMessage, { type: Type }>> {
    type Wanted = Extract<ServerMessage, { type: Type }>;
    return eventually(async () => this.heard.find((message): message is Wanted => message.type === type) ?? null);
  }
}

it("four players hear over real sockets of their match and of their new ratings, and after a kill where they stand", async () => {
  const players: Player[] = [];
  for (let index = 0; index < 4; index += 1) {
    players.push(await stack.post<Player>("/players/register", { username: `player ${index}`, region: "EUW" }));
  }
  const clients = players.map((player) => new Client(player));
  for (const client of clients) {
    await client.hear("state");
    expect(client.socket.protocol).toBe("muster.v1");
    client.socket.send(PING);
    client.socket.send(JSON.stringify({ type: "enqueue" }));
  }
  const matchIds = await Promise.all(clients.map(async (client) => (await client.hear("match.found")).match.match_id));
  expect(new Set(matchIds).size).toBe(1);
  expect(clients.map(({ pongs }) => pongs)).toEqual([1, 1, 1, 1]);
  const [matchId = ""] = matchIds;

  await stack.post(`/matchmaking/match/${matchId}/result`, { winner_team: "teamB" });
  const told: { rating: unknown }[] = [];
  for (const client of clients) told.push(await client.hear("match.finished"));

  await stack.killAndRestart();
  const back = players.map((player) => new Client(player));
  for (const [index, client] of back.entries()) {
    const state = await client.hear("state");
    expect(state).toMatchObject({ queued: null, matched: null, last_match: { match: { match_id: matchId } } });
    expect(state.last_match?.rating).toEqual(told[index]?.rating);
    const before = clients[index]?.heard.map(({ seq }) => seq) ?? [];
    expect(state.seq).toBeGreaterThan(Math.max(...before));
    client.socket.close();
  }
});
