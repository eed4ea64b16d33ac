/** Muster's client, for browsers and Node 22 or newer: `muster/client`. */
export type { Backoff } from "./backoff.ts";
export type { ClientOptions, TokenSource } from "./client-options.ts";
export type { Clock } from "./clock.ts";
export type { ConnectionStatus } from "./connection-status.ts";
export type * from "./http-bodies.ts";
export type { HttpOptions } from "./http-client.ts";
export { HttpClient } from "./http-client.ts";
export type { FetchInit, FetchLike, ResponseLike } from "./http-request.ts";
export type { Unsubscribe } from "./listeners.ts";
export type { ClientEvents, EnqueueWish } from "./matchmaking-client.ts";
export { MatchmakingClient } from "./matchmaking-client.ts";
export type { ClientReason } from "./matchmaking-error.ts";
export { MatchmakingError } from "./matchmaking-error.ts";
export type { CallType, MessageOf, MessageType, PlayerState, PromptId, ReceiptOf } from "./messages.ts";
export type { SocketConstructor, SocketLike } from "./socket-like.ts";
export type * from "./wire-types.ts";
