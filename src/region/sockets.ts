import type { Change } from "../core/changes.ts";
import { LIMITS } from "../core/limits.ts";
import type { LastMatchesSettings } from "./last-matches.ts";
import { LastMatches } from "./last-matches.ts";
import type { LoadGuard } from "./load-guard.ts";
import { MessageRate } from "./message-rate.ts";
import { noticesOf } from "./notices.ts";
import type { OpenSocketsSettings } from "./open-sockets.ts";
import { OpenSockets } from "./open-sockets.ts";
import type { ClientMessage } from "./protocol.ts";
import { readFrame } from "./read-frame.ts";
import type { SocketCallsSettings } from "./socket-calls.ts";
import { echoOf, SocketCalls } from "./socket-calls.ts";
import { SOCKET_PROTOCOL } from "./socket-constants.ts";
import { holderOf, visitorOf } from "./socket-holder.ts";
import { socketProblem } from "./socket-problem.ts";
import type { SocketRefusal } from "./socket-refusal.ts";
import { refusedSocket } from "./socket-refusal.ts";
import { stateMessage } from "./socket-state.ts";

export interface SocketsSettings extends Omit<OpenSocketsSettings, "lost" | "isVoid">, SocketCallsSettings {
  readonly readLastMatches: LastMatchesSettings["read"];
  /** Called after what is no event of the queue: something was counted, and a socket that is lost may have been noticed. */
  readonly settle: () => void;
  readonly guard: Pick<LoadGuard, "refusalOf">;
  /** See `QueueSettings`. */
  readonly isClosed: boolean;
}

/**
 * A region's talk with its players' sockets.
 *
 * 1. Whoever connects hears first where they stand; that and the opening are one step, so no event falls between.
 * 2. What players are told comes from committed changes only, and the platform holds it back until these are durable.
 * 3. A frame that cannot be read gets a problem and the socket stays open; too many frames close it. Neither touches
 *    others.
 */
export class Sockets {
  readonly #settings: SocketsSettings;
  readonly #open: OpenSockets;
  readonly #calls: SocketCalls;
  readonly #lastMatches: LastMatches;
  readonly #rates = new WeakMap<WebSocket, MessageRate>();

  constructor(settings: SocketsSettings) {
    this.#settings = settings;
    const { queue, now } = settings;
    this.#open = new OpenSockets({
      ...settings,
      isVoid: ({ playerId, issuedAtMs }) => queue().revocations.isVoid(playerId, issuedAtMs),
      lost: (playerId) => queue().leases.disconnected(playerId, now()),
    });
    this.#calls = new SocketCalls(settings);
    this.#lastMatches = new LastMatches({ ...settings, read: settings.readLastMatches });
  }

  /** Opens a socket. @returns 101, or a `SocketRefusal` */
  async connect(request: Request): Promise<Response> {
    const { queue, region, now, settle } = this.#settings;
    const visitor = visitorOf(request);
    const refusal = this.#refusalOf(visitor.playerId);
    if (refusal !== null) return refusedSocket(refusal);
    const lastMatch = await this.#lastMatches.find(visitor.playerId);
    if (queue().revocations.isVoid(visitor.playerId, visitor.issuedAtMs)) {
      return refusedSocket({ reason: "player_revoked", playerIds: [visitor.playerId] });
    }
    if (!this.#open.hasRoom()) return refusedSocket({ reason: "too_many_sockets" });
    const { client, socket } = this.#open.accept(visitor);
    queue().leases.connected(visitor.playerId, now());
    this.#open.send(socket, stateMessage(queue(), visitor.playerId, region, lastMatch, now()));
    settle();
    return new Response(null, {
      status: 101,
      webSocket: client,
      headers: { "sec-websocket-protocol": SOCKET_PROTOCOL },
    });
  }

  /** A frame has come. Never throws. */
  async received(socket: WebSocket, frame: string | ArrayBuffer): Promise<void> {
    const { region, metrics, log, settle } = this.#settings;
    // Frames that were under way when it was closed.
    if (socket.readyState !== WebSocket.READY_STATE_OPEN) return;
    metrics.socketMessages.inc({ region, direction: "in" });
    let echo: ReturnType<typeof echoOf> = {};
    try {
      const message = this.#read(socket, frame);
      if (message !== null) {
        if (message.type !== "ping") echo = echoOf(message.ref);
        await this.#answer(socket, message);
      }
    } catch (error) {
      log.error("socket_message_failed", error, { player_id: holderOf(socket).playerId });
      this.#open.send(socket, socketProblem("internal_error", {}, echo));
    }
    settle();
  }

  closed(socket: WebSocket, code: number): void {
    this.#open.closed(socket, code);
    this.#settings.settle();
  }

  /** The connection broke. */
  failed(socket: WebSocket, error: unknown): void {
    this.#settings.log.info("socket_failed", { player_id: holderOf(socket).playerId, reason: String(error) });
    this.closed(socket, 1006);
  }

  /** Tells players what was committed. */
  committed(changes: readonly Change[], nowMs: number): void {
    this.#lastMatches.committed(changes);
    this.#open.tell(noticesOf(changes, this.#settings.region, nowMs));
    for (const change of changes) {
      if (change.type === "revocation_changed") this.#open.closeVoid(change.revocation.playerId);
    }
  }

  /** The region is closed, and whoever waited has been told. */
  closeAll(): void {
    this.#open.closeAll("region_closed");
  }

  /** See `OpenSockets.sweep`. */
  sweep(): void {
    this.#open.sweep();
  }

  /** Who waits or plays is let in always: their place, and what they are asked, hang on it. */
  #refusalOf(playerId: string): SocketRefusal | null {
    const { isClosed, guard, queue } = this.#settings;
    if (isClosed) return { reason: "region_closed" };
    return queue().stateOf(playerId).type === "free" ? guard.refusalOf("socket") : null;
  }

  /** Null: there is none that could be answered, and the client has been told. */
  #read(socket: WebSocket, frame: string | ArrayBuffer): ClientMessage | null {
    const nowMs = this.#settings.now();
    if (!this.#open.isListening(socket)) return null;
    if (!this.#rateOf(socket, nowMs).take(nowMs)) {
      this.#open.close(socket, "flooding");
      return null;
    }
    const read = readFrame(frame);
    if (read.ok) return read.value;
    const { reason, extras, ref } = read.refusal;
    this.#open.send(socket, socketProblem(reason, extras, echoOf(ref)));
    return null;
  }

  async #answer(socket: WebSocket, message: ClientMessage): Promise<void> {
    const { playerId } = holderOf(socket);
    switch (message.type) {
      case "ping":
        return this.#open.pong(socket);
      case "cancel":
        return this.#open.send(socket, this.#calls.cancel(playerId, message));
      case "ack": {
        const fault = this.#calls.acknowledge(playerId, message);
        if (fault !== null) this.#open.send(socket, fault);
        return;
      }
      case "accept":
        return this.#open.send(socket, this.#calls.accept(playerId, message));
      case "decline":
        return this.#open.send(socket, this.#calls.decline(playerId, message));
      case "enqueue": {
        const answer = await this.#calls.enqueue(playerId, message);
        if (answer === "moved") this.#open.close(socket, "moved");
        else this.#open.send(socket, answer);
      }
    }
  }

  #rateOf(socket: WebSocket, nowMs: number): MessageRate {
    const known = this.#rates.get(socket);
    if (known !== undefined) return known;
    const rate = new MessageRate(LIMITS.socketBurst, LIMITS.socketMessagesPerS, nowMs);
    this.#rates.set(socket, rate);
    return rate;
  }
}
