import type { ModeDefinition } from "../../src/core/mode-definition.ts";

/** Small matches, so that a few players make many, and short times, so that every deadline comes. A release may lack some. */
export const MODES: ModeDefinition[] = [
  { name: "pairs", teams: 2, teamSize: 2, feel: "fast", matchTimeoutMs: 600_000 },
  { name: "duel", teams: 2, teamSize: 1, feel: "fast", matchTimeoutMs: 300_000 },
  {
    name: "asking",
    teams: 2,
    teamSize: 2,
    feel: "fast",
    readyCheck: { acceptS: 5, repairS: 3, coolDownsS: [1, 5, 20], forgivenAfterS: 600 },
    matchTimeoutMs: 600_000,
  },
  { name: "served", teams: 2, teamSize: 1, feel: "fast", assignWithinS: 10, matchTimeoutMs: 300_000 },
];
