import { Readable } from "node:stream";
import { Pool } from "undici";
import type { Answer } from "./answer.ts";
import type { SentRequest } from "./request-of.ts";

const ANSWER_WITHIN_MS = 30_000;

/** Sends whatever can be written on the wire; `fetch` would put much of it right. */
export class Connection {
  readonly #pool: Pool;

  constructor(url: string, connections: number) {
    this.#pool = new Pool(url, { connections, headersTimeout: ANSWER_WITHIN_MS, bodyTimeout: ANSWER_WITHIN_MS });
  }

  /** @throws if no answer comes */
  async send({ method, path, headers, body, isChunked }: SentRequest): Promise<Answer> {
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

  close(): Promise<void> {
    return this.#pool.close();
  }
}
