import { describe, expect, it } from "vitest";
import { DEFAULT_RATING } from "../../../src/core/mode.ts";
import type { Feel, ModeDefinition } from "../../../src/core/mode-definition.ts";
import { resolveModes } from "../../../src/core/mode-definition.ts";
import { aMode, aModeDefinition, aModeTable } from "../builders/a-mode.ts";

function problemPaths(definitions: readonly ModeDefinition[]): string[] {
  const resolved = resolveModes(definitions, 0.1);
  return resolved.ok ? [] : resolved.refusal.problems.map(({ path }) => path);
}

describe("resolveModes", () => {
  const five = aModeDefinition({ name: "5v5", teamSize: 5 });
  const duel = aModeDefinition({ name: "1v1", teamSize: 1 });

  it("takes the first definition as the default mode", () => {
    expect(aModeTable(five, duel).defaultMode.name).toBe("5v5");
  });

  it("finds every mode by its name", () => {
    expect([...aModeTable(five, duel).byName].map(([name, mode]) => [name, mode.teamSize])).toEqual([
      ["5v5", 5],
      ["1v1", 1],
    ]);
  });

  it("fills in whatever a definition leaves out", () => {
    expect(aMode({ name: "2v2", teams: 2, teamSize: 2 })).toEqual({
      name: "2v2",
      teams: 2,
      teamSize: 2,
      partySizes: [1, 2],
      pointsPerSecond: 0.5,
      targetWaitS: null,
      equity: 0.8,
      overdue: { naturalWaits: 6, leastS: 30, mostS: 60 },
      balanceWeight: 4,
      isSigmaAware: true,
      sigmaWeight: 0.1,
      partyParityWeight: 0.5,
      maxRatingGap: null,
      roles: {},
      attributes: {},
      maxLatencyMs: null,
      tickPeriodMs: 1_000,
      readyCheck: null,
      socketGraceS: 30,
      httpLeaseS: 120,
      assignWithinS: null,
      isBackfillPreferred: true,
      matchTimeoutMs: 3_600_000,
      rating: { mu: 25, sigma: 25 / 3, beta: 25 / 6, tau: 25 / 300, drawProbability: 0.1 },
    });
  });

  it("counts the imbalance of teams of one only as their range", () => {
    expect(aMode({ teams: 2, teamSize: 1 }).balanceWeight).toBe(0);
    expect(aMode({ teams: 8, teamSize: 1 }).balanceWeight).toBe(0);
    expect(aMode({ teams: 2, teamSize: 1, balanceWeight: 4 }).balanceWeight).toBe(4);
  });

  it("takes parties of every size up to a whole team", () => {
    expect(aMode({ teamSize: 5 }).partySizes).toEqual([1, 2, 3, 4, 5]);
  });

  it("gives MATCH_BETA only to modes that name no weight of their own", () => {
    const own = aModeDefinition({ name: "own", sigmaWeight: 0 });
    const resolved = resolveModes([own, aModeDefinition({ name: "none" })], 0.7);
    const weights = resolved.ok ? [...resolved.value.byName.values()].map((mode) => mode.sigmaWeight) : [];
    expect(weights).toEqual([0, 0.7]);
  });

  it("fills in what a ready check leaves out, and asks nobody without one", () => {
    expect(aMode({ readyCheck: { acceptS: 20 } }).readyCheck).toEqual({
      acceptS: 20,
      ackS: null,
      repairS: 10,
      coolDownsS: [30, 120, 600, 1_800],
      forgivenAfterS: 86_400,
    });
    expect(aMode({ readyCheck: null }).readyCheck).toBeNull();
  });

  it("keeps the usual rating environment around the one value that a mode changes", () => {
    expect(aMode({ rating: { drawProbability: 0 } }).rating).toEqual({ ...DEFAULT_RATING, drawProbability: 0 });
  });

  it("reports every problem at once", () => {
    expect(problemPaths([aModeDefinition({ name: "", teams: 1, rating: { tau: -1 } })])).toEqual([
      "modes[0].name",
      "modes[0].teams",
      "modes[0].rating.tau",
    ]);
  });

  it("names the second of two modes with the same name", () => {
    expect(problemPaths([aModeDefinition(), duel, aModeDefinition()])).toEqual(["modes[2].name"]);
  });

  it("needs at least one mode", () => {
    expect(problemPaths([])).toEqual(["modes"]);
  });
});

describe("a mode's feel", () => {
  const feels: Feel[] = ["strict", "balanced", "fast"];
  const modes = feels.map((feel) => aMode({ feel }));

  it("is balanced where none is named", () => {
    expect(aMode()).toEqual(aMode({ feel: "balanced" }));
  });

  it("says what a second of waiting is worth: more from strict to fast", () => {
    expect(modes.map(({ pointsPerSecond }) => pointsPerSecond)).toEqual([0.1, 0.5, 2]);
  });

  it("says after which wait any allowed match is taken: minutes, a minute, half a minute", () => {
    expect(modes.map(({ overdue }) => overdue.mostS)).toEqual([300, 60, 30]);
  });

  it("gives way to whatever the mode names itself", () => {
    const mode = aMode({ feel: "fast", pointsPerSecond: 0.3, overdue: { mostS: 10 } });
    expect([mode.pointsPerSecond, mode.overdue.mostS]).toEqual([0.3, 10]);
  });

  it("gives way to a cap below its own least as well", () => {
    expect(aMode({ feel: "fast", overdue: { mostS: 10 } }).overdue).toEqual({ naturalWaits: 6, leastS: 10, mostS: 10 });
    expect(aMode({ feel: "fast", overdue: { leastS: 1 } }).overdue).toEqual({ naturalWaits: 6, leastS: 1, mostS: 30 });
  });

  it("must be one of those that there are", () => {
    const unknown: ModeDefinition = JSON.parse('{"name": "2v2", "teams": 2, "teamSize": 2, "feel": "toString"}');
    expect(resolveModes([aModeDefinition({ name: "fine" }), unknown], 0.1)).toEqual({
      ok: false,
      refusal: {
        reason: "impossible_modes",
        problems: [{ path: "modes[1].feel", detail: "one of strict, balanced, fast" }],
      },
    });
  });
});
