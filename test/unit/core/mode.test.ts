import { describe, expect, it } from "vitest";
import type { ModeDefinition } from "../../../src/core/mode.ts";
import { DEFAULT_RATING, playersPerMatch, resolveModes, teamName } from "../../../src/core/mode.ts";
import { aMode, aModeDefinition, aModeTable } from "../builders/a-mode.ts";

function problemPaths(definitions: readonly ModeDefinition[], defaultSigmaWeight = 0.1): string[] {
  const resolved = resolveModes(definitions, defaultSigmaWeight);
  return resolved.ok ? [] : resolved.refusal.problems.map((problem) => problem.path);
}

describe("resolveModes", () => {
  it("takes the first definition as the default mode", () => {
    const table = aModeTable(
      aModeDefinition({ name: "5v5", teamSize: 5 }),
      aModeDefinition({ name: "1v1", teamSize: 1 }),
    );
    expect(table.defaultMode.name).toBe("5v5");
  });

  it("finds every mode by its name", () => {
    const table = aModeTable(
      aModeDefinition({ name: "5v5", teamSize: 5 }),
      aModeDefinition({ name: "1v1", teamSize: 1 }),
    );
    expect([...table.byName].map(([name, mode]) => [name, mode.teamSize])).toEqual([
      ["5v5", 5],
      ["1v1", 1],
    ]);
  });

  it("fills in whatever a definition leaves out", () => {
    expect(aMode({ name: "2v2", teams: 2, teamSize: 2 })).toEqual({
      name: "2v2",
      teams: 2,
      teamSize: 2,
      pointsPerSecond: 0.5,
      sigmaWeight: 0.1,
      tickPeriodMs: 1_000,
      overdueAfterMs: 30_000,
      matchTimeoutMs: 3_600_000,
      rating: { mu: 25, sigma: 25 / 3, beta: 25 / 6, tau: 25 / 300, drawProbability: 0.1 },
    });
  });

  it("gives MATCH_BETA only to modes that name no weight of their own", () => {
    const resolved = resolveModes(
      [aModeDefinition({ name: "own", sigmaWeight: 0 }), aModeDefinition({ name: "none" })],
      0.7,
    );
    const weights = resolved.ok ? [...resolved.value.byName.values()].map((mode) => mode.sigmaWeight) : [];
    expect(weights).toEqual([0, 0.7]);
  });

  it("keeps the usual rating environment around the one value that a mode changes", () => {
    expect(aMode({ rating: { drawProbability: 0 } }).rating).toEqual({ ...DEFAULT_RATING, drawProbability: 0 });
  });

  const impossible: [path: string, ModeDefinition][] = [
    ["name", aModeDefinition({ name: "" })],
    ["name", aModeDefinition({ name: "Ranked" })],
    ["name", aModeDefinition({ name: "two words" })],
    ["name", aModeDefinition({ name: "__proto__" })],
    ["name", aModeDefinition({ name: "a".repeat(33) })],
    ["teams", aModeDefinition({ teams: 1 })],
    ["teams", aModeDefinition({ teams: 27, teamSize: 1 })],
    ["teams", aModeDefinition({ teams: 2.5 })],
    ["teamSize", aModeDefinition({ teamSize: 0 })],
    ["teamSize", aModeDefinition({ teamSize: 1.5 })],
    ["teamSize", aModeDefinition({ teams: 13, teamSize: 5 })],
    ["pointsPerSecond", aModeDefinition({ pointsPerSecond: 0 })],
    ["pointsPerSecond", aModeDefinition({ pointsPerSecond: Number.POSITIVE_INFINITY })],
    ["sigmaWeight", aModeDefinition({ sigmaWeight: -0.1 })],
    ["sigmaWeight", aModeDefinition({ sigmaWeight: 101 })],
    ["tickPeriodMs", aModeDefinition({ tickPeriodMs: 99 })],
    ["tickPeriodMs", aModeDefinition({ tickPeriodMs: 60_001 })],
    ["tickPeriodMs", aModeDefinition({ tickPeriodMs: 1_000.5 })],
    ["overdueAfterMs", aModeDefinition({ overdueAfterMs: -1 })],
    ["overdueAfterMs", aModeDefinition({ overdueAfterMs: 3_600_001 })],
    ["matchTimeoutMs", aModeDefinition({ matchTimeoutMs: 999 })],
    ["matchTimeoutMs", aModeDefinition({ matchTimeoutMs: 604_800_001 })],
    ["rating.mu", aModeDefinition({ rating: { mu: 0 } })],
    ["rating.sigma", aModeDefinition({ rating: { sigma: 0 } })],
    ["rating.beta", aModeDefinition({ rating: { beta: -1 } })],
    ["rating.tau", aModeDefinition({ rating: { tau: -1e-9 } })],
    ["rating.drawProbability", aModeDefinition({ rating: { drawProbability: 1 } })],
    ["rating.drawProbability", aModeDefinition({ rating: { drawProbability: -0.1 } })],
    ["rating.drawProbability", aModeDefinition({ rating: { drawProbability: Number.NaN } })],
  ];
  it.each(impossible)("names the path of an impossible %s: %j", (path, definition) => {
    expect(problemPaths([aModeDefinition({ name: "fine" }), definition])).toEqual([`modes[1].${path}`]);
  });

  it("reports every problem at once", () => {
    expect(problemPaths([aModeDefinition({ name: "", teams: 1, rating: { tau: -1 } })])).toEqual([
      "modes[0].name",
      "modes[0].teams",
      "modes[0].rating.tau",
    ]);
  });

  it("names the second of two modes with the same name", () => {
    expect(problemPaths([aModeDefinition(), aModeDefinition({ name: "1v1" }), aModeDefinition()])).toEqual([
      "modes[2].name",
    ]);
  });

  it("needs at least one mode", () => {
    expect(problemPaths([])).toEqual(["modes"]);
  });

  it("allows the largest match: 64 players", () => {
    expect(playersPerMatch(aMode({ teams: 2, teamSize: 32 }))).toBe(64);
  });
});

describe("teamName", () => {
  it("counts in letters, up to the last team that a mode can have", () => {
    expect([0, 1, 25].map(teamName)).toEqual(["teamA", "teamB", "teamZ"]);
  });
});
