import { describe, expect, it } from "vitest";
import type { AuditCheck, Finding } from "../../../../src/core/audit/finding.ts";
import { CHANGE_CHECKS, MATCH_CHECKS } from "../../../../src/core/audit/finding.ts";
import { note, settle, standingOf } from "../../../../src/core/audit/standing.ts";

function aFinding(check: AuditCheck, subject: string): Finding {
  return { check, subject, detail: "it is wrong" };
}

describe("what the audit finds", () => {
  const stale = aFinding("rating_stale", "ann 2v2");
  const missing = aFinding("change_missing", "match-1 ann");

  it("is told of when it is found first, and not again", () => {
    const first = note({}, [stale, missing], 1_000);
    expect(first.fresh).toEqual([stale, missing]);
    expect(note(first.standing, [stale], 2_000).fresh).toEqual([]);
  });

  it("stands until a whole pass has looked for it and not found it, and is told of when it comes back", () => {
    const { standing } = note({}, [stale], 1_000);
    const seenAgain = note(standing, [stale], 2_000).standing;
    const after = settle(seenAgain, CHANGE_CHECKS, 1_500);
    expect(standingOf(after).get("rating_stale")).toBe(1);
    const repaired = settle(after, CHANGE_CHECKS, 3_000);
    expect(standingOf(repaired).get("rating_stale")).toBe(0);
    expect(note(repaired, [stale], 4_000).fresh).toEqual([stale]);
  });

  it("stands when a pass ends that looked for other things", () => {
    const { standing } = note({}, [stale, missing], 1_000);
    const after = settle(standing, MATCH_CHECKS, 2_000);
    expect([...standingOf(after)].filter(([, count]) => count > 0)).toEqual([["rating_stale", 1]]);
  });

  it("is kept one by one up to a limit, and told of each time beyond it", () => {
    const many = Array.from({ length: 600 }, (_, index) => aFinding("rating_stale", `player-${index} 2v2`));
    const { standing, fresh } = note({}, many, 1_000);
    expect(fresh).toHaveLength(600);
    expect(standingOf(standing).get("rating_stale")).toBe(500);
    expect(note(standing, many, 2_000).fresh).toHaveLength(100);
  });
});
