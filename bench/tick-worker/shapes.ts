import { assert } from "../../src/core/assert.ts";
import type { Mode } from "../../src/core/mode.ts";
import type { ModeDefinition } from "../../src/core/mode-definition.ts";
import { resolveModes } from "../../src/core/mode-definition.ts";

/** What the tick is measured with: the shipped modes, and larger ones. */
const SHAPES: readonly ModeDefinition[] = [
  { name: "2v2", teams: 2, teamSize: 2 },
  { name: "1v1", teams: 2, teamSize: 1 },
  { name: "5v5", teams: 2, teamSize: 5 },
  { name: "8v8", teams: 2, teamSize: 8 },
  { name: "3x3", teams: 3, teamSize: 3 },
];

export function modeNamed(name: string): Mode {
  const modes = resolveModes(SHAPES, 0.1);
  assert(modes.ok, "the shapes are possible modes");
  const mode = modes.value.byName.get(name);
  assert(mode !== undefined, `${name} is one of the shapes`);
  return mode;
}
