import { describe, expect, it } from "vitest";
import type { PageOutcome, Pass } from "../../../../src/core/audit/audit-state.ts";
import { afterPage, newAuditState, unverifiableOf } from "../../../../src/core/audit/audit-state.ts";
import { CHANGE_CHECKS, MATCH_CHECKS } from "../../../../src/core/audit/finding.ts";

const PASS: Pass = { startedMs: 1_000, cursor: { key: [""] }, audited: 0, unverifiable: {} };

function aPage(overrides: Partial<PageOutcome> = {}): PageOutcome {
  return { findings: [], unverifiable: {}, audited: 100, next: { key: ["match-100"] }, ...overrides };
}

describe("a pass", () => {
  it("goes on where its last page ended, and counts on", () => {
    const one = afterPage(
      newAuditState(0),
      "matches",
      PASS,
      aPage({ unverifiable: { other_rater: 2 } }),
      MATCH_CHECKS,
      1_100,
    );
    const pass = one.walks.matches.pass;
    expect(pass).toEqual({ ...PASS, cursor: { key: ["match-100"] }, audited: 100, unverifiable: { other_rater: 2 } });
    expect(one.walks.matches.progressMs).toBe(1_100);
    expect(one.walks.changes).toEqual(newAuditState(0).walks.changes);
    const two = afterPage(
      one,
      "matches",
      pass ?? PASS,
      aPage({ unverifiable: { other_rater: 1 } }),
      MATCH_CHECKS,
      1_200,
    );
    expect(two.walks.matches.pass).toMatchObject({ audited: 200, unverifiable: { other_rater: 3 } });
    expect(unverifiableOf(two)).toEqual({ other_rater: 3 });
  });

  it("ends with the last page, and the next one begins anew", () => {
    const ended = afterPage(newAuditState(0), "changes", PASS, aPage({ next: null }), CHANGE_CHECKS, 2_000);
    expect(ended.walks.changes).toEqual({
      pass: null,
      completed: { startedMs: 1_000, endedMs: 2_000, audited: 100, unverifiable: {} },
      progressMs: 2_000,
    });
  });

  it("settles at its end what it found no more, and only what it would have found", () => {
    const standing = { "rating_stale ann 2v2": 900, "rating_stale bob 2v2": 1_500, "change_missing match-1 ann": 900 };
    const state = { ...newAuditState(0), standing };
    expect(afterPage(state, "changes", PASS, aPage(), CHANGE_CHECKS, 2_000).standing).toEqual(standing);
    expect(afterPage(state, "changes", PASS, aPage({ next: null }), CHANGE_CHECKS, 2_000).standing).toEqual({
      "rating_stale bob 2v2": 1_500,
      "change_missing match-1 ann": 900,
    });
    expect(afterPage(state, "recent", PASS, aPage({ next: null }), [], 2_000).standing).toEqual(standing);
  });
});
