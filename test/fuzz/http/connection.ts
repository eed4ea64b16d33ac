import { request } from "node:http";
import { Readable } from "node:stream";
import { Pool } from "undici";
import type { Answer } from "./answer.ts";
import type { SentRequest } from "./request-of.ts";

const ANSWER_WITHIN_MS = 30_000;

/** Sends whatever can be written on the wire; `fetch` would put much of it right. */
export class Connection {
  readonly #url: string;
  readonly #pool: Pool;

  constructor(url: string, connections: number) {
    this.#url = url;
    this.#pool = new Pool(url, { connections, headersTimeout: ANSWER_WITHIN_MS, bodyTimeout: ANSWER_WITHIN_MS });
  }

  /** @throws if no answer comes */
  async send(sent: SentRequest): Promise<Answer> {
    const { method, path, headers, body, isChunked } = sent;
    if (headers.some(([name]) => name === "upgrade")) return this.#upgrade(sent);
    const answer = await this.#pool.request({
      method,
      path,
      headers: headers.flat(),
      body: isChunked && body !== null ? Readable.from([body]) : body,
    });
    const received = Object.entries(answer.headers).map(([name, value]) => [name, String(value ?? "")]);
    return {
      status: answer.statusCode,
      headers: Object.fromEntries(received),
      body: await answer.body.text(),
    };
  }

  /** A socket that opens is closed at once: what goes over it is judged elsewhere. */
  #upgrade({ method, path, headers }: SentRequest): Promise<Answer> {
    const key = Buffer.from("0123456789abcdef").toString("base64");
    const more = { connection: "Upgrade", "sec-websocket-version": "13", "sec-websocket-key": key };
    const asked = request(`${this.#url}/`, { method, path, timeout: ANSWER_WITHIN_MS, headers: { ...more } });
    for (const [name, value] of headers) asked.setHeader(name, value);
    return new Promise((resolve, reject) => {
      asked.on("timeout", () => asked.destroy(new Error("no answer in time")));
      asked.on("error", reject);
      asked.on("upgrade", (_, socket) => {
        socket.destroy();
        resolve({ status: 101, headers: {}, body: "" });
      });
      asked.on("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const received = Object.entries(response.headers).map(([name, value]) => [name, String(value ?? "")]);
          const body = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(received), body });
        });
      });
      asked.end();
    });
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
