import type { MatchAnswer } from "./answers.ts";
import type { Player } from "./service.ts";

/** Gets told what happens while a simulation runs. */
export interface SimulationObserver {
  registered?(players: readonly Player[], expectedMatches: number): void;
  matchFormed?(match: MatchAnswer): void;
  /** The result has been taken in; it is not rated yet. */
  matchReported?(match: MatchAnswer): void;
  /** @param departuresRemainMs until the service can have noticed everybody who is gone */
  gamesOver?(departuresRemainMs: number): void;
}
