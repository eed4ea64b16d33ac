import type { ServerMessage } from "../../src/region/protocol.ts";
import { ServerMessageSchema } from "../../src/region/protocol.ts";
import { PONG } from "../../src/region/socket-constants.ts";
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

  constructor(url: string, { access_token }: Player) {
    this.socket = new WebSocket(`${url.replace("http", "ws")}/matchmaking/ws`, ["muster.v1", `bearer.${access_token}`]);
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
