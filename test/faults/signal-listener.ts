import type { Server } from "node:http";
import { createServer } from "node:http";

/** Hears from the stack that an armed failpoint was reached. */
export class SignalListener {
  readonly #server: Server;
  #reached = Promise.withResolvers<void>();

  private constructor(server: Server) {
    this.#server = server;
    server.on("request", (_, response) => {
      this.#reached.resolve();
      response.end();
    });
  }

  static async start(): Promise<SignalListener> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, "127.0.0.1", resolve);
    });
    return new SignalListener(server);
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("the listener has no port");
    return `http://127.0.0.1:${address.port}/`;
  }

  /** Resolves with the next signal; one that came before this call counts. */
  async signalled(): Promise<void> {
    await this.#reached.promise;
    this.#reached = Promise.withResolvers();
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
    });
  }
}
