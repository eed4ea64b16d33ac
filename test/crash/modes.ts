import type { ModeDefinition } from "../../src/core/mode-definition.ts";

/** A place in line is never given up here, however long a restart takes: a ticket that ends was lost. */
const KEPT = { feel: "fast", socketGraceS: 3_600, httpLeaseS: 86_400 } as const;

/** In place of the shipped modes. */
export const MODES: readonly ModeDefinition[] = [
  { name: "2v2", teams: 2, teamSize: 2, ...KEPT },
  { name: "1v1", teams: 2, teamSize: 1, ...KEPT },
];
