import type { ModeDefinition } from "../../../src/core/mode-definition.ts";

/**
 * What is played for the record: every kind of row that a region can hold. The integration tests play modes of the same
 * names; questions stay open for minutes here, so that they still are when the record is played back.
 */
export const MODES: readonly ModeDefinition[] = [
  { name: "2v2", teams: 2, teamSize: 2, feel: "balanced" },
  { name: "1v1", teams: 2, teamSize: 1, feel: "balanced", pointsPerSecond: 0.25 },
  {
    name: "hunt",
    teams: 2,
    teamSize: 3,
    feel: "fast",
    overdue: { naturalWaits: 6, leastS: 0, mostS: 30 },
    maxRatingGap: 30,
    roles: { tank: 1, healer: 1 },
    attributes: {
      map: { rule: "overlap", values: ["dust", "mirage", "inferno"] },
      build: { rule: "same" },
      crossplay: { rule: "same", default: true },
      stakes: { rule: "range", min: 0, max: 100 },
    },
    maxLatencyMs: 80,
  },
  { name: "asking", teams: 2, teamSize: 2, feel: "fast", readyCheck: { acceptS: 240, repairS: 240 } },
  { name: "hosted", teams: 2, teamSize: 1, assignWithinS: 600 },
  { name: "hosted-brief", teams: 2, teamSize: 1, assignWithinS: 1 },
  { name: "sprint", teams: 2, teamSize: 1, matchTimeoutMs: 1_000 },
];
