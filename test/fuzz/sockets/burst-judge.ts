import { isDeepStrictEqual } from "node:util";
import { LIMITS } from "../../../src/core/limits.ts";
import type { ServerMessage } from "../../../src/region/protocol.ts";
import { ServerMessageSchema } from "../../../src/region/protocol.ts";
import { CLOSINGS, PONG } from "../../../src/region/socket-constants.ts";
import { parseJson } from "../json.ts";
import type { Expected, Unreadable } from "./expected.ts";
import { expectedAnswer, UNREADABLE } from "./expected.ts";

const RECEIPTS: readonly string[] = ["enqueue.receipt", "cancel.receipt", "accept.receipt", "decline.receipt"];
const DOCUMENTED_CODES: readonly number[] = Object.values(CLOSINGS).map(({ code }) => code);

/**
 * Judges all that one socket hears while it sends a burst.
 *
 * 1. Each message is one of the protocol's, with not one field more, and its number is higher than the one before.
 * 2. The first is `state`. A frame that cannot be read gets one problem that says why; a ping a pong; an ack a problem at
 *    the most; every other message one receipt or one problem.
 * 3. The socket stays open, whatever it is sent; only one that sends more than its burst may be closed, with a code that
 *    the protocol documents.
 */
export class BurstJudge {
  readonly #expected: readonly Expected[];
  readonly #faults: string[] = [];
  readonly #problems = new Map<string, number>();
  #pongs = 0;
  #answers = 0;
  #lastSeq = 0;
  #isFirst = true;
  #closeCode: number | null = null;

  constructor(frames: readonly (string | Uint8Array)[]) {
    this.#expected = frames.map(expectedAnswer);
  }

  hears(data: unknown): ServerMessage | null {
    if (data === PONG) {
      this.#pongs += 1;
      return null;
    }
    const message = this.#read(data);
    if (message === null) return null;
    if (message.seq <= this.#lastSeq) this.#faults.push(`number ${message.seq} comes after ${this.#lastSeq}`);
    this.#lastSeq = message.seq;
    if (this.#isFirst !== (message.type === "state")) this.#faults.push(`${message.type} is told out of place`);
    this.#isFirst = false;
    if (message.type === "problem") {
      this.#problems.set(message.reason, (this.#problems.get(message.reason) ?? 0) + 1);
      if (message.status >= 500) this.#faults.push(`a problem of status ${message.status}: ${message.reason}`);
      if (!isUnreadable(message.reason)) this.#answers += 1;
    } else if (RECEIPTS.includes(message.type)) this.#answers += 1;
    return message;
  }

  closed(code: number): void {
    this.#closeCode = code;
  }

  /** Whether everything that has to come has come, or nothing more can. */
  get isComplete(): boolean {
    return this.#closeCode !== null || (!this.#isFirst && this.#missing().length === 0);
  }

  /** @returns empty: nothing is wrong */
  verdict(): string[] {
    const mayFlood = this.#expected.length > LIMITS.socketBurst;
    if (this.#closeCode !== null && !(mayFlood && DOCUMENTED_CODES.includes(this.#closeCode))) {
      return [...this.#faults, `closed with ${this.#closeCode}`];
    }
    if (this.#closeCode !== null) return this.#faults;
    return [...this.#faults, ...this.#missing(), ...this.#surplus()];
  }

  #read(data: unknown): ServerMessage | null {
    const parsed = typeof data === "string" ? parseJson(data) : undefined;
    const read = ServerMessageSchema.safeParse(parsed);
    if (!read.success) {
      const issues = read.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
      this.#faults.push(`a message of another shape (${issues.join("; ")}): ${String(data).slice(0, 300)}`);
      return null;
    }
    // The schema drops fields that it does not know.
    if (!isDeepStrictEqual(parsed, JSON.parse(JSON.stringify(read.data)))) {
      this.#faults.push(`a message with fields that nobody documented: ${String(data).slice(0, 300)}`);
    }
    return read.data;
  }

  #missing(): string[] {
    return this.#counts().flatMap(([what, heard, least]) =>
      heard < least ? [`${what}: ${heard} of ${least} came`] : [],
    );
  }

  #surplus(): string[] {
    return this.#counts().flatMap(([what, heard, , most]) =>
      heard > most ? [`${what}: ${heard} came, ${most} at most`] : [],
    );
  }

  /** What is heard, and how often it has to be: at least, at most. */
  #counts(): [what: string, heard: number, least: number, most: number][] {
    const count = (kind: Expected["kind"]) => this.#expected.filter((one) => one.kind === kind).length;
    const unreadable = UNREADABLE.map((reason): [string, number, number, number] => {
      const frames = this.#expected.filter((one) => one.kind === "problem" && one.reason === reason).length;
      return [`problems of ${reason}`, this.#problems.get(reason) ?? 0, frames, frames];
    });
    const answers = count("answer");
    return [
      ["pongs", this.#pongs, count("pong"), count("pong")],
      ["answers", this.#answers, answers, answers + count("perhaps")],
      ...unreadable,
    ];
  }
}

function isUnreadable(reason: string): reason is Unreadable {
  return UNREADABLE.some((one) => one === reason);
}
