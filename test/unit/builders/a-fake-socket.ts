import type { SocketConstructor, SocketLike } from "../../../client/socket-like.ts";
import { PING, PONG } from "../../../src/region/socket-constants.ts";

type Heard = { readonly data?: unknown; readonly code?: number; readonly reason?: string };

/** The client's end of a socket whose other end is the test. */
export class FakeSocket implements SocketLike {
  readonly url: string;
  readonly protocols: readonly string[];
  readonly sent: string[] = [];
  /** What the client closed it with; undefined: it did not. */
  closedWith: { readonly code: number | undefined; readonly reason: string | undefined } | undefined;
  readonly #listeners = new Map<string, ((event: never) => void)[]>();

  constructor(url: string, protocols: string[]) {
    this.url = url;
    this.protocols = protocols;
  }

  addEventListener(type: "message" | "close" | "error", listener: (event: never) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  send(frame: string): void {
    this.sent.push(frame);
  }

  close(code?: number, reason?: string): void {
    this.closedWith = { code, reason };
  }

  /** What the client asked for, without pings. */
  get asked(): Record<string, unknown>[] {
    return this.sent.filter((frame) => frame !== PING).map((frame) => JSON.parse(frame));
  }

  get pings(): number {
    return this.sent.filter((frame) => frame === PING).length;
  }

  /** The region says something. */
  say(message: object): void {
    this.#tell("message", { data: JSON.stringify(message) });
  }

  pong(): void {
    this.#tell("message", { data: PONG });
  }

  sayFrame(data: unknown): void {
    this.#tell("message", { data });
  }

  /** The connection breaks, or the region closes it. */
  end(code: number): void {
    if (code === 1006) this.#tell("error", {});
    this.#tell("close", { code, reason: "" });
  }

  #tell(type: string, event: Heard): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(event as never);
  }
}

/** A WebSocket class for a client; the sockets it opened, oldest first. */
export function fakeSockets(): { readonly WebSocket: SocketConstructor; readonly sockets: FakeSocket[] } {
  const sockets: FakeSocket[] = [];
  class WebSocket extends FakeSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols);
      sockets.push(this);
    }
  }
  return { WebSocket, sockets };
}
