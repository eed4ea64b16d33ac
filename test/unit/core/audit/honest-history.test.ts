import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aModeTable } from "../../builders/a-mode.ts";
import { anyPlayed, PLAYED_MODES, RatedHistory } from "../../builders/a-rated-history.ts";

const anyHistory = fc.array(anyPlayed, { maxLength: 40 });

/** The same modes after somebody edited them: one rates otherwise, one is gone. */
const EDITED_MODES = aModeTable(
  { name: "2v2", teams: 2, teamSize: 2, rating: { mu: 25, sigma: 25 / 3, beta: 6, tau: 0.2, drawProbability: 0.3 } },
  { name: "trio", teams: 3, teamSize: 1, rating: { mu: 1_000, sigma: 300, beta: 150, tau: 3, drawProbability: 0.1 } },
);

describe("whatever was rated honestly", () => {
  it("audits clean, however many changes are read at a time", () => {
    fc.assert(
      fc.property(anyHistory, fc.integer({ min: 1, max: 50 }), (played, changesPerPage) => {
        expect(new RatedHistory().play(played).audit(changesPerPage)).toEqual({ findings: [], unverifiable: {} });
      }),
      { numRuns: 200 },
    );
  });

  it("audits clean after its modes were edited and removed", () => {
    fc.assert(
      fc.property(anyHistory, (played) => {
        const history = new RatedHistory().play(played);
        expect(history.audit(1_000, EDITED_MODES)).toEqual({ findings: [], unverifiable: {} });
      }),
      { numRuns: 100 },
    );
  });

  it("audits clean when its modes were edited while it was played", () => {
    fc.assert(
      fc.property(anyHistory, anyHistory, (before, after) => {
        const { findings, unverifiable } = new RatedHistory()
          .play(before)
          .play(after, EDITED_MODES)
          .audit(7, EDITED_MODES);
        expect(findings).toEqual([]);
        expect(unverifiable).toEqual({});
      }),
      { numRuns: 100 },
    );
  });

  it("is unverifiable and not wrong where the release before kept nothing that it rated by", () => {
    const history = new RatedHistory().play([
      { mode: 0, players: 0, places: [1, 2, 3], isFilledIn: false },
      { mode: 1, players: 4, places: [1, 2, 3], isFilledIn: false },
    ]);
    history.matches = history.matches.map((match) => ({ ...match, ratedBy: null }));
    expect(history.audit(10, PLAYED_MODES)).toEqual({ findings: [], unverifiable: {} });
    expect(history.audit(10, EDITED_MODES)).toEqual({
      findings: [],
      unverifiable: { environment_unknown: 2, start_unknown: 2 },
    });
  });

  it("is unverifiable and not wrong where another rater rated it", () => {
    const history = new RatedHistory().play([{ mode: 0, players: 0, places: [1, 2, 3], isFilledIn: false }]);
    history.matches = history.matches.map((match) => ({
      ...match,
      ratedBy: match.ratedBy === null ? null : { ...match.ratedBy, rater: "elo" },
    }));
    expect(history.audit()).toEqual({ findings: [], unverifiable: { other_rater: 1 } });
  });

  it("may start from a rating that somebody registered with before the mode was edited: that is unverifiable", () => {
    const history = new RatedHistory();
    history.ratings.set("player-0 2v2", { mu: 30, sigma: 9, seq: 0, conservative: 3, matches: 0, wins: 0 });
    history.play([{ mode: 0, players: 0, places: [1, 2, 3], isFilledIn: false }]);
    expect(history.audit()).toEqual({ findings: [], unverifiable: { start_unknown: 1 } });
  });

  it("may hold changes by something else than a match, which count as no match", () => {
    const history = new RatedHistory().play([{ mode: 0, players: 0, places: [1, 2, 3], isFilledIn: false }]);
    const [first] = history.changes;
    const rating = history.ratings.get("player-0 2v2");
    if (first === undefined || rating === undefined) throw new Error("somebody was rated");
    const after = { mu: first.after.mu, sigma: 9 };
    history.changes.push({ ...first, seq: 2, kind: "decay", matchId: null, before: first.after, after });
    history.ratings.set("player-0 2v2", { ...rating, ...after, seq: 2, conservative: after.mu - 27 });
    expect(history.audit()).toEqual({ findings: [], unverifiable: {} });
  });

  it("may hold matches that are not rated, whatever became of them", () => {
    const history = new RatedHistory();
    for (const status of ["pending", "reporting", "abandoned", "cancelled", "rating_failed"])
      history.matches.push({
        matchId: `match-${status}`,
        mode: "2v2",
        status,
        isRated: false,
        teams: [],
        placements: null,
        ratedBy: null,
      });
    expect(history.audit().findings).toEqual([]);
  });
});
