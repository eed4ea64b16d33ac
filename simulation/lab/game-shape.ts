import { assert } from "../../src/core/assert.ts";
import type { ModeDefinition } from "../../src/core/mode-definition.ts";

/** What the lab needs to know of a mode: its teams, and the settings of the matcher that suit it. */
export interface GameShape {
  readonly name: string;
  readonly teams: number;
  /** Players per team. */
  readonly teamSize: number;
  /** `a` when none is asked for: rating points that one second of waiting is worth. */
  readonly pointsPerSecond: number;
  /** As the service ships it. */
  readonly shipped: Pick<ModeDefinition, "feel" | "pointsPerSecond">;
}

const BALANCED = { feel: "balanced" } as const;

/** `3x3` are three teams of three, `8x1` is a free-for-all. */
export const GAME_SHAPES: readonly GameShape[] = [
  { name: "1v1", teams: 2, teamSize: 1, pointsPerSecond: 2, shipped: { feel: "balanced", pointsPerSecond: 0.25 } },
  { name: "2v2", teams: 2, teamSize: 2, pointsPerSecond: 0.5, shipped: BALANCED },
  { name: "3v3", teams: 2, teamSize: 3, pointsPerSecond: 0.5, shipped: BALANCED },
  { name: "4v4", teams: 2, teamSize: 4, pointsPerSecond: 0.5, shipped: BALANCED },
  { name: "5v5", teams: 2, teamSize: 5, pointsPerSecond: 0.5, shipped: BALANCED },
  { name: "6v6", teams: 2, teamSize: 6, pointsPerSecond: 0.5, shipped: BALANCED },
  { name: "8v8", teams: 2, teamSize: 8, pointsPerSecond: 0.5, shipped: BALANCED },
  { name: "3x3", teams: 3, teamSize: 3, pointsPerSecond: 0.5, shipped: BALANCED },
  { name: "4x2", teams: 4, teamSize: 2, pointsPerSecond: 0.5, shipped: BALANCED },
  { name: "8x1", teams: 8, teamSize: 1, pointsPerSecond: 0.5, shipped: BALANCED },
];

export function shapeNamed(name: string): GameShape | undefined {
  return GAME_SHAPES.find((shape) => shape.name === name);
}

/** For the lab's own use of a mode. */
export function knownShape(name: string): GameShape {
  const shape = shapeNamed(name);
  assert(shape !== undefined, `the lab knows ${name}`);
  return shape;
}

export function playersOf(shape: GameShape): number {
  return shape.teams * shape.teamSize;
}
