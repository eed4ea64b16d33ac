import type { ModeDefinition } from "./core/mode.ts";

/**
 * The ways to play. This is the file to edit: a mode is one entry, the first is the default.
 *
 * `pointsPerSecond` is the one knob of the matcher: how many rating points one second of waiting is worth.
 * Less waits longer for closer matches, more matches sooner and looser.
 */
export const MODES: readonly ModeDefinition[] = [
  { name: "2v2", teams: 2, teamSize: 2, pointsPerSecond: 0.5 },
  { name: "1v1", teams: 2, teamSize: 1, pointsPerSecond: 2 },
  { name: "5v5", teams: 2, teamSize: 5, pointsPerSecond: 0.5 },
];
