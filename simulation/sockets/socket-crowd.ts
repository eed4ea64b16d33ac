import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";
import type { MatchAnswer, ModeAnswer, Profile } from "../answers.ts";
import type { CallLog } from "../call-log.ts";
import type { Party } from "../party.ts";
import type { Random } from "../random.ts";
import { createRandom } from "../random.ts";
import type { BehaviourRates } from "./behaviour.ts";
import { checkEnding } from "./check-ending.ts";
import { HearingTimes } from "./hearing-times.ts";
import type { SocketPartySettings } from "./play-over-sockets.ts";
import { playOverSockets } from "./play-over-sockets.ts";
import { hasSameClock } from "./same-clock.ts";
import { SocketParty } from "./socket-party.ts";
import { SocketPlayer } from "./socket-player.ts";
import type { SocketReport } from "./socket-report.ts";
import { reportSockets } from "./socket-report.ts";
import { emptyTally } from "./tally.ts";

export interface SocketOptions {
  readonly rates: BehaviourRates;
  /** Whoever is out of the queue for longer does not wait for it. */
  readonly longestCoolDownSeconds: number;
}

export interface SocketCrowdSettings extends SocketOptions {
  readonly url: string;
  readonly mode: ModeAnswer;
  /** Players who connect at once. */
  readonly concurrency: number;
  readonly calls: CallLog;
  readonly random: Random;
}

/** A result reaches its players this long after it is rated, however busy the service is. */
const HEARD_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 200;
/** Leases run out within a second of their time. */
const LEAVING_SLACK_MS = 3_000;
/** What a service is expected to have that does not say; see `GET /modes`. */
const DEFAULT_GRACE_S = 30;
const SEEDS = 2 ** 31;

/** The players of a run who live on sockets. */
export class SocketCrowd {
  readonly #settings: SocketCrowdSettings;
  readonly #parties: ReadonlyMap<Party, SocketParty>;
  readonly #partyOf: ReadonlyMap<string, SocketParty>;
  readonly #tally = emptyTally();
  readonly #hearing = new HearingTimes();
  #lastGoneAtMs: number | null = null;

  constructor(parties: readonly Party[], settings: SocketCrowdSettings) {
    this.#settings = settings;
    const { url, mode, rates, calls, random } = settings;
    const fixed = { url, rates, calls, hearing: this.#hearing, tally: this.#tally };
    const rules = { asking: mode.ready_check ?? null, graceS: mode.socket_grace_s ?? DEFAULT_GRACE_S };
    // Each player has chances of their own, so that what one draws does not hang on when the others draw.
    const makeRandom = () => createRandom(Math.floor(random.between(0, SEEDS)));
    const make = (party: Party) =>
      new SocketParty(
        party,
        (player, life) => new SocketPlayer({ ...fixed, ...rules, ...life, player, random: makeRandom() }),
      );
    const goes = () => {
      this.#lastGoneAtMs = performance.now();
    };
    this.#parties = new Map(parties.map((party) => [party, make(party)]));
    const all = [...this.#parties.values()];
    for (const { gone } of all) gone.addEventListener("abort", goes);
    this.#partyOf = new Map(
      all.flatMap((party) => party.members.map(({ player }) => [player.playerId, party] as const)),
    );
  }

  /**
   * @param stop ends all sockets, and with them whatever waits for an answer
   * @throws if the service does not take somebody
   */
  async connect(stop: AbortSignal): Promise<void> {
    stop.addEventListener("abort", () => this.close());
    const limit = pLimit(this.#settings.concurrency);
    await limit.map([...this.#parties.values()], (party) => party.connect(this.#settings.url));
  }

  /** Whether nothing reaches the player any more. */
  isGone(playerId: string): boolean {
    return this.#partyOf.get(playerId)?.gone.aborted ?? false;
  }

  /** All games of one party. */
  async play(party: Party, settings: Omit<SocketPartySettings, "tally" | "longestCoolDownS">): Promise<void> {
    const { longestCoolDownSeconds: longestCoolDownS } = this.#settings;
    const member = this.#parties.get(party);
    if (member !== undefined) await playOverSockets(member, { ...settings, tally: this.#tally, longestCoolDownS });
  }

  /** Longer than somebody who is gone can still be in line. */
  get leavesWithinMs(): number {
    const { ready_check, socket_grace_s } = this.#settings.mode;
    const askedS = ready_check ? ready_check.accept_s + ready_check.repair_s : 0;
    return ((socket_grace_s ?? DEFAULT_GRACE_S) + askedS) * 1_000 + LEAVING_SLACK_MS;
  }

  /** Until the service can have noticed everybody who is gone so far; 0: it has. */
  get departuresRemainMs(): number {
    if (this.#lastGoneAtMs === null) return 0;
    return Math.max(0, this.#lastGoneAtMs + this.leavesWithinMs - performance.now());
  }

  /** Waits until everybody who can has heard of the end of these matches. */
  async awaitHeard(finished: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    const deadlineMs = performance.now() + HEARD_WITHIN_MS;
    const isWaiting = () =>
      this.#players().some(({ record, isGone }) => !isGone && record.matches.unheardOf(finished).length > 0);
    while (isWaiting() && performance.now() < deadlineMs) await sleep(LOOK_EVERY_MS, undefined, { signal });
  }

  /** What was wrong, from the first message to the end of the run; to be asked once, at that end. */
  faults(
    matches: readonly MatchAnswer[],
    finished: ReadonlySet<string>,
    profiles: readonly Profile[],
  ): readonly string[] {
    const players = this.#players();
    const heard = players.flatMap(({ record }) => record.faults);
    return [...heard, ...checkEnding({ players, mode: this.#settings.mode, matches, finished, profiles })];
  }

  report(): SocketReport {
    const { rates, url } = this.#settings;
    const coolDowns = this.#players().reduce((sum, { record }) => sum + record.offences.punished, 0);
    return reportSockets(rates, this.#tally, coolDowns, this.#hearing, hasSameClock(url));
  }

  /** All sockets, politely. */
  close(): void {
    for (const party of this.#parties.values()) for (const member of party.members) member.close();
  }

  #players() {
    return [...this.#parties.values()].flatMap(({ members, gone }) =>
      members.map(({ player, record }) => ({ playerId: player.playerId, record, isGone: gone.aborted })),
    );
  }
}
