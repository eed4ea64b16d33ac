import { runInDurableObject } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import type { ServerMessage } from "../../src/region/protocol.ts";
import { ServerMessageSchema } from "../../src/region/protocol.ts";
import { PONG } from "../../src/region/socket-constants.ts";
import { holderOf } from "../../src/region/socket-holder.ts";
import type { Registered } from "./http-support.ts";
import { register } from "./http-support.ts";
import { eventually, regionObject } from "./region-support.ts";

type Message<Type> = Extract<ServerMessage, { type: Type }>;

export function connectWith(headers: Readonly<Record<string, string>>): Promise<Response> {
  return exports.default.fetch(new Request("http://muster/matchmaking/ws", { headers }));
}

export function socketHeaders(token: string): Record<string, string> {
  return { upgrade: "websocket", "sec-websocket-protocol": `muster.v1, bearer.${token}` };
}

/** One end of a socket: keeps what it is told, each message checked against the protocol. */
export class Listener {
  readonly heard: ServerMessage[] = [];
  readonly pongs: string[] = [];
  closing: { readonly code: number; readonly reason: string } | null = null;
  readonly socket: WebSocket;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.addEventListener("message", ({ data }) => {
      if (data === PONG) this.pongs.push(data);
      else this.heard.push(ServerMessageSchema.parse(JSON.parse(String(data))));
    });
    socket.addEventListener("close", ({ code, reason }) => {
      this.closing = { code, reason };
    });
    socket.accept();
  }

  /** Opens a socket and waits until it was told where its player stands. */
  static async connect(token: string): Promise<Listener> {
    const response = await connectWith(socketHeaders(token));
    if (response.webSocket === null) throw new Error(`no socket: ${response.status} ${await response.text()}`);
    const listener = new Listener(response.webSocket);
    await listener.hear("state");
    return listener;
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  /** Waits for the newest message of a type. */
  async hear<Type extends ServerMessage["type"]>(type: Type, count = 1): Promise<Message<Type>> {
    return eventually(async () => this.all(type)[count - 1] ?? null);
  }

  async closed(): Promise<{ readonly code: number; readonly reason: string }> {
    return eventually(async () => this.closing);
  }

  all<Type extends ServerMessage["type"]>(type: Type): Message<Type>[] {
    return this.heard.filter((message): message is Message<Type> => message.type === type);
  }

  types(): string[] {
    return this.heard.map(({ type }) => type);
  }
}

export interface ListeningPlayer extends Registered {
  readonly listener: Listener;
}

export async function listeningPlayers(region: string, count: number): Promise<ListeningPlayer[]> {
  const players: ListeningPlayer[] = [];
  for (let index = 0; index < count; index += 1) {
    const player = await register(region);
    players.push({ ...player, listener: await Listener.connect(player.access_token) });
  }
  return players;
}

/** Makes the region believe that a player's token has expired. */
export async function expireSockets(region: string, playerId: string): Promise<void> {
  await runInDurableObject(regionObject(region), (_, state) => {
    for (const socket of state.getWebSockets(playerId)) {
      socket.serializeAttachment({ ...holderOf(socket), expiresAtMs: Date.now() - 1 });
    }
  });
}
