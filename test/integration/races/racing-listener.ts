import type { ServerMessage } from "../../../src/region/protocol.ts";
import { connectWith, Listener, socketHeaders } from "../socket-support.ts";

const PATIENCE_MS = 10_000;

/** A listener that is told at once when a call's answer comes: races are too many to look now and then. */
export class RacingListener extends Listener {
  readonly #answers = new Map<string, PromiseWithResolvers<ServerMessage>>();

  constructor(socket: WebSocket) {
    super(socket);
    socket.addEventListener("message", () => {
      const message = this.heard.at(-1);
      if (message !== undefined && "ref" in message) this.#answer(message.ref ?? "").resolve(message);
    });
  }

  static override async connect(token: string): Promise<RacingListener> {
    const { webSocket } = await connectWith(socketHeaders(token));
    if (webSocket === null) throw new Error("no socket");
    const listener = new RacingListener(webSocket);
    await listener.hear("state");
    return listener;
  }

  /** The receipt or problem that answers the call with this `ref`. */
  async answerTo(ref: string): Promise<ServerMessage> {
    const patience = new AbortController();
    const late = scheduler.wait(PATIENCE_MS, { signal: patience.signal }).then(() => {
      throw new Error(`no answer to ${ref} within ${PATIENCE_MS} ms`);
    });
    try {
      return await Promise.race([this.#answer(ref).promise, late]);
    } finally {
      patience.abort();
      late.catch(() => {});
    }
  }

  #answer(ref: string): PromiseWithResolvers<ServerMessage> {
    const answer = this.#answers.get(ref) ?? Promise.withResolvers<ServerMessage>();
    this.#answers.set(ref, answer);
    return answer;
  }
}
