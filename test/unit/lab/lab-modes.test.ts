import { expect, it } from "vitest";
import { GAME_SHAPES } from "../../../simulation/lab/game-shape.ts";
import { REFERENCE_SETTINGS, referenceMode, shippedMode } from "../../../simulation/lab/lab-modes.ts";
import type { Mode } from "../../../src/core/mode.ts";
import { resolveModes } from "../../../src/core/mode-definition.ts";
import { MODES } from "../../../src/modes.ts";
import { aShape } from "./builders/a-line.ts";

/** How a mode makes matches, whatever it is called and whether it asks before. The lab's maps bind nobody by themselves. */
function searchOf(mode: Mode): Mode {
  return { ...mode, name: "", attributes: {}, readyCheck: null };
}

it.each(MODES)("measures how $name makes matches, as the service ships it", (definition) => {
  const resolved = resolveModes([definition], 0.1);
  if (!resolved.ok) throw new Error("a shipped mode is possible");
  const searches = GAME_SHAPES.map((shape) => searchOf(shippedMode(shape)));
  expect(searches).toContainEqual(searchOf(resolved.value.defaultMode));
});

it.each(GAME_SHAPES)("can make a mode of $name", (shape) => {
  const { teams, teamSize } = shippedMode(shape);
  expect([teams, teamSize]).toEqual([shape.teams, shape.teamSize]);
});

it("counts neither sigma nor parties in the reference settings", () => {
  const mode = referenceMode(aShape(), 0.3, REFERENCE_SETTINGS);
  expect(mode).toMatchObject({
    pointsPerSecond: 0.3,
    equity: 0.5,
    sigmaWeight: 0,
    partyParityWeight: 0,
    balanceWeight: 4,
    isSigmaAware: false,
    overdue: { naturalWaits: 6, leastS: 120, mostS: 900 },
  });
});

it("makes a cap the latest time and no earliest", () => {
  const mode = referenceMode(aShape(), 0.3, { ...REFERENCE_SETTINGS, capS: 60 });
  expect(mode.overdue).toEqual({ naturalWaits: 6, leastS: 0, mostS: 60 });
});
