import { setTimeout as sleep } from "node:timers/promises";
import type { ClientMessage, ServerMessage } from "../../src/region/protocol.ts";
import { ServerMessageSchema } from "../../src/region/protocol.ts";
import { BEARER_PROTOCOL_PREFIX, SOCKET_PROTOCOL } from "../../src/region/socket-constants.ts";
import type { Channel } from "./channel.ts";
import type { Gate } from "./gate.ts";
import type { History, Standing } from "./history.ts";
import type { Player, Service } from "./service.ts";
import { ANSWER_WITHIN_MS } from "./service.ts";

/** A push that was lost with the line shows when it is looked for: no player hangs on it. */
const LOOK_EVERY_MS = 2_000;

interface Settings {
  readonly url: string;
  readonly gate: Gate;
  readonly history: History;
  readonly service: Service;
}

/**
 * A player with a socket: asks through it, and hears of matches without asking. When it broke, the next look opens a new
 * one and takes its `state` for the answer.
 */
export class SocketChannel implements Channel {
  readonly #settings: Settings;
  readonly #player: Player;
  /** Matches that the player has come to: what is pushed of them late is no news. */
  readonly #known = new Set<string>();
  #socket: WebSocket | null = null;
  #lastSeq = 0;
  #asked = 0;
  #found: string | null = null;
  #answer = Promise.withResolvers<ServerMessage | null>();
  #news = Promise.withResolvers<void>();

  constructor(settings: Settings, player: Player) {
    this.#settings = settings;
    this.#player = player;
  }

  async enqueue(mode: string) {
    this.#found = null;
    const answer = await this.#ask({ type: "enqueue", mode, ref: this.#newRef() });
    if (answer?.type === "enqueue.receipt")
      return { type: "queued", ticketId: answer.ticket_id, enqueuedAt: answer.enqueued_at } as const;
    if (answer?.type === "problem" && answer.match_id !== undefined) return this.#matched(answer.match_id);
    return { type: "unknown" } as const;
  }

  async cancel() {
    const answer = await this.#ask({ type: "cancel", ref: this.#newRef() });
    if (answer?.type !== "cancel.receipt") return { type: "unknown" } as const;
    if (answer.outcome === "dequeued") return { type: "dequeued" } as const;
    if (answer.match !== null) return this.#matched(answer.match.match_id);
    return { type: "idle" } as const;
  }

  async look(): Promise<Standing | null> {
    if (this.#socket === null) return this.#connect();
    const found = this.#found;
    if (found !== null && !this.#known.has(found)) return this.#matched(found);
    const standing = await this.#settings.service.look(this.#player);
    return standing?.type === "matched" ? this.#matched(standing.matchId, standing.connection) : standing;
  }

  async wait(): Promise<void> {
    await Promise.race([this.#news.promise, sleep(LOOK_EVERY_MS)]);
    this.#news = Promise.withResolvers();
  }

  close(): void {
    this.#socket?.close();
  }

  async #connect(): Promise<Standing | null> {
    const { url, gate } = this.#settings;
    await gate.passed();
    const protocols = [SOCKET_PROTOCOL, BEARER_PROTOCOL_PREFIX + this.#player.token];
    const socket = new WebSocket(`${url.replace("http", "ws")}/matchmaking/ws`, protocols);
    const first = Promise.withResolvers<ServerMessage | null>();
    this.#answer = first;
    socket.addEventListener("message", ({ data }) => this.#hear(ServerMessageSchema.parse(JSON.parse(String(data)))));
    const ended = () => {
      if (this.#socket === socket) this.#socket = null;
      first.resolve(null);
      this.#answer.resolve(null);
      this.#news.resolve();
    };
    socket.addEventListener("close", ended);
    socket.addEventListener("error", ended);
    const state = await this.#inTime(socket, first.promise);
    // A socket that is closed by now would never answer, and never say again that it is closed.
    if (state?.type !== "state" || socket.readyState !== WebSocket.OPEN) return null;
    this.#socket = socket;
    if (state.queued !== null)
      return { type: "queued", ticketId: state.queued.ticket_id, enqueuedAt: state.queued.enqueued_at };
    if (state.matched === null) return { type: "idle" };
    return this.#matched(state.matched.match_id, state.connection === null ? null : JSON.stringify(state.connection));
  }

  #matched(matchId: string, connection?: string | null) {
    this.#known.add(matchId);
    return { type: "matched", matchId, ...(connection !== undefined && { connection }) } as const;
  }

  async #ask(message: ClientMessage): Promise<ServerMessage | null> {
    this.#settings.history.requests += 1;
    const socket = this.#socket;
    if (socket === null) return null;
    this.#answer = Promise.withResolvers();
    socket.send(JSON.stringify(message));
    return this.#inTime(socket, this.#answer.promise);
  }

  /** Null, with the socket given up: no answer came for far too long, or it broke. */
  async #inTime(socket: WebSocket, answer: Promise<ServerMessage | null>): Promise<ServerMessage | null> {
    const stop = new AbortController();
    const late = sleep(ANSWER_WITHIN_MS, "late" as const, { signal: stop.signal }).catch(() => null);
    const first = await Promise.race([answer, late]);
    stop.abort();
    if (first !== "late") return first;
    this.#settings.history.failed("a socket that is open and does not answer");
    if (this.#socket === socket) this.#socket = null;
    socket.close();
    return null;
  }

  #hear(message: ServerMessage): void {
    const { history } = this.#settings;
    const { playerId } = this.#player;
    if (message.seq <= this.#lastSeq)
      history.oddities.push(`player ${playerId} heard number ${message.seq} after ${this.#lastSeq}`);
    this.#lastSeq = message.seq;
    if (message.type === "match.found") {
      history.tell(message.match.match_id, playerId);
      this.#found = message.match.match_id;
      this.#news.resolve();
    } else if (message.type === "match.finished") {
      history.toldFinished.add(message.match.match_id);
    } else if (message.type === "state" || ("ref" in message && message.ref === String(this.#asked))) {
      this.#answer.resolve(message);
    }
  }

  #newRef(): string {
    this.#asked += 1;
    return String(this.#asked);
  }
}
