import { BEARER_PROTOCOL_PREFIX, PING, PONG, SOCKET_PROTOCOL } from "../src/region/socket-constants.ts";
import type { Clock } from "./clock.ts";
import { readMessage } from "./messages.ts";
import type { SocketConstructor, SocketLike } from "./socket-like.ts";
import type { ServerMessage } from "./wire-types.ts";

export interface ChannelSettings {
  readonly socketUrl: string;
  readonly token: string;
  readonly WebSocket: SocketConstructor;
  readonly clock: Clock;
  readonly pingEveryMs: number;
  readonly pongWithinMs: number;
  readonly log: (line: string) => void;
  readonly received: (message: ServerMessage) => void;
  /** Called once; nothing comes after it. */
  readonly ended: (end: ChannelEnd) => void;
}

export interface ChannelEnd {
  /** Of the WebSocket; 1006 also if this side found the other one dead. */
  readonly code: number;
  /** Whether the region has ever said anything. */
  readonly wasHeard: boolean;
}

/** What a browser says of a connection that broke without a word. */
const BROKEN = 1006;
const POLITE = 1000;

/**
 * One socket, from its opening to its end.
 *
 * 1. Whatever ends it ends it once: the other side, the network, or this side's `drop`. Events that come later, from a
 *    socket that was given up, are heard by nobody.
 * 2. Once the region has spoken, a ping goes out every so often, and something must come back in time: a peer that is
 *    gone may never close.
 */
export class Channel {
  readonly #settings: ChannelSettings;
  readonly #socket: SocketLike;
  #hasEnded = false;
  #wasHeard = false;
  #cancelPing: () => void = () => {};
  /** Null: no pong is waited for. */
  #cancelPong: (() => void) | null = null;

  /** @throws what the WebSocket's constructor throws, for an address or a token that is none */
  constructor(settings: ChannelSettings) {
    const { socketUrl, token, WebSocket } = settings;
    this.#settings = settings;
    this.#socket = new WebSocket(socketUrl, [SOCKET_PROTOCOL, BEARER_PROTOCOL_PREFIX + token]);
    this.#socket.addEventListener("message", ({ data }) => this.#receive(data));
    this.#socket.addEventListener("close", ({ code }) => this.#end(code));
    // What it was comes with the close that follows; some runtimes take an error that nobody hears for an uncaught one.
    this.#socket.addEventListener("error", () => {});
  }

  send(frame: string): void {
    if (this.#hasEnded) return;
    try {
      this.#socket.send(frame);
    } catch (error) {
      // Closing already: the close event is on its way, and what had to be sent is sent again after it.
      this.#settings.log(`could not send: ${String(error)}`);
    }
  }

  /** Says goodbye; `ended` is not called. */
  close(): void {
    this.#stopListening();
    this.#socket.close(POLITE, "Goodbye.");
  }

  /** Gives the socket up as broken, without waiting for its close, which a dead peer never confirms. */
  drop(why: string): void {
    this.#settings.log(why);
    this.#socket.close();
    this.#end(BROKEN);
  }

  #receive(frame: unknown): void {
    if (this.#hasEnded) return;
    this.#heardSomething();
    if (frame === PONG) return;
    const message = readMessage(frame);
    if (message === null) {
      this.#settings.log("a frame that is no message");
      return;
    }
    if (!this.#wasHeard) {
      this.#wasHeard = true;
      this.#pingLater();
    }
    this.#settings.received(message);
  }

  #pingLater(): void {
    const { clock, pingEveryMs, pongWithinMs } = this.#settings;
    this.#cancelPing = clock.setTimer(() => {
      this.send(PING);
      this.#cancelPong ??= clock.setTimer(() => this.drop(`no pong within ${pongWithinMs} ms`), pongWithinMs);
      this.#pingLater();
    }, pingEveryMs);
  }

  #end(code: number): void {
    if (this.#hasEnded) return;
    this.#stopListening();
    this.#settings.ended({ code, wasHeard: this.#wasHeard });
  }

  #stopListening(): void {
    this.#hasEnded = true;
    this.#cancelPing();
    this.#heardSomething();
  }

  #heardSomething(): void {
    this.#cancelPong?.();
    this.#cancelPong = null;
  }
}
