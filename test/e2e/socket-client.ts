import type { ServerMessage } from "../../src/region/protocol.ts";
import { ServerMessageSchema } from "../../src/region/protocol.ts";
import { PONG } from "../../src/region/socket-constants.ts";
import type { Stack } from "./stack.ts";
import { eventually } from "./stack.ts";

export interface Player {
  readonly player_id: string;
  readonly access_token: string;
}

/** A player's socket, as a browser would open it. */
export class SocketClient {
  readonly heard: ServerMessage[] = [];
  readonly socket: WebSocket;
  pongs = 0;

  constructor(stack: Stack, { access_token }: Player) {
    this.socket = new WebSocket(`${stack.url.replace("http", "ws")}/matchmaking/ws`, [
      "muster.v1",
      `bearer.${access_token}`,
    ]);
    this.socket.addEventListener("message", ({ data }) => {
      if (data === PONG) this.pongs += 1;
      else this.heard.push(ServerMessageSchema.parse(JSON.parse(String(data))));
    });
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  hear<Type extends ServerMessage["type"]>(type: Type): Promise<Extract<ServerMessage, { type: Type }>> {
    type Wanted = Extract<ServerMessage, { type: Type }>;
    return eventually(async () => this.heard.find((message): message is Wanted => message.type === type) ?? null);
  }
}

export async function registerWithTokens(stack: Stack, count: number, region: string): Promise<Player[]> {
  const players: Player[] = [];
  for (let index = 0; index < count; index += 1) {
    players.push(await stack.post<Player>("/players/register", { username: `player ${index}`, region }));
  }
  return players;
}
