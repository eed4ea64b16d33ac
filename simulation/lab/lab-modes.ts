import { assert } from "../../src/core/assert.ts";
import type { Mode, ReadyCheckRules } from "../../src/core/mode.ts";
import type { ModeDefinition } from "../../src/core/mode-definition.ts";
import { resolveModes } from "../../src/core/mode-definition.ts";
import type { GameShape } from "./game-shape.ts";
import { MAP_ATTRIBUTES } from "./map-choice.ts";

/** The knobs of the matcher that the lab turns, beside `a`. */
export interface MatcherSettings {
  /** `γ`: 0.5 is cheapest overall, more evens out the waits of rare ratings. */
  readonly equity: number;
  /** Nobody waits longer than this while there are players to be had; null: the reference's 120 s to 900 s. */
  readonly capS: number | null;
  /** How much an imbalance counts beside the range; see `core/mode.ts`. */
  readonly balanceWeight: number;
}

/** Those behind the reference table. */
export const REFERENCE_SETTINGS: MatcherSettings = { equity: 0.5, capS: null, balanceWeight: 4 };
const REFERENCE_OVERDUE = { naturalWaits: 6, leastS: 120, mostS: 900 };

/** `MATCH_BETA` as a service has it by default. */
const SHIPPED_SIGMA_WEIGHT = 0.1;

/**
 * A mode as behind the reference table: no weight of sigma or of party parity, the plain imbalance term.
 *
 * @param pointsPerSecond `a`: rating points that one second of waiting is worth
 */
export function referenceMode(
  shape: GameShape,
  pointsPerSecond: number,
  { equity, capS, balanceWeight }: MatcherSettings,
): Mode {
  return resolve(
    {
      name: shape.name,
      teams: shape.teams,
      teamSize: shape.teamSize,
      pointsPerSecond,
      equity,
      overdue: capS === null ? REFERENCE_OVERDUE : { naturalWaits: 6, leastS: 0, mostS: capS },
      balanceWeight,
      isSigmaAware: false,
      attributes: MAP_ATTRIBUTES,
      partyParityWeight: 0,
    },
    0,
  );
}

/**
 * The mode as `src/modes.ts` has it: its knobs and every default. The maps bind only tickets that name some.
 *
 * @param readyCheck as a mode's definition says it; null: nobody is asked
 */
export function shippedMode(
  { name, teams, teamSize, shipped }: GameShape,
  readyCheck: Partial<ReadyCheckRules> | null = null,
): Mode {
  return resolve({ name, teams, teamSize, ...shipped, attributes: MAP_ATTRIBUTES, readyCheck }, SHIPPED_SIGMA_WEIGHT);
}

function resolve(definition: ModeDefinition, sigmaWeight: number): Mode {
  const resolved = resolveModes([definition], sigmaWeight);
  assert(resolved.ok, `a mode of the lab is possible: ${resolved.ok ? "" : JSON.stringify(resolved.refusal.problems)}`);
  return resolved.value.defaultMode;
}
