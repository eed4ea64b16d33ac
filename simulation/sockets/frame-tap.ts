import type { PlayerState } from "../../client/messages.ts";
import { ServerMessageSchema } from "../../src/region/protocol.ts";
import { PONG } from "../../src/region/socket-constants.ts";
import type { HearingTimes } from "./hearing-times.ts";
import { describePlace, isSamePlace, placeOf } from "./place.ts";
import type { PlayerRecord } from "./player-record.ts";
import type { Tally } from "./tally.ts";

/**
 * Looks at a player's frames before their client does, and at what the client makes of them: each is passed on once, and
 * the state that the client keeps is where the player is.
 */
export class FrameTap {
  readonly #record: PlayerRecord;
  readonly #hearing: HearingTimes;
  readonly #tally: Tally;
  /** The number of a frame that the client has not passed on so far. */
  #undelivered: number | null = null;

  constructor(record: PlayerRecord, hearing: HearingTimes, tally: Tally) {
    this.#record = record;
    this.#hearing = hearing;
    this.#tally = tally;
  }

  received(frame: unknown): void {
    if (frame === PONG) return;
    this.#tally.messages += 1;
    if (this.#undelivered !== null) this.#record.fault(`has a client that kept number ${this.#undelivered} to itself`);
    this.#undelivered = null;
    const message = ServerMessageSchema.safeParse(parse(frame));
    if (!message.success) {
      const where = message.error.issues.map(({ path, message: text }) => `${path.join(".")}: ${text}`).join("; ");
      this.#record.fault(`is told a message of another shape (${where})`);
      return;
    }
    if (message.data.type === "state") this.#tally.sockets += 1;
    this.#undelivered = message.data.seq;
    this.#hearing.heard(message.data, Date.now());
    this.#record.hears(message.data);
  }

  /** @param state the client's, with this message taken in */
  delivered(seq: number, state: PlayerState | null): void {
    if (seq !== this.#undelivered) this.#record.fault(`has a client that passes on number ${seq} unheard`);
    this.#undelivered = null;
    const { place } = this.#record;
    const told = state === null ? place : placeOf(state);
    // Only the game server tells its players of a report; the client hears of the end when it is rated.
    const isReported = told.type === "matched" && place.type !== "matched";
    if (isReported || isSamePlace(told, place)) return;
    this.#record.fault(`has a client that says ${describePlace(told)} while ${describePlace(place)}`);
  }
}

function parse(frame: unknown): unknown {
  try {
    return JSON.parse(String(frame));
  } catch {
    return null;
  }
}
