import type { Mode } from "../../../src/core/mode.ts";
import type { ModeDefinition } from "../../../src/core/mode-definition.ts";
import { aModeTable } from "./a-mode.ts";

/** A mode with every rule there is: 3v3 with a tank and a healer on each team, and one place for anybody. */
export const HUNT: ModeDefinition = {
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
};

export function aHunt(overrides: Partial<ModeDefinition> = {}): Mode {
  return aModeTable({ ...HUNT, ...overrides }).defaultMode;
}
