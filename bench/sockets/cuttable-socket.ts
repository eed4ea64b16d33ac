import type { Socket } from "node:net";
import { Agent, buildConnector, WebSocket } from "undici";
import { BEARER_PROTOCOL_PREFIX, SOCKET_PROTOCOL } from "../../src/region/socket-constants.ts";

export interface SocketEvents {
  /** @param atMs when the frame came, in milliseconds since 1970 */
  readonly onFrame: (frame: string, atMs: number) => void;
  readonly onClose: () => void;
}

/** A socket whose connection can be torn as by a tunnel or an empty battery: without a word to the other side. */
export class CuttableSocket {
  readonly #webSocket: WebSocket;
  #connection: Socket | null = null;

  constructor(url: string, token: string, { onFrame, onClose }: SocketEvents) {
    const connect = buildConnector({});
    const dispatcher = new Agent({
      connect: (options, callback) =>
        connect(options, (...outcome) => {
          if (outcome[0] === null) this.#connection = outcome[1];
          callback(...outcome);
        }),
    });
    const protocols = [SOCKET_PROTOCOL, `${BEARER_PROTOCOL_PREFIX}${token}`];
    this.#webSocket = new WebSocket(`${url.replace("http", "ws")}/matchmaking/ws`, { protocols, dispatcher });
    this.#webSocket.addEventListener("message", ({ data }) => onFrame(String(data), Date.now()));
    this.#webSocket.addEventListener("close", onClose);
  }

  get isOpen(): boolean {
    return this.#webSocket.readyState === WebSocket.OPEN;
  }

  send(message: object): void {
    this.#webSocket.send(JSON.stringify(message));
  }

  cut(): void {
    this.#connection?.destroy();
  }

  close(): void {
    this.#webSocket.close();
  }
}
