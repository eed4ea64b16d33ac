import type { ServerMessage } from "../../src/region/protocol.ts";
import { CuttableSocket } from "./cuttable-socket.ts";

export interface Frame {
  readonly text: string;
  readonly atMs: number;
}

/** What a player is recognised by. */
export interface Identity {
  readonly player_id: string;
  readonly access_token: string;
}

const STATE = '{"type":"state"';
const FOUND = '{"type":"match.found"';

/**
 * A player at the other end of a socket, who comes back whenever the connection breaks. While matches are being made
 * frames are only kept, not read: what is measured is the service and not this program. Only a `state` is read at once,
 * as a client would.
 */
export class ListeningPlayer {
  readonly playerId: string;
  readonly frames: Frame[] = [];
  readonly #url: string;
  readonly #token: string;
  readonly #awayMs: number;
  #socket: CuttableSocket | null = null;
  #isLeaving = false;
  #wantsMatch = false;
  #isMatched = false;
  #states = 0;

  /** @param awayMs how long the player is gone when the connection breaks */
  constructor(url: string, { player_id, access_token }: Identity, awayMs: number) {
    this.#url = url;
    this.playerId = player_id;
    this.#token = access_token;
    this.#awayMs = awayMs;
  }

  connect(): void {
    this.#socket = new CuttableSocket(this.#url, this.#token, {
      onFrame: (text, atMs) => this.#receive({ text, atMs }),
      onClose: () => {
        if (!this.#isLeaving) setTimeout(() => this.connect(), this.#awayMs);
      },
    });
  }

  /** How often the player was told where they stand. */
  get states(): number {
    return this.#states;
  }

  /** Whether the player has heard of a match since they last queued. */
  get isMatched(): boolean {
    return this.#isMatched;
  }

  /** Asks for a match; while there is no connection, as soon as there is one. */
  queue(): void {
    this.#wantsMatch = true;
    this.#isMatched = false;
    if (this.#socket?.isOpen === true) this.#socket.send({ type: "enqueue" });
  }

  /** The connection breaks, and whatever is under way on it is gone. */
  cut(): void {
    this.#socket?.cut();
  }

  leave(): void {
    this.#isLeaving = true;
    this.#socket?.close();
  }

  #receive(frame: Frame): void {
    this.frames.push(frame);
    if (frame.text.startsWith(FOUND)) this.#isMatched = true;
    else if (frame.text.startsWith(STATE))
      this.#resume(JSON.parse(frame.text) as Extract<ServerMessage, { type: "state" }>);
  }

  /** An enqueue may have gone down with the connection. */
  #resume({ matched, queued }: Extract<ServerMessage, { type: "state" }>): void {
    this.#states += 1;
    if (!this.#wantsMatch || this.#isMatched) return;
    if (matched !== null) this.#isMatched = true;
    else if (queued === null) this.#socket?.send({ type: "enqueue" });
  }
}
