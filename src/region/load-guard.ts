import { LIMITS } from "../core/limits.ts";
import type { Overloaded } from "../core/load-shedder.ts";
import { LoadShedder } from "../core/load-shedder.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { comeBackAtMs } from "../wire/come-back.ts";
import type { QueueAccess } from "./queue-access.ts";

export type ShedKind = "enqueue" | "party" | "socket";

export interface LoadGuardSettings extends Pick<QueueAccess, "region" | "log" | "now" | "queue"> {
  readonly metrics: Metrics;
  /** 0 to 1. */
  readonly random: () => number;
}

/**
 * The region's door while there is too much to do: new players, new parties and new sockets are turned away. It is asked about
 * nothing else, so cancels, answers, servers, results and looks go on.
 */
export class LoadGuard {
  readonly #settings: LoadGuardSettings;
  readonly #shedder = new LoadShedder({
    lateMs: LIMITS.lateTickMs,
    lateTicks: LIMITS.lateTicks,
    uneasyMs: LIMITS.uneasyTickMs,
    calmForMs: LIMITS.calmForMs,
    fullPlayers: LIMITS.fullPlayers,
    roomyPlayers: LIMITS.roomyPlayers,
  });
  #isShedding = false;

  constructor(settings: LoadGuardSettings) {
    this.#settings = settings;
    settings.metrics.overloaded.set({ region: settings.region }, 0);
  }

  /** See `LoadShedder.ticked`. */
  ticked(latenessMs: number): void {
    this.#shedder.ticked(latenessMs, this.#settings.now());
    this.#look();
  }

  /** Null: whoever wants in may. */
  refusalOf(kind: ShedKind): Overloaded | null {
    const { region, metrics, now, random } = this.#settings;
    this.#look();
    if (!this.#isShedding) return null;
    metrics.callsShed.inc({ region, kind });
    return { reason: "overloaded", untilMs: comeBackAtMs(now(), random()) };
  }

  #look(): void {
    const { region, metrics, log, queue, now } = this.#settings;
    const players = queue().playerCount;
    const isShedding = this.#shedder.isShedding(players, now());
    if (isShedding === this.#isShedding) return;
    this.#isShedding = isShedding;
    metrics.overloaded.set({ region }, isShedding ? 1 : 0);
    log.warn(isShedding ? "overload_began" : "overload_ended", { waiting_players: players });
  }
}
