import type { ModeDefinition } from "./core/mode-definition.ts";

/**
 * The ways to play. This is the file to edit: a mode is one entry, the first is the default.
 *
 * `feel` says how a search should be: "strict", "balanced" or "fast". Behind it stands one knob, `pointsPerSecond`: how
 * many rating points one second of waiting is worth. Every field is explained in `core/mode.ts`.
 */
export const MODES: readonly ModeDefinition[] = [
  { name: "2v2", teams: 2, teamSize: 2, feel: "balanced" },
  // No split can make a duel even, so it is choosier than a team game.
  { name: "1v1", teams: 2, teamSize: 1, feel: "balanced", pointsPerSecond: 0.25 },
  { name: "5v5", teams: 2, teamSize: 5, feel: "balanced" },
  // Whoever is found is asked first, and somebody who does not want it is replaced.
  { name: "5v5-ranked", teams: 2, teamSize: 5, feel: "balanced", readyCheck: {} },
];
