import type { MessageOf, PromptId } from "../../client/messages.ts";
import type { ServerMessage } from "../../client/wire-types.ts";
import { implausibleState } from "./after-reconnect.ts";
import { AnswersGiven } from "./answers-given.ts";
import { MatchesTold } from "./matches-told.ts";
import type { Ending } from "./offences.ts";
import { Offences } from "./offences.ts";
import type { Place } from "./place.ts";
import { describePlace, FREE, hasTicket, placeOf, promptOf } from "./place.ts";
import { isPossible } from "./possible-message.ts";

/** What `GET /modes` says of a mode's ready check. */
export interface AskingRules {
  readonly accept_s: number;
  readonly repair_s: number;
  readonly cool_downs_s: readonly number[];
}

export interface PlayerRecordSettings {
  readonly playerId: string;
  /** Null: the mode asks nobody. */
  readonly asking: AskingRules | null;
  /** Of everybody on the player's ticket, the player included. */
  readonly fellows: () => readonly PlayerRecord[];
}

/**
 * What one player did and was told, in order; whatever does not fit is a fault.
 *
 * 1. The player is in one place, and each message must be possible there: see `isPossible`.
 * 2. Numbers only grow, over all sockets.
 * 3. The first message of a socket is `state`, and it must be what can have become of the player meanwhile.
 * 4. A cool-down follows only on a prompt that was shown, on the player's own doing, and costs what was said.
 */
export class PlayerRecord {
  readonly answers = new AnswersGiven();
  readonly matches = new MatchesTold();
  readonly offences: Offences;
  readonly #settings: PlayerRecordSettings;
  readonly #faults: string[] = [];
  #place: Place = FREE;
  #sockets = 0;
  #isFresh = false;
  #lastSeq = 0;
  #wantsIn = false;
  #wantsOut = false;
  #ticketId: string | null = null;
  #left: MessageOf<"queue.left"> | null = null;

  constructor(settings: PlayerRecordSettings) {
    this.#settings = settings;
    this.offences = new Offences(settings.asking?.cool_downs_s ?? []);
  }

  /** One sentence each. */
  get faults(): readonly string[] {
    return this.#faults;
  }

  get place(): Place {
    return this.#place;
  }

  /** They have cancelled since they last asked for a place in line. */
  get wantsOut(): boolean {
    return this.#wantsOut;
  }

  /** How many sockets they have opened. */
  get sockets(): number {
    return this.#sockets;
  }

  fault(text: string): void {
    this.#faults.push(`player ${this.#settings.playerId} ${text}`);
  }

  /** The player, or whoever leads their party, asks for a place in line. */
  enqueues(): void {
    this.#wantsIn = true;
    this.#wantsOut = false;
  }

  /** That was not granted. */
  staysOut(): void {
    this.#wantsIn = false;
  }

  /** It was refused because somebody on the ticket is out of the queue, for so long. */
  isKeptOut(retryAfterS: number): void {
    const untilMs = Math.max(...this.#settings.fellows().map(({ offences }) => offences.untilMs));
    const remainingS = (untilMs - this.#lastSeq / 1_000) / 1_000;
    // Retry-After is in whole seconds.
    const isRight = remainingS > 0 && retryAfterS >= remainingS && retryAfterS < remainingS + 1.5;
    if (!isRight) this.fault(`is kept out of the queue for ${retryAfterS} s and not for ${remainingS} s`);
  }

  cancels(): void {
    this.#wantsOut = true;
  }

  /** @param isSent false: there is no open socket, and nobody hears it */
  acks(prompt: PromptId, isSent: boolean): void {
    this.answers.note(prompt, { ackedOver: isSent ? this.#sockets : null });
  }

  /** The player knows that the match they are in has been reported. */
  isFreed(matchId: string): void {
    if (this.#place.type === "matched" && this.#place.matchId === matchId) this.#place = FREE;
  }

  /** A socket is about to be opened. */
  opens(): void {
    this.#sockets += 1;
    this.#isFresh = true;
  }

  hears(message: ServerMessage): void {
    if (message.seq <= this.#lastSeq) this.fault(`is told number ${message.seq} after ${this.#lastSeq}`);
    if (this.#isFresh !== (message.type === "state")) {
      this.fault(`is told ${message.type} ${this.#isFresh ? "first" : "later"} on a socket`);
    }
    this.#isFresh = false;
    if (message.type === "state") {
      this.#resume(message);
    } else {
      if (!this.#isPossible(message))
        this.fault(`is told ${JSON.stringify(message)} while ${describePlace(this.#place)}`);
      this.#take(message);
    }
    this.#lastSeq = Math.max(this.#lastSeq, message.seq);
  }

  #isPossible(message: Exclude<ServerMessage, { type: "state" }>): boolean {
    const { playerId, asking, fellows } = this.#settings;
    return isPossible(message, {
      playerId,
      place: this.#place,
      isModeAsking: asking !== null,
      wantsIn: this.#wantsIn,
      outUntilMs: this.offences.untilMs,
      hasAccepted: this.answers.to(promptOf(this.#place)).hasAccepted,
      matches: this.matches,
      fellows: fellows(),
      ticketId: this.#ticketId,
      left: this.#left,
    });
  }

  #take(message: Exclude<ServerMessage, { type: "state" }>): void {
    switch (message.type) {
      case "queue.joined":
        this.#hasTicket(message.ticket_id);
        this.#place = { type: "queued", ticketId: message.ticket_id };
        break;
      case "queue.left":
        this.#leave(message);
        break;
      case "match.proposed":
        this.#ask(message);
        break;
      case "match.cancelled":
        this.#cancelled(message);
        break;
      case "match.found":
        this.matches.found(message.match.match_id);
        this.#place = { type: "matched", matchId: message.match.match_id };
        break;
      case "match.finished":
        this.matches.finished(message);
        this.isFreed(message.match.match_id);
        break;
      case "accept.receipt":
        this.answers.note(message, { isAcceptTaken: true });
        break;
      default:
      // What the others tell of has been told by one of these.
    }
  }

  #resume(state: MessageOf<"state">): void {
    const { asking, fellows } = this.#settings;
    const answer = this.answers.to(promptOf(this.#place));
    const fault = implausibleState(
      {
        place: this.#place,
        answer,
        awaySeconds: this.#sockets === 1 ? 0 : (state.seq - this.#lastSeq) / 1e6,
        wantsIn: this.#wantsIn,
        wantsOut: this.#wantsOut,
        isInParty: fellows().length > 1,
        acceptSeconds: asking?.accept_s ?? null,
      },
      state,
    );
    if (fault !== null) this.fault(`connects and is ${fault}`);
    this.#resumeOffences(state, { ...endingOf(answer), isTheirDoing: true, isCertain: false, isToldAtOnce: false });
    this.#resumeMatches(state);
    if (state.queued !== null) this.#hasTicket(state.queued.ticket_id);
    if (state.proposed !== null) this.answers.note(state.proposed, { costS: state.proposed.cool_down_s });
    this.#place = placeOf(state);
  }

  #resumeOffences({ cool_down, seq }: MessageOf<"state">, ending: Ending): void {
    if (cool_down !== null) this.#punish(cool_down, ending);
    else if (this.offences.untilMs > seq / 1_000) this.fault("connects and is not told of their cool-down");
  }

  #resumeMatches({ matched, last_match }: MessageOf<"state">): void {
    if (matched !== null && this.matches.isOver(matched.match_id))
      this.fault("connects and is in a match that is over");
    if (matched !== null) this.matches.found(matched.match_id);
    if (last_match === null) return;
    if (!this.matches.has(last_match.match.match_id)) this.fault("connects and has played a match unheard of");
    this.matches.shown(last_match);
  }

  #hasTicket(ticketId: string): void {
    this.#wantsIn = false;
    this.#ticketId = ticketId;
  }

  #leave(message: MessageOf<"queue.left">): void {
    const { reason, by, cool_down } = message;
    const answer = this.answers.to(promptOf(this.#place));
    const isOwn = by === this.#settings.playerId;
    this.#punish(cool_down, {
      ...endingOf(answer),
      isTheirDoing: isOwn || (reason === "lapsed" && !answer.isAcceptTaken),
      isCertain: reason === "declined" && isOwn && answer.ackedOver === this.#sockets,
      isToldAtOnce: true,
    });
    this.#left = message;
    this.#place = FREE;
  }

  #ask(prompt: MessageOf<"match.proposed">): void {
    const { match_id: matchId, round, expires_at, cool_down_s: costS } = prompt;
    if (costS !== this.offences.nextS) this.fault(`is told a cost of ${costS} s, not ${this.offences.nextS} s`);
    const ticketId = hasTicket(this.#place) ? this.#place.ticketId : "";
    this.#place = { type: "asked", ticketId, matchId, round, deadlineMs: Date.parse(expires_at) };
    this.answers.note(prompt, { costS });
  }

  #cancelled({ reason, back_in_line }: MessageOf<"match.cancelled">): void {
    const place = this.#place;
    if (reason === "not_accepted" && hasTicket(place)) {
      this.#place = { type: "queued", ticketId: place.ticketId };
    } else {
      // They are told of their place in line by `queue.joined`.
      this.#wantsIn = back_in_line;
      this.#place = FREE;
    }
  }

  #punish(coolDown: MessageOf<"queue.left">["cool_down"], ending: Ending): void {
    const fault = this.offences.told(coolDown, ending);
    if (fault !== null) this.fault(fault);
  }
}

function endingOf({ ackedOver, hasAccepted, costS }: ReturnType<AnswersGiven["to"]>) {
  return { wasShown: ackedOver !== null || hasAccepted, costS };
}
