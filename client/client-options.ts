import type { Backoff } from "./backoff.ts";
import { DEFAULT_BACKOFF } from "./backoff.ts";
import type { FetchLike } from "./http-request.ts";
import { MatchmakingError } from "./matchmaking-error.ts";
import type { SocketConstructor } from "./socket-like.ts";

/** A player's token, or where to get one: asked before every connect, so that it can be a fresh one. */
export type TokenSource = string | (() => string | Promise<string>);

export interface ClientOptions {
  /** The service's address, http or https. */
  readonly url: string;
  readonly token: TokenSource;
  /** How long to wait between attempts to connect. */
  readonly backoff?: Partial<Backoff>;
  /** How long one attempt may take, from asking for the token to the region's first word; default 10,000. */
  readonly openWithinMs?: number;
  /** How often the connection is tried; default 25,000. */
  readonly pingEveryMs?: number;
  /** Without an answer within so long the connection is broken; default 10,000. */
  readonly pongWithinMs?: number;
  /** A call without an answer within so long is rejected, however often it was sent; default 10,000. */
  readonly replyWithinMs?: number;
  /** How many messages each iteration of `messages()` keeps for a slow reader; default 1,000. */
  readonly keptMessages?: number;
  /** Default: the global one, which browsers and Node 22 or newer have. */
  readonly WebSocket?: SocketConstructor;
  /** Default: the global one. */
  readonly fetch?: FetchLike;
  /** For the jitter: uniform in [0, 1); default `Math.random`. */
  readonly random?: () => number;
  /** Told what happens to the connection; never a token. Default: nobody is. */
  readonly log?: (line: string) => void;
}

export type ClientSettings = Required<Omit<ClientOptions, "backoff" | "fetch">> & {
  readonly backoff: Backoff;
  readonly fetch: FetchLike | undefined;
};

/** @throws if the address is none, or if there is no WebSocket */
export function settingsOf(options: ClientOptions): ClientSettings {
  const WebSocket = options.WebSocket ?? globalThis.WebSocket;
  if (WebSocket === undefined) {
    throw new MatchmakingError({
      reason: "unreachable",
      title: "There is no WebSocket here",
      detail: "Browsers and Node 22 or newer have one. Elsewhere pass one to the client.",
    });
  }
  return {
    url: options.url,
    token: options.token,
    backoff: { ...DEFAULT_BACKOFF, ...options.backoff },
    openWithinMs: options.openWithinMs ?? 10_000,
    pingEveryMs: options.pingEveryMs ?? 25_000,
    pongWithinMs: options.pongWithinMs ?? 10_000,
    replyWithinMs: options.replyWithinMs ?? 10_000,
    keptMessages: options.keptMessages ?? 1_000,
    WebSocket,
    fetch: options.fetch,
    random: options.random ?? Math.random,
    log: options.log ?? (() => {}),
  };
}
