import { setTimeout as sleep } from "node:timers/promises";
import { PING, PONG } from "../../../src/region/socket-constants.ts";
import { parseJson } from "../json.ts";
import { openSocket } from "./play-burst.ts";

const PONG_WITHIN_MS = 10_000;

/** A player who is connected all the while and does nothing: they hear their state, and nothing else. */
export class Bystander {
  readonly #socket: WebSocket;
  readonly #heard: string[] = [];
  #closeCode: number | null = null;

  constructor(url: string, token: string) {
    this.#socket = openSocket(url, token);
    this.#socket.addEventListener("message", ({ data }) => this.#heard.push(String(data)));
    this.#socket.addEventListener("close", ({ code }) => {
      this.#closeCode = code;
    });
  }

  /** What they heard that is not their business, and whether they are still served. @returns empty: nothing is wrong */
  async leave(): Promise<string[]> {
    if (this.#closeCode !== null) return [`a bystander's socket was closed with ${this.#closeCode}`];
    this.#socket.send(PING);
    for (const untilMs = Date.now() + PONG_WITHIN_MS; !this.#heard.includes(PONG) && Date.now() < untilMs; )
      await sleep(5);
    this.#socket.close(1000);
    const [first = "", ...others] = this.#heard;
    const last = others.pop();
    const faults = others.map((data) => `a bystander hears ${data.slice(0, 300)}`);
    if (!JSON.stringify(parseJson(first) ?? null).includes('"type":"state"')) faults.push("a bystander got no state");
    if (last !== PONG) faults.push("a bystander's ping got no pong");
    return faults;
  }
}
