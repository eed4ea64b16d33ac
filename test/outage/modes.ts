import type { ModeDefinition } from "../../src/core/mode-definition.ts";

/**
 * In place of the shipped modes: whoever waits is matched by the next tick, however their ratings drift apart. So how
 * fast matches are made says nothing of how long the run has lasted, and two minutes of it can be compared.
 */
export const MODES: readonly ModeDefinition[] = [
  { name: "2v2", teams: 2, teamSize: 2, pointsPerSecond: 1_000, socketGraceS: 3_600, httpLeaseS: 86_400 },
];
