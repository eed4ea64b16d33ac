import type { ServerMessage } from "../../client/wire-types.ts";
import type { Distribution } from "../statistics.ts";
import { distribution } from "../statistics.ts";

/** One thing that several players were told at once. */
interface Telling {
  /** By the service's clock, milliseconds since 1970. */
  readonly toldAtMs: number;
  /** By this machine's. */
  readonly heardAtMs: number[];
}

/** Milliseconds from the service's telling to the players' hearing; null: nothing of it was heard. */
export interface NotificationTimes {
  readonly found: Distribution | null;
  /** Of each match, the player who heard of it last. */
  readonly found_by_last: Distribution | null;
  readonly proposed: Distribution | null;
  /** Of each round of asking. */
  readonly proposed_by_last: Distribution | null;
}

/**
 * When players heard what they were told.
 *
 * A message's number is the service's clock in microseconds when it was told, which is right after the commit of what it
 * tells of; everybody is told the same thing with the same number. The clock stands still within one event, so what
 * the event took before that counts as well.
 */
export class HearingTimes {
  readonly #found = new Map<string, Telling>();
  readonly #proposed = new Map<string, Telling>();
  /** By match. */
  readonly #firstAskedAtMs = new Map<string, number>();
  readonly #rounds = new Map<string, number>();

  /** @param heardAtMs milliseconds since 1970 */
  heard(message: ServerMessage, heardAtMs: number): void {
    const toldAtMs = message.seq / 1_000;
    if (message.type === "match.found") note(this.#found, message.match.match_id, toldAtMs, heardAtMs);
    if (message.type !== "match.proposed") return;
    const { match_id: matchId, round } = message;
    // Whoever is given more time is asked in the same round, later.
    note(this.#proposed, `${matchId}/${round}/${toldAtMs}`, toldAtMs, heardAtMs);
    this.#firstAskedAtMs.set(matchId, Math.min(toldAtMs, this.#firstAskedAtMs.get(matchId) ?? toldAtMs));
    this.#rounds.set(matchId, Math.max(round, this.#rounds.get(matchId) ?? round));
  }

  /** Only where both ends have the same clock. */
  notifications(): NotificationTimes {
    return {
      found: distribution(delaysMs(this.#found)),
      found_by_last: distribution(longestDelaysMs(this.#found)),
      proposed: distribution(delaysMs(this.#proposed)),
      proposed_by_last: distribution(longestDelaysMs(this.#proposed)),
    };
  }

  /** Seconds from the first asking to the match, by the service's clock alone. */
  confirmations(): Distribution | null {
    return distribution(
      [...this.#found].flatMap(([matchId, { toldAtMs }]) => {
        const askedAtMs = this.#firstAskedAtMs.get(matchId);
        return askedAtMs === undefined ? [] : [(toldAtMs - askedAtMs) / 1_000];
      }),
    );
  }

  /** What became of the matches that players were asked about. */
  readyChecks(): { proposed: number; confirmed: number; confirmed_after_repair: number; repairs: number } {
    const rounds = [...this.#rounds.values()];
    const confirmed = [...this.#rounds].filter(([matchId]) => this.#found.has(matchId));
    return {
      proposed: rounds.length,
      confirmed: confirmed.length,
      confirmed_after_repair: confirmed.filter(([, round]) => round > 1).length,
      repairs: rounds.reduce((sum, round) => sum + round - 1, 0),
    };
  }
}

function note(tellings: Map<string, Telling>, key: string, toldAtMs: number, heardAtMs: number): void {
  const telling = tellings.get(key) ?? { toldAtMs, heardAtMs: [] };
  telling.heardAtMs.push(heardAtMs);
  tellings.set(key, telling);
}

function delaysMs(tellings: ReadonlyMap<string, Telling>): number[] {
  return [...tellings.values()].flatMap(({ toldAtMs, heardAtMs }) => heardAtMs.map((heardMs) => heardMs - toldAtMs));
}

function longestDelaysMs(tellings: ReadonlyMap<string, Telling>): number[] {
  return [...tellings.values()].map(({ toldAtMs, heardAtMs }) => Math.max(...heardAtMs) - toldAtMs);
}
