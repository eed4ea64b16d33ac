import type { ModeTable } from "../../../src/core/mode.ts";
import type { ServerMessage } from "../../../src/region/protocol.ts";
import type { DurableState } from "../durable-state.ts";
import type { HistoryDigest } from "../history-digest.ts";
import type { Commit } from "../platform/object-storage.ts";
import type { SimulatedD1 } from "../platform/simulated-d1.ts";
import { AcknowledgedChecker } from "./check-acknowledged.ts";
import { ConservationChecker } from "./check-conservation.ts";
import { LockedOutChecker } from "./check-locked-out.ts";
import { OccupancyChecker } from "./check-occupancy.ts";
import { RatedOnceChecker } from "./check-rated-once.ts";
import { ToldChecker } from "./check-told.ts";
import { WholeMatchesChecker } from "./check-whole-matches.ts";
import type { Violations } from "./violations.ts";

export interface CheckersSettings {
  readonly violations: Violations;
  readonly modes: ModeTable;
  readonly digest: HistoryDigest;
  readonly read: SimulatedD1["read"];
  readonly resultOf: (matchId: string) => ReturnType<DurableState["results"]["get"]>;
  readonly rated: () => void;
}

/** All checkers, each of which hears of what concerns it. */
export class Checkers {
  readonly acknowledged: AcknowledgedChecker;
  readonly ratedOnce: RatedOnceChecker;
  readonly #digest: HistoryDigest;
  readonly #told: ToldChecker;
  readonly #ofCommits: readonly { take(commit: Commit, before: DurableState): void }[];

  constructor(settings: CheckersSettings) {
    const { violations, modes, digest } = settings;
    this.#digest = digest;
    this.acknowledged = new AcknowledgedChecker(violations);
    this.ratedOnce = new RatedOnceChecker(settings);
    this.#told = new ToldChecker(violations);
    this.#ofCommits = [
      new OccupancyChecker(violations),
      new ConservationChecker(violations),
      new WholeMatchesChecker(violations, modes),
      new LockedOutChecker(violations),
    ];
  }

  /** A commit has become durable. */
  durable(commit: Commit, state: DurableState): void {
    this.#digest.note(`${state.region} ${JSON.stringify(commit)}`);
    for (const checker of this.#ofCommits) checker.take(commit, state);
    state.take(commit);
  }

  /** A player has got a frame. */
  told(playerId: string, frame: string, state: DurableState): void {
    this.#digest.note(`${playerId} ${frame}`);
    this.#told.told(JSON.parse(frame) as ServerMessage, state, playerId);
  }
}
