import { formMatch } from "./form-match.ts";
import type { Line } from "./line.ts";
import type { LiveMatches } from "./live-matches.ts";
import type { MatchLifecycle } from "./match-lifecycle.ts";
import type { FoundMatch } from "./matching/found-match.ts";
import type { Matchmaking } from "./matchmaking.ts";
import type { Mode } from "./mode.ts";

/** Makes a match of a group: its tickets end, and the match holds their players. */
export class MatchMaker {
  readonly #line: Line;
  readonly #matchmaking: Matchmaking;
  readonly #matches: LiveMatches;
  readonly #lifecycle: MatchLifecycle;

  constructor(line: Line, matchmaking: Matchmaking, matches: LiveMatches, lifecycle: MatchLifecycle) {
    this.#line = line;
    this.#matchmaking = matchmaking;
    this.#matches = matches;
    this.#lifecycle = lifecycle;
  }

  make(found: FoundMatch, mode: Mode, matchId: string, nowMs: number): void {
    for (const ticket of found.teams.flat()) {
      const estimate = this.#matchmaking.matched(ticket, nowMs);
      this.#line.end(ticket, "matched", nowMs, estimate === null ? {} : { estimate });
    }
    this.#lifecycle.formed(formMatch(found, mode, matchId, this.#matches.nextRev(), nowMs), found.pass);
  }
}
