import { expect, it } from "vitest";
import { GAME_SHAPES, shapeNamed } from "../../../simulation/lab/game-shape.ts";
import { REFERENCE_SETTINGS, referenceMode, shippedMode } from "../../../simulation/lab/lab-modes.ts";
import { resolveModes } from "../../../src/core/mode-definition.ts";
import { MODES } from "../../../src/modes.ts";
import { aShape } from "./builders/a-line.ts";

it.each(MODES)("measures $name as the service ships it", (definition) => {
  // A ready check changes nothing about who is put together.
  const shape = shapeNamed(definition.name.replace("-ranked", ""));
  const resolved = resolveModes([definition], 0.1);
  if (shape === undefined || !resolved.ok) throw new Error("the lab knows every mode that is shipped");
  const { attributes, name, ...mode } = shippedMode(shape, definition.readyCheck ?? null);
  expect(resolved.value.defaultMode).toMatchObject(mode);
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
