import { LIMITS } from "../core/limits.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { hasOpenSocket, isOpen } from "./has-open-socket.ts";
import type { Notice } from "./notices.ts";
import type { UnnumberedMessage } from "./protocol.ts";
import { RunningNumbers } from "./running-numbers.ts";
import type { ClosingName } from "./socket-constants.ts";
import { CLOSINGS, PING, PONG } from "./socket-constants.ts";
import type { SocketHolder, Visitor } from "./socket-holder.ts";
import { holderOf } from "./socket-holder.ts";

/** A socket that has pinged and then was silent for so long has nobody at its other end. */
const SILENT_AFTER_MS = 120_000;

/** Codes that clients and networks close with; whatever else they say is counted as `other`. */
const FOREIGN_CODES = [1000, 1001, 1005, 1006];
const OWN_CODES: readonly number[] = Object.values(CLOSINGS).map(({ code }) => code);

/** What it needs of the object's state. */
type SocketPlatform = Pick<
  DurableObjectState,
  "acceptWebSocket" | "getWebSockets" | "getWebSocketAutoResponseTimestamp" | "setWebSocketAutoResponse"
>;

export interface OpenSocketsSettings {
  readonly region: string;
  readonly platform: SocketPlatform;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => number;
  /** The newest time that storage knows of; see `RunningNumbers`. */
  readonly notBeforeMs: number;
  /** Whether the token that a socket was opened with was taken back. */
  readonly isVoid: (holder: SocketHolder) => boolean;
  /** A player's last socket is gone. Called in the middle of things: it must not fail, nor tell anybody anything. */
  readonly lost: (playerId: string) => void;
}

/**
 * The sockets of a region. The platform holds them, also while the object sleeps: each is tagged with its player's id
 * and carries its holder, so memory has nothing that a wake must restore but their number.
 *
 * Whoever's token has expired or was taken back is not told anything any more. That is looked at when something is said to or by them,
 * and at every sweep, so it needs no timer.
 */
export class OpenSockets {
  readonly #settings: OpenSocketsSettings;
  readonly #numbers: RunningNumbers;
  /** The platform tells of their end once more, if the other end confirms it. */
  readonly #closedHere = new WeakSet<WebSocket>();
  #count = 0;

  constructor(settings: OpenSocketsSettings) {
    this.#settings = settings;
    this.#numbers = new RunningNumbers(settings.notBeforeMs);
    settings.platform.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
    this.#recount();
  }

  /** Whether one more can be taken. */
  hasRoom(): boolean {
    if (this.#count >= LIMITS.socketsPerRegion) this.#recount();
    return this.#count < LIMITS.socketsPerRegion;
  }

  /** Opens a socket for a player; of too many the oldest goes. @returns the client's end, and the region's */
  accept({ playerId, expiresAtMs, issuedAtMs }: Visitor): { readonly client: WebSocket; readonly socket: WebSocket } {
    const others = this.of(playerId).sort((one, other) => holderOf(one).connectedAtMs - holderOf(other).connectedAtMs);
    for (const oldest of others.slice(0, Math.max(0, others.length + 1 - LIMITS.socketsPerPlayer))) {
      this.close(oldest, "replaced");
    }
    const { 0: client, 1: socket } = new WebSocketPair();
    this.#settings.platform.acceptWebSocket(socket, [playerId]);
    socket.serializeAttachment({ playerId, expiresAtMs, issuedAtMs, connectedAtMs: this.#settings.now() });
    this.#setCount(this.#count + 1);
    return { client, socket };
  }

  /** Sockets through which a player can be told something. */
  of(playerId: string): WebSocket[] {
    return this.#settings.platform.getWebSockets(playerId).filter((socket) => this.isListening(socket));
  }

  /** Says something to one socket. */
  send(socket: WebSocket, message: UnnumberedMessage): void {
    if (message.type === "problem") this.#countProblem(message.reason);
    if (!this.isListening(socket)) return;
    this.#write(socket, JSON.stringify({ ...message, seq: this.#numbers.take(1, this.#settings.now()) }));
  }

  /**
   * Tells everybody what concerns them, on all their sockets alike. What happened is durable by now: nothing here may
   * fail.
   */
  tell(notices: readonly Notice[]): void {
    if (notices.length === 0 || !this.#areThereAny()) return;
    const first = this.#numbers.take(notices.length, this.#settings.now());
    notices.forEach(({ playerIds, messageFor }, index) => {
      // Most messages are the same for all, and a match is long: it is written out once.
      let written: { readonly message: UnnumberedMessage; readonly frame: string } | undefined;
      for (const playerId of playerIds) {
        const sockets = this.of(playerId);
        if (sockets.length === 0) continue;
        const message = messageFor(playerId);
        if (written?.message !== message) {
          written = { message, frame: JSON.stringify({ ...message, seq: first + index }) };
        }
        for (const socket of sockets) this.#write(socket, written.frame);
      }
    });
  }

  /** Answers a ping that was not written exactly as the platform expects it. */
  pong(socket: WebSocket): void {
    if (this.isListening(socket)) this.#write(socket, PONG);
  }

  close(socket: WebSocket, name: ClosingName): void {
    const { region, metrics } = this.#settings;
    const { code, reason } = CLOSINGS[name];
    if (!isOpen(socket)) return;
    socket.close(code, reason);
    this.#closedHere.add(socket);
    metrics.socketCloses.inc({ region, code });
    this.#noticeLoss(socket);
  }

  closeAll(name: ClosingName): void {
    for (const socket of this.#settings.platform.getWebSockets()) this.close(socket, name);
  }

  /**
   * The platform has let go of a socket. Our own closings are counted when they are made: a dead peer never confirms.
   */
  closed(socket: WebSocket, code: number): void {
    const { region, metrics } = this.#settings;
    this.#setCount(Math.max(0, this.#count - 1));
    if (!this.#closedHere.has(socket)) this.#noticeLoss(socket);
    if (OWN_CODES.includes(code)) return;
    metrics.socketCloses.inc({ region, code: FOREIGN_CODES.includes(code) ? code : "other" });
  }

  /** Closes those whose token is good no more or who have fallen silent. To be called now and then when awake anyway. */
  sweep(): void {
    const { platform, now } = this.#settings;
    for (const socket of platform.getWebSockets()) {
      if (!this.isListening(socket)) continue;
      const pingedAt = platform.getWebSocketAutoResponseTimestamp(socket);
      if (pingedAt !== null && pingedAt.getTime() < now() - SILENT_AFTER_MS) this.close(socket, "silent");
    }
    this.#recount();
  }

  /** Closes what the revocations of a moment ago made void. */
  closeVoid(playerId: string): void {
    for (const socket of this.#settings.platform.getWebSockets(playerId)) this.isListening(socket);
  }

  /** Whether anybody is there who may be talked to. Closes the socket if its holder's time is up. */
  isListening(socket: WebSocket): boolean {
    if (!isOpen(socket)) return false;
    const holder = holderOf(socket);
    const isExpired = holder.expiresAtMs <= this.#settings.now();
    if (!isExpired && !this.#settings.isVoid(holder)) return true;
    this.close(socket, isExpired ? "token_expired" : "revoked");
    return false;
  }

  #noticeLoss(socket: WebSocket): void {
    const { platform, lost, now } = this.#settings;
    const { playerId } = holderOf(socket);
    if (!hasOpenSocket(platform, playerId, now())) lost(playerId);
  }

  #write(socket: WebSocket, frame: string): void {
    const { region, metrics, log } = this.#settings;
    try {
      socket.send(frame);
      metrics.socketMessages.inc({ region, direction: "out" });
    } catch (error) {
      log.error("socket_send_failed", error, { player_id: holderOf(socket).playerId });
    }
  }

  #countProblem(reason: string): void {
    this.#settings.metrics.socketProblems.inc({ region: this.#settings.region, reason });
  }

  /** A count that has drifted must not silence a region, and to look again is cheap when there are none. */
  #areThereAny(): boolean {
    if (this.#count > 0) return true;
    const count = this.#settings.platform.getWebSockets().length;
    if (count > 0) this.#setCount(count);
    return count > 0;
  }

  #recount(): void {
    this.#setCount(this.#settings.platform.getWebSockets().length);
  }

  #setCount(count: number): void {
    this.#count = count;
    this.#settings.metrics.socketsOpen.set({ region: this.#settings.region }, count);
  }
}
