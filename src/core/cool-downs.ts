import type { ChangeLog } from "./change-log.ts";
import type { ReadyCheckRules } from "./mode.ts";

/** What a player has to show for ready checks that they were shown and did not accept. */
export interface CoolDown {
  readonly playerId: string;
  readonly offences: number;
  /** From then on the player may queue again. */
  readonly untilMs: number;
  /** From then on none of it counts any more. */
  readonly forgivenAtMs: number;
}

/**
 * Keeps players out of the queue for a while after they let others down.
 *
 * 1. The first offence costs the first cool-down of the mode in which it happened, the second one the second; the last
 *    one repeats. One of 0 s is a warning: it keeps nobody out, and the next one counts as the second.
 * 2. Who commits none for as long as the mode says starts again with the first.
 *
 * Offences count over all modes: who is out is out of every queue.
 *
 * What is forgiven is forgotten on waking, and at the next offences of others: so memory holds no more than who offended
 * within the longest time that a mode remembers.
 */
export class CoolDowns {
  readonly #changes: ChangeLog;
  /** Who is forgiven first comes first; in modes that remember for different times, about so. */
  readonly #byPlayer = new Map<string, CoolDown>();

  constructor(changes: ChangeLog, coolDowns: readonly CoolDown[], nowMs: number) {
    this.#changes = changes;
    const firstForgiven = coolDowns.toSorted((one, other) => one.forgivenAtMs - other.forgivenAtMs);
    for (const coolDown of firstForgiven) this.#byPlayer.set(coolDown.playerId, coolDown);
    this.#forgetForgiven(nowMs);
  }

  /** What keeps the player out of the queue now; null: nothing does. */
  of(playerId: string, nowMs: number): CoolDown | null {
    const known = this.#byPlayer.get(playerId);
    return known !== undefined && nowMs < known.untilMs ? known : null;
  }

  /** What the player's next offence would cost, in seconds. */
  nextS(playerId: string, { coolDownsS }: ReadyCheckRules, nowMs: number): number {
    return coolDownsS[Math.min(this.#remembered(playerId, nowMs), coolDownsS.length - 1)] ?? 0;
  }

  /** Counts an offence. Null: it does not keep the player out. */
  punish(playerId: string, rules: ReadyCheckRules, nowMs: number): CoolDown | null {
    if (rules.coolDownsS.every((seconds) => seconds === 0)) return null;
    const untilMs = nowMs + this.nextS(playerId, rules, nowMs) * 1_000;
    const coolDown: CoolDown = {
      playerId,
      offences: this.#remembered(playerId, nowMs) + 1,
      untilMs,
      forgivenAtMs: Math.max(untilMs, nowMs + rules.forgivenAfterS * 1_000),
    };
    this.#forgetForgiven(nowMs);
    this.#byPlayer.delete(playerId);
    this.#byPlayer.set(playerId, coolDown);
    this.#changes.record({ type: "cool_down_started", coolDown });
    return this.of(playerId, nowMs);
  }

  #remembered(playerId: string, nowMs: number): number {
    const known = this.#byPlayer.get(playerId);
    return known === undefined || isForgiven(known, nowMs) ? 0 : known.offences;
  }

  #forgetForgiven(nowMs: number): void {
    for (const coolDown of this.#byPlayer.values()) {
      if (!isForgiven(coolDown, nowMs)) return;
      this.#forget(coolDown.playerId);
    }
  }

  #forget(playerId: string): void {
    this.#byPlayer.delete(playerId);
    this.#changes.record({ type: "cool_down_forgotten", playerId });
  }
}

function isForgiven({ forgivenAtMs }: CoolDown, nowMs: number): boolean {
  return nowMs >= forgivenAtMs;
}
