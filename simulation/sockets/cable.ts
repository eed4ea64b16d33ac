import { Agent, buildConnector, fetch as fetchWith, WebSocket } from "undici";
import type { SocketConstructor } from "../../client/socket-like.ts";

type Transport = Parameters<buildConnector.Callback>[1];

/**
 * A player's connection to the network, which can be cut: what is open breaks without a goodbye, as when a router loses
 * its power, and nothing opens until it is mended.
 */
export class Cable {
  /** To be given to a client, so that what it opens goes through this cable. */
  readonly WebSocket: SocketConstructor;
  readonly #agent: Agent;
  readonly #open = new Set<NonNullable<Transport>>();
  #cutUntilMs = 0;

  /**
   * @param opens called when a WebSocket is about to be opened
   * @param receives called with each frame before anybody else gets it
   */
  constructor(opens: () => void, receives: (frame: unknown) => void) {
    const connect = buildConnector({});
    const agent = new Agent({
      connect: (options, callback) => {
        if (this.isCut) return callback(new Error("the cable is cut"), null);
        connect(options, (error, transport) => {
          if (transport !== null && this.isCut) transport.destroy();
          else if (transport !== null) this.#keep(transport);
          if (error === null) callback(null, transport);
          else callback(error, null);
        });
      },
    });
    this.#agent = agent;
    this.WebSocket = class extends WebSocket {
      constructor(url: string, protocols: string[]) {
        opens();
        super(url, { protocols, dispatcher: agent });
        this.addEventListener("message", ({ data }) => receives(data));
      }
    };
  }

  get isCut(): boolean {
    return performance.now() < this.#cutUntilMs;
  }

  /** `fetch` through this cable. */
  readonly fetch = (url: string, init: Parameters<typeof fetchWith>[1]) =>
    fetchWith(url, { ...init, dispatcher: this.#agent });

  /** @param durationMs until it is mended; infinite: never */
  cut(durationMs: number): void {
    this.#cutUntilMs = performance.now() + durationMs;
    for (const transport of this.#open) transport.destroy();
  }

  #keep(transport: NonNullable<Transport>): void {
    this.#open.add(transport);
    transport.once("close", () => this.#open.delete(transport));
  }
}
