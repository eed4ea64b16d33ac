import { describe, expect, it } from "vitest";
import { ChangeLog } from "../../../src/core/change-log.ts";
import type { Change } from "../../../src/core/changes.ts";
import type { CoolDown } from "../../../src/core/cool-downs.ts";
import { CoolDowns } from "../../../src/core/cool-downs.ts";
import type { ReadyCheckRules } from "../../../src/core/mode.ts";

const RULES: ReadyCheckRules = {
  acceptS: 12,
  ackS: null,
  repairS: 10,
  coolDownsS: [30, 120, 600],
  forgivenAfterS: 1_000,
};

function coolDowns(stored: readonly CoolDown[] = [], nowMs = 0): { readonly all: CoolDowns; readonly log: ChangeLog } {
  const log = new ChangeLog();
  return { all: new CoolDowns(log, stored, nowMs), log };
}

function aCoolDown(playerId: string, forgivenAtMs: number): CoolDown {
  return { playerId, offences: 1, untilMs: forgivenAtMs / 2, forgivenAtMs };
}

function forgotten(changes: readonly Change[]): string[] {
  return changes.flatMap((change) => (change.type === "cool_down_forgotten" ? [change.playerId] : []));
}

describe("cool-downs", () => {
  it("grow with each offence, and the last one repeats; what is told before is what is charged", () => {
    const { all } = coolDowns();
    const charged: number[] = [];
    let nowMs = 0;
    for (let offence = 1; offence <= 5; offence += 1) {
      const toldS = all.nextS("ann", RULES, nowMs);
      const coolDown = all.punish("ann", RULES, nowMs);
      expect(coolDown).toMatchObject({ offences: offence, untilMs: nowMs + toldS * 1_000 });
      charged.push(toldS);
      nowMs = coolDown?.untilMs ?? 0;
    }
    expect(charged).toEqual([30, 120, 600, 600, 600]);
  });

  it("keep the player out until their last instant, and nobody else", () => {
    const { all } = coolDowns();
    all.punish("ann", RULES, 5_000);
    expect(all.of("ann", 34_999)).toMatchObject({ playerId: "ann", untilMs: 35_000 });
    expect(all.of("ann", 35_000)).toBeNull();
    expect(all.of("bob", 6_000)).toBeNull();
  });

  it("start again with the first after so long without an offence, counted from the last", () => {
    const { all } = coolDowns();
    all.punish("ann", RULES, 0);
    all.punish("ann", RULES, 900_000);
    expect(all.nextS("ann", RULES, 1_899_999)).toBe(600);
    expect(all.nextS("ann", RULES, 1_900_000)).toBe(30);
    expect(all.punish("ann", RULES, 1_900_000)).toMatchObject({ offences: 1 });
  });

  it("are never forgiven before they are over", () => {
    const { all } = coolDowns();
    const strict = { ...RULES, forgivenAfterS: 0 };
    expect(all.punish("ann", strict, 0)).toMatchObject({ untilMs: 30_000, forgivenAtMs: 30_000 });
    expect(all.nextS("ann", strict, 29_999)).toBe(120);
    expect(all.nextS("ann", strict, 30_000)).toBe(30);
  });

  it("count over all modes, each mode by its own table", () => {
    const { all } = coolDowns();
    all.punish("ann", RULES, 0);
    expect(all.nextS("ann", { ...RULES, coolDownsS: [5, 7] }, 1_000)).toBe(7);
  });

  it("of 0 s are a warning: it keeps nobody out, and the next one counts as the second", () => {
    const { all, log } = coolDowns();
    const lenient = { ...RULES, coolDownsS: [0, 60] };
    expect(all.nextS("ann", lenient, 0)).toBe(0);
    expect(all.punish("ann", lenient, 0)).toBeNull();
    expect(log.take()).toMatchObject([{ type: "cool_down_started", coolDown: { offences: 1, untilMs: 0 } }]);
    expect(all.of("ann", 0)).toBeNull();
    expect(all.nextS("ann", lenient, 1_000)).toBe(60);
    expect(all.punish("ann", lenient, 1_000)).toMatchObject({ untilMs: 61_000 });
  });

  it.each([[[]], [[0, 0]]])("of a mode that has none (%j) leave no trace", (coolDownsS) => {
    const { all, log } = coolDowns();
    expect(all.punish("ann", { ...RULES, coolDownsS }, 0)).toBeNull();
    expect(log.take()).toEqual([]);
    expect(all.nextS("ann", { ...RULES, coolDownsS }, 0)).toBe(0);
  });

  it("that are forgiven are forgotten when the region wakes up", () => {
    const { all, log } = coolDowns([aCoolDown("ann", 5_000), aCoolDown("bob", 5_001)], 5_000);
    expect(forgotten(log.take())).toEqual(["ann"]);
    expect(all.nextS("bob", RULES, 5_000)).toBe(120);
  });

  it("that are forgiven are forgotten at the next offence of anybody, whoever was punished last", () => {
    const { all, log } = coolDowns([aCoolDown("zoe", 2_000_000)]);
    all.punish("ann", RULES, 0);
    all.punish("bob", RULES, 500_000);
    all.punish("ann", RULES, 600_000);
    log.take();
    all.punish("cay", RULES, 1_550_000);
    expect(forgotten(log.take())).toEqual([]);
    all.punish("cay", RULES, 2_000_000);
    expect(forgotten(log.take())).toEqual(["zoe", "bob", "ann"]);
    all.punish("dan", RULES, 3_000_001);
    expect(forgotten(log.take())).toEqual(["cay"]);
  });
});
