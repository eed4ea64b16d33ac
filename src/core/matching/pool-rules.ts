import type { Mode } from "../mode.ts";
import { RuleBook } from "./group-rules.ts";
import { PartyTiling } from "./party-tiling.ts";
import { RolePlaces } from "./role-places.ts";

/** A mode's hard rules in the forms in which they are asked. */
export interface PoolRules {
  readonly mode: Mode;
  readonly ruleBook: RuleBook;
  readonly rolePlaces: RolePlaces;
  readonly tiling: PartyTiling;
}

export function poolRulesOf(mode: Mode): PoolRules {
  return { mode, ruleBook: new RuleBook(mode), rolePlaces: new RolePlaces(mode), tiling: new PartyTiling(mode) };
}
