import { MatchmakingClient } from "../../client/matchmaking-client.ts";
import { MatchmakingError } from "../../client/matchmaking-error.ts";
import type { CallType, PromptId, ReceiptOf } from "../../client/messages.ts";
import type { CallLog } from "../call-log.ts";
import type { Random } from "../random.ts";
import type { Player } from "../service.ts";
import type { BehaviourRates, Breakdown, Reaction } from "./behaviour.ts";
import { drawBreakdown, drawReaction, drawThoughtMs } from "./behaviour.ts";
import { Cable } from "./cable.ts";
import { FrameTap } from "./frame-tap.ts";
import type { HearingTimes } from "./hearing-times.ts";
import type { Place } from "./place.ts";
import { promptOf } from "./place.ts";
import type { PlayerRecordSettings } from "./player-record.ts";
import { PlayerRecord } from "./player-record.ts";
import type { Tally } from "./tally.ts";

export interface SocketPlayerSettings extends Pick<PlayerRecordSettings, "asking" | "fellows"> {
  readonly url: string;
  readonly player: Player;
  readonly rates: BehaviourRates;
  /** How long the mode keeps a place in line without a socket. */
  readonly graceS: number;
  readonly random: Random;
  readonly calls: CallLog;
  readonly hearing: HearingTimes;
  readonly tally: Tally;
  /** Their connection broke for good. */
  readonly isGone: () => void;
}

/** How an attempt to queue went; nothing: the player is gone, or the service is at fault. */
export type Entry =
  | { readonly type: "queued"; readonly enqueuedAtMs: number | null }
  | { readonly type: "kept_out"; readonly retryAfterS: number }
  | { readonly type: "nothing" };

/** Whoever is out for a few seconds comes back soon, as people do who wait for a game. */
const BACKOFF = { longestMs: 1_000 };
/** Of a call, absences included. */
const REPLY_WITHIN_MS = 30_000;

/** One player of a simulation: a client on a cable that can break, and a record of all that they do and hear. */
export class SocketPlayer {
  readonly player: Player;
  readonly record: PlayerRecord;
  readonly #settings: SocketPlayerSettings;
  readonly #cable: Cable;
  readonly #client: MatchmakingClient;
  readonly #reactions = new Map<string, Reaction>();
  readonly #watchers = new Set<() => void>();
  #breakdown: Breakdown | null = null;
  #hasLeft = false;

  constructor(settings: SocketPlayerSettings) {
    const { url, player, tally, random } = settings;
    this.player = player;
    this.#settings = settings;
    this.record = new PlayerRecord({ ...settings, playerId: player.playerId });
    const tap = new FrameTap(this.record, settings.hearing, tally);
    this.#cable = new Cable(
      () => this.record.opens(),
      (frame) => {
        tap.received(frame);
        this.#look();
      },
    );
    this.#client = new MatchmakingClient({
      url,
      token: player.token,
      backoff: BACKOFF,
      replyWithinMs: REPLY_WITHIN_MS,
      WebSocket: this.#cable.WebSocket,
      fetch: this.#cable.fetch,
      random: () => random.between(0, 1),
    });
    this.#client.on("match.proposed", (prompt) => this.#consider(prompt));
    this.#client.on("state", ({ proposed }) => {
      if (proposed !== null && !proposed.accepted) this.#consider(proposed);
    });
    this.#client.on("message", ({ seq }) => tap.delivered(seq, this.#client.state));
  }

  /** @throws if the service does not take the player */
  async connect(): Promise<void> {
    const startMs = performance.now();
    await this.#client.connect();
    this.#settings.calls.answered("connect", performance.now() - startMs);
  }

  /** For good. */
  close(): void {
    this.#hasLeft = true;
    this.#client.close();
  }

  /** Asks for a place in line, for the whole party. */
  async enqueue(mode: string): Promise<Entry> {
    try {
      const receipt = await this.#measured("enqueue", () => this.#client.enqueue({ mode }));
      return { type: "queued", enqueuedAtMs: Date.parse(receipt.enqueued_at) };
    } catch (error) {
      const { retryAfterS } = error instanceof MatchmakingError ? error : {};
      // The first of two was served, the second came after the match was made.
      const isMatched = (reason: string) => reason === "in_match" && this.record.place.type === "matched";
      const isKeptOut = (reason: string) => reason === "cooling_down" && retryAfterS !== undefined;
      const reason = this.#failed("enqueue", error, (why) => isMatched(why) || isKeptOut(why));
      if (isMatched(reason)) return { type: "queued", enqueuedAtMs: null };
      if (!isKeptOut(reason) || retryAfterS === undefined) return { type: "nothing" };
      this.record.isKeptOut(retryAfterS);
      return { type: "kept_out", retryAfterS };
    }
  }

  /** Leaves the line; where the player is afterwards, the record says. */
  async cancel(): Promise<void> {
    this.record.cancels();
    try {
      await this.#measured("cancel", () => this.#client.cancel());
    } catch (error) {
      this.#failed("cancel", error, () => false);
    }
  }

  /** A search begins: draws whether the connection breaks in it. */
  searches(): void {
    const { rates, asking, graceS, random } = this.#settings;
    this.#breakdown = drawBreakdown(rates, asking !== null, graceS, random);
    if (this.#breakdown?.after === "enqueue") this.#breakLater(this.#breakdown);
  }

  /** The match that they are in has been reported. */
  isFreed(matchId: string): void {
    this.record.isFreed(matchId);
    this.#look();
  }

  /**
   * Waits until the player is somewhere.
   *
   * @param find null: not there so far
   * @returns null: aborted before
   */
  until<Value>(find: (place: Place) => Value | null, signal: AbortSignal): Promise<Value | null> {
    return new Promise((resolve) => {
      const look = () => {
        const found = find(this.record.place);
        if (found === null && !signal.aborted) return;
        this.#watchers.delete(look);
        signal.removeEventListener("abort", look);
        resolve(found);
      };
      this.#watchers.add(look);
      signal.addEventListener("abort", look);
      look();
    });
  }

  #consider(prompt: PromptId): void {
    const { rates, random, tally } = this.#settings;
    const key = `${prompt.match_id}/${prompt.round}`;
    const known = this.#reactions.get(key);
    const reaction = known ?? drawReaction(rates, random);
    this.#reactions.set(key, reaction);
    if (reaction !== "ghost") {
      this.record.acks(prompt, this.#client.status === "open" && !this.#cable.isCut);
      this.#client.ack(prompt);
    }
    if (known !== undefined) return;
    tally.prompts[reaction] += 1;
    if (this.#breakdown?.after === "prompt") this.#breakLater(this.#breakdown);
    if (reaction === "accept" || reaction === "decline") {
      setTimeout(() => void this.#answer(prompt, reaction), drawThoughtMs(random));
    }
  }

  async #answer(prompt: PromptId, reaction: "accept" | "decline"): Promise<void> {
    if (this.#hasLeft) return;
    this.record.answers.note(prompt, reaction === "accept" ? { hasAccepted: true } : { hasDeclined: true });
    try {
      await this.#measured(reaction, () => this.#client[reaction](prompt));
    } catch (error) {
      // Too late, as the player has been told.
      this.#failed(reaction, error, (reason) => {
        const asked = promptOf(this.record.place);
        const isStillAsked = asked.match_id === prompt.match_id && asked.round === prompt.round;
        return (reason === "unknown_ready_check" || reason === "stale_round") && !isStillAsked;
      });
    }
  }

  #breakLater(breakdown: Breakdown): void {
    this.#breakdown = null;
    setTimeout(() => this.#break(breakdown), breakdown.delayMs);
  }

  #break({ awayMs }: Breakdown): void {
    if (this.#hasLeft) return;
    this.#settings.tally.breakdowns += 1;
    this.#cable.cut(awayMs ?? Number.POSITIVE_INFINITY);
    if (awayMs === null) this.#settings.isGone();
  }

  /** A party goes together: the others' connections break as well. */
  vanish(): void {
    if (this.#hasLeft) return;
    this.#settings.tally.gone += 1;
    this.#cable.cut(Number.POSITIVE_INFINITY);
    this.close();
  }

  async #measured<Type extends CallType>(kind: Type, call: () => Promise<ReceiptOf<Type>>): Promise<ReceiptOf<Type>> {
    const { sockets } = this.record;
    const startMs = performance.now();
    const receipt = await call();
    // An absence is no latency.
    if (this.record.sockets === sockets) this.#settings.calls.answered(`ws ${kind}`, performance.now() - startMs);
    return receipt;
  }

  /** @returns the reason; counted unless the player has left meanwhile */
  #failed(kind: CallType, error: unknown, isExpected: (reason: string) => boolean): string {
    if (!(error instanceof MatchmakingError)) throw error;
    const { status, reason } = error;
    if (!this.#hasLeft) this.#settings.calls.failed(`ws ${kind}`, `${status} ${reason}`, !isExpected(reason));
    return reason;
  }

  #look(): void {
    for (const look of [...this.#watchers]) look();
  }
}
