import { fillGroup } from "../fill-group.ts";
import type { GameShape } from "../game-shape.ts";
import { playersOf } from "../game-shape.ts";
import type { Policy, PolicyMatch } from "../policy.ts";
import { fairSplits } from "../split-teams.ts";

/**
 * What the original does (in 2v2: the four oldest): who waits longest plays, whoever it is.
 *
 * 1. Go down the line from the oldest; take whoever still fits into the match that is being filled.
 * 2. Split them as fairly as can be; start again with the rest of the line.
 * 3. Where their parties do not fit on teams, the oldest of them stands aside until the next tick.
 */
export function oldestFirst(shape: GameShape): Policy {
  const split = fairSplits(shape);
  return {
    arrived: () => {},
    tick: (waiting) => {
      const matches: PolicyMatch[] = [];
      let line = waiting;
      for (;;) {
        const members = fillGroup(line, playersOf(shape));
        if (members === null) return matches;
        const teams = split(members);
        if (teams !== null) matches.push({ teams, pass: null });
        const gone = new Set(teams === null ? members.slice(0, 1) : members);
        line = line.filter((ticket) => !gone.has(ticket));
      }
    },
  };
}
