import type { Mode, ModeTable } from "../../../src/core/mode.ts";
import type { ModeDefinition } from "../../../src/core/mode-definition.ts";
import { resolveModes } from "../../../src/core/mode-definition.ts";

/** The weight that `MATCH_BETA` has by default. */
const SIGMA_WEIGHT = 0.1;

/** 2v2 as it comes, with whatever the test is about. */
export function aMode(overrides: Partial<ModeDefinition> = {}): Mode {
  return aModeTable(aModeDefinition(overrides)).defaultMode;
}

export function aModeDefinition(overrides: Partial<ModeDefinition> = {}): ModeDefinition {
  return { name: "2v2", teams: 2, teamSize: 2, ...overrides };
}

/** The first is the default. */
export function aModeTable(...definitions: ModeDefinition[]): ModeTable {
  const resolved = resolveModes(definitions, SIGMA_WEIGHT);
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.refusal.problems));
  return resolved.value;
}
