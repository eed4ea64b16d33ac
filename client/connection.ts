import { afterClose } from "./after-close.ts";
import { backoffDelayMs } from "./backoff.ts";
import type { ChannelEnd } from "./channel.ts";
import { Channel } from "./channel.ts";
import type { ClientSettings } from "./client-options.ts";
import type { Clock } from "./clock.ts";
import type { ConnectionStatus } from "./connection-status.ts";
import { MatchmakingError } from "./matchmaking-error.ts";
import type { PlayerState } from "./messages.ts";
import { socketUrl } from "./service-url.ts";
import type { ServerMessage } from "./wire-types.ts";

export interface ConnectionSettings extends ClientSettings {
  readonly clock: Clock;
  /** Asks the service over HTTP whether it takes a token. @throws a MatchmakingError if it does not, or cannot be asked */
  readonly checkToken: (token: string) => Promise<unknown>;
  /** A socket is open, and frames can be sent. Comes before the status and the message that say so. */
  readonly opened: (state: PlayerState) => void;
  readonly changed: (status: ConnectionStatus) => void;
  /** Each message of an open socket, once; the first is its `state`. */
  readonly received: (message: ServerMessage) => void;
  /** Over, and trying again would not help. */
  readonly gaveUp: (error: MatchmakingError) => void;
}

/** What the service says to a token that it will not take tomorrow either, or to a player that does not exist. */
const INCURABLE = [400, 401, 403, 404];

/**
 * Stays connected, over as many sockets as it takes.
 *
 * 1. An attempt asks for the token, opens a socket and waits for `state`, all within `openWithinMs`.
 * 2. When it fails, or the socket breaks later, the next one comes after a while, which grows with every attempt that
 *    failed. A socket that did not last as long as the longest wait counts as failed, so that a service that breaks
 *    right after each opening is not stormed.
 * 3. A browser does not say why a socket did not open. So the service is asked over HTTP about the token: if that is what
 *    is wrong, this gives up.
 * 4. `state` begins each socket anew, whatever its number. From then on a message whose number is not higher than the
 *    last one's has been delivered already.
 */
export class Connection {
  readonly #settings: ConnectionSettings;
  readonly #socketUrl: string;
  #status: ConnectionStatus = "idle";
  #channel: Channel | null = null;
  #failures = 0;
  #openedAtMs = 0;
  #lastSeq = 0;
  /** Grows when an attempt begins or ends: what belongs to an earlier one is not listened to. */
  #attempt = 0;
  #cancelTimer: () => void = () => {};

  /** @throws if the address is none */
  constructor(settings: ConnectionSettings) {
    this.#settings = settings;
    this.#socketUrl = socketUrl(settings.url);
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  /** Begins; once. */
  open(): void {
    if (this.#status === "idle") void this.#try();
  }

  /** Sends a frame if the connection is open; else it is lost. */
  send(frame: string): void {
    if (this.#status === "open") this.#channel?.send(frame);
  }

  /** Ends it for good. */
  close(): void {
    if (this.#status === "closed") return;
    this.#endAttempt();
    this.#channel?.close();
    this.#channel = null;
    this.#become("closed");
  }

  async #try(): Promise<void> {
    const { clock, openWithinMs, token: source, log } = this.#settings;
    const attempt = this.#endAttempt();
    this.#become("connecting");
    if (attempt !== this.#attempt) return;
    this.#cancelTimer = clock.setTimer(() => {
      if (this.#channel === null) this.#retry(0, `no token within ${openWithinMs} ms`);
      else this.#channel.drop(`not open within ${openWithinMs} ms`);
    }, openWithinMs);
    let token: string;
    try {
      token = typeof source === "string" ? source : await source();
    } catch (error) {
      if (attempt !== this.#attempt) return log(`no token, and too late: ${reasonOf(error)}`);
      return isIncurable(error) ? this.#giveUp(error) : this.#retry(0, `no token: ${reasonOf(error)}`);
    }
    if (attempt === this.#attempt) this.#connect(token);
  }

  #connect(token: string): void {
    const { WebSocket, clock, pingEveryMs, pongWithinMs, log } = this.#settings;
    try {
      this.#channel = new Channel({
        socketUrl: this.#socketUrl,
        token,
        WebSocket,
        clock,
        pingEveryMs,
        pongWithinMs,
        log,
        received: (message) => this.#receive(message),
        ended: (end) => void this.#ended(end, token),
      });
    } catch (error) {
      this.#giveUp(unusable(error));
    }
  }

  #receive(message: ServerMessage): void {
    const { received, log } = this.#settings;
    if (this.#status === "connecting") {
      if (message.type === "state") this.#begin(message);
      else log(`${message.type} before state`);
    } else if (message.seq <= this.#lastSeq) {
      log(`${message.type} with number ${message.seq} once more`);
    } else {
      this.#lastSeq = message.seq;
      received(message);
    }
  }

  #begin(state: PlayerState): void {
    const { clock, opened, changed, received } = this.#settings;
    this.#cancelTimer();
    this.#openedAtMs = clock.now();
    this.#lastSeq = state.seq;
    this.#status = "open";
    opened(state);
    changed("open");
    // Unless somebody who heard of it has closed it again.
    if (this.#status === "open") received(state);
  }

  async #ended({ code, wasHeard }: ChannelEnd, token: string): Promise<void> {
    const { token: source, backoff, clock, checkToken, log } = this.#settings;
    this.#channel = null;
    if (wasHeard && clock.now() - this.#openedAtMs >= backoff.longestMs) this.#failures = 0;
    const next = afterClose(code, typeof source === "function", backoff.longestMs);
    if (next.isFinal) return this.#giveUp(next.error);
    if (wasHeard) return this.#retry(next.leastMs, `closed with ${code}`);
    const attempt = this.#endAttempt();
    try {
      await checkToken(token);
    } catch (error) {
      if (attempt !== this.#attempt) return log(`asked too late: ${reasonOf(error)}`);
      if (isIncurable(error)) return this.#giveUp(error);
      return this.#retry(leastWaitMs(error), `did not open: ${reasonOf(error)}`);
    }
    if (attempt === this.#attempt) this.#retry(0, "did not open");
  }

  #retry(leastMs: number, why: string): void {
    const { backoff, random, clock, log } = this.#settings;
    this.#endAttempt();
    this.#failures += 1;
    const delayMs = leastMs + backoffDelayMs(this.#failures, backoff, random);
    log(`${why}; next attempt in ${Math.round(delayMs)} ms`);
    this.#cancelTimer = clock.setTimer(() => void this.#try(), delayMs);
    this.#become("waiting");
  }

  #giveUp(error: MatchmakingError): void {
    this.#endAttempt();
    this.#channel = null;
    this.#settings.log(`gave up: ${error.reason}`);
    this.#settings.gaveUp(error);
    this.#become("closed");
  }

  /** @returns the number of what begins now */
  #endAttempt(): number {
    this.#cancelTimer();
    this.#attempt += 1;
    return this.#attempt;
  }

  #become(status: ConnectionStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#settings.changed(status);
  }
}

function isIncurable(error: unknown): error is MatchmakingError {
  return error instanceof MatchmakingError && INCURABLE.includes(error.status);
}

function leastWaitMs(error: unknown): number {
  return error instanceof MatchmakingError ? (error.retryAfterS ?? 0) * 1_000 : 0;
}

function reasonOf(error: unknown): string {
  return error instanceof MatchmakingError ? error.reason : String(error);
}

/** A token that cannot even be offered, such as an empty one. */
function unusable(cause: unknown): MatchmakingError {
  return new MatchmakingError({
    reason: "invalid_credentials",
    title: "Credentials are not valid",
    detail: "The token cannot be sent. Pass the access_token of a registration as it is.",
    cause,
  });
}
