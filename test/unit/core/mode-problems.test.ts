import { describe, expect, it, test } from "vitest";
import type { AttributeRule } from "../../../src/core/attribute.ts";
import type { ModeDefinition } from "../../../src/core/mode-definition.ts";
import { resolveModes } from "../../../src/core/mode-definition.ts";
import { aModeDefinition } from "../builders/a-mode.ts";

type Overrides = Partial<ModeDefinition>;

/** Without repeats: one field may break two rules. */
function problemPaths(overrides: Overrides): string[] {
  const resolved = resolveModes([aModeDefinition({ name: "fine" }), aModeDefinition(overrides)], 0.1);
  return resolved.ok ? [] : [...new Set(resolved.refusal.problems.map(({ path }) => path))];
}

function values(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `value-${index}`);
}

const seven = { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1 };
const { g: _, ...six } = seven;
const unknownRule: AttributeRule = JSON.parse('{"rule": "nearby"}');

const impossible: [path: string, Overrides][] = [
  ["name", { name: "" }],
  ["name", { name: "Ranked" }],
  ["name", { name: "two words" }],
  ["name", { name: "__proto__" }],
  ["name", { name: "a".repeat(33) }],
  ["teams", { teams: 1 }],
  ["teams", { teams: -2, partySizes: [1] }],
  ["teams", { teams: 27, teamSize: 1 }],
  ["teams", { teams: 2.5 }],
  ["teamSize", { teamSize: 0 }],
  ["teamSize", { teamSize: -3, roles: { tank: 1 } }],
  ["teamSize", { teamSize: 1.5 }],
  ["teamSize", { teamSize: 1e9 }],
  ["teamSize", { teams: 13, teamSize: 5 }],
  ["partySizes", { partySizes: [] }],
  ["partySizes", { teamSize: 3, partySizes: [2] }],
  ["partySizes", { teamSize: 4, partySizes: [3] }],
  ["partySizes[1]", { partySizes: [1, 3] }],
  ["partySizes[1]", { partySizes: [1, 1] }],
  ["partySizes[1]", { partySizes: [2, 1] }],
  ["partySizes[0]", { partySizes: [0, 1] }],
  ["partySizes[0]", { partySizes: [-1, 1] }],
  ["partySizes[1]", { partySizes: [1, 1.5] }],
  ["pointsPerSecond", { pointsPerSecond: 0 }],
  ["pointsPerSecond", { pointsPerSecond: Number.POSITIVE_INFINITY }],
  ["targetWaitS", { targetWaitS: 0 }],
  ["targetWaitS", { targetWaitS: 3_601 }],
  ["equity", { equity: -0.1 }],
  ["equity", { equity: 1.1 }],
  ["overdue.naturalWaits", { overdue: { naturalWaits: -1 } }],
  ["overdue.naturalWaits", { overdue: { naturalWaits: Number.NaN } }],
  ["overdue.mostS", { overdue: { mostS: 86_401 } }],
  ["overdue.leastS", { overdue: { leastS: -1 } }],
  ["overdue.leastS", { overdue: { leastS: 61, mostS: 60 } }],
  ["sigmaWeight", { sigmaWeight: -0.1 }],
  ["sigmaWeight", { sigmaWeight: 101 }],
  ["balanceWeight", { balanceWeight: -0.1 }],
  ["balanceWeight", { balanceWeight: 101 }],
  ["partyParityWeight", { partyParityWeight: -0.1 }],
  ["partyParityWeight", { partyParityWeight: 101 }],
  ["maxRatingGap", { maxRatingGap: -1 }],
  ["maxRatingGap", { maxRatingGap: Number.NaN }],
  ["maxLatencyMs", { maxLatencyMs: 0 }],
  ["maxLatencyMs", { maxLatencyMs: 10_001 }],
  ["tickPeriodMs", { tickPeriodMs: 99 }],
  ["tickPeriodMs", { tickPeriodMs: 60_001 }],
  ["tickPeriodMs", { tickPeriodMs: 1_000.5 }],
  ["matchTimeoutMs", { matchTimeoutMs: 999 }],
  ["matchTimeoutMs", { matchTimeoutMs: 604_800_001 }],
  ["socketGraceS", { socketGraceS: 0 }],
  ["httpLeaseS", { httpLeaseS: 4 }],
  ["assignWithinS", { assignWithinS: 0 }],
  ["assignWithinS", { assignWithinS: 61, matchTimeoutMs: 60_000 }],
  ["readyCheck.acceptS", { readyCheck: { acceptS: 0 } }],
  ["readyCheck.acceptS", { readyCheck: { acceptS: 301 } }],
  ["readyCheck.ackS", { readyCheck: { ackS: 0 } }],
  ["readyCheck.ackS", { readyCheck: { ackS: 301 } }],
  ["readyCheck.repairS", { readyCheck: { repairS: -1 } }],
  ["readyCheck.coolDownsS", { readyCheck: { coolDownsS: new Array(11).fill(1) } }],
  ["readyCheck.coolDownsS[1]", { readyCheck: { coolDownsS: [1, -1] } }],
  ["readyCheck.forgivenAfterS", { readyCheck: { forgivenAfterS: -1 } }],
  ["roles.Tank", { roles: { Tank: 1 } }],
  ["roles.tank", { roles: { tank: 0 } }],
  ["roles.tank", { roles: { tank: -1 } }],
  ["roles.tank", { roles: { tank: 0.5 } }],
  ["roles", { roles: { tank: 2, healer: 1 } }],
  ["roles", { teamSize: 7, roles: seven }],
  ["attributes.Map", { attributes: { Map: { rule: "same" } } }],
  ["attributes.map.values", { attributes: { map: { rule: "overlap", values: [] } } }],
  ["attributes.map.values", { attributes: { map: { rule: "overlap", values: values(32) } } }],
  ["attributes.map.values", { attributes: { map: { rule: "overlap", values: ["dust", "dust"] } } }],
  ["attributes.map.values[1]", { attributes: { map: { rule: "overlap", values: ["dust", ""] } } }],
  ["attributes.map.values[0]", { attributes: { map: { rule: "overlap", values: ["x".repeat(65)] } } }],
  ["attributes.build.default", { attributes: { build: { rule: "same", default: "" } } }],
  ["attributes.build.default", { attributes: { build: { rule: "same", default: "x".repeat(65) } } }],
  ["attributes.build.default", { attributes: { build: { rule: "same", default: Number.NaN } } }],
  ["attributes.stakes.min", { attributes: { stakes: { rule: "range", min: Number.NEGATIVE_INFINITY, max: 1 } } }],
  ["attributes.stakes.max", { attributes: { stakes: { rule: "range", min: 2, max: 1 } } }],
  ["attributes.site.rule", { attributes: { site: unknownRule } }],
  ["rating.mu", { rating: { mu: 0 } }],
  ["rating.sigma", { rating: { sigma: 0 } }],
  ["rating.beta", { rating: { beta: -1 } }],
  ["rating.tau", { rating: { tau: -1e-9 } }],
  ["rating.drawProbability", { rating: { drawProbability: 1 } }],
  ["rating.drawProbability", { rating: { drawProbability: -0.1 } }],
  ["rating.drawProbability", { rating: { drawProbability: Number.NaN } }],
];

describe("an impossible mode", () => {
  it.each(impossible)("is refused with the path of %s: %j", (path, overrides) => {
    expect(problemPaths(overrides)).toEqual([`modes[1].${path}`]);
  });

  it("says of each field what is allowed there", () => {
    const resolved = resolveModes([aModeDefinition({ roles: { tank: 2, healer: 1 } })], 0.1);
    expect(resolved).toMatchObject({
      refusal: { problems: [{ detail: "together at most the team's 2 places; they ask for 3" }] },
    });
  });
});

test.each<Overrides>([
  { teams: 2, teamSize: 32 },
  { teams: 26, teamSize: 1 },
  { partySizes: [2] },
  { teamSize: 5, partySizes: [2, 3] },
  { targetWaitS: 0.5 },
  { equity: 0 },
  { overdue: { naturalWaits: 0, leastS: 0, mostS: 0 } },
  { maxRatingGap: 0 },
  { maxLatencyMs: 1 },
  { teamSize: 6, roles: six },
  { roles: { tank: 1, constructor: 1 } },
  { attributes: { map: { rule: "overlap", values: values(31) }, stakes: { rule: "range", min: 1, max: 1 } } },
  { attributes: { build: { rule: "same" }, crossplay: { rule: "same", default: false } } },
])("a mode may be at the edge: %j", (overrides) => {
  expect(problemPaths(overrides)).toEqual([]);
});
