import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AuditCheck } from "../../../../src/core/audit/finding.ts";
import type { AuditedMatch, AuditedPlayer, StoredChange } from "../../../../src/core/audit/stored-records.ts";
import { anyPlayed, RatedHistory } from "../../builders/a-rated-history.ts";

const anyHistory = fc.array(anyPlayed, { minLength: 1, maxLength: 25 });

interface Plant {
  readonly what: string;
  /** One of these finds it, whatever else does. */
  readonly found: readonly AuditCheck[];
  /** @param at any number, to choose by @returns whether it could be planted */
  readonly plant: (history: RatedHistory, at: number) => boolean;
}

const PLANTS: readonly Plant[] = [
  {
    what: "a change that ends elsewhere",
    found: ["change_differs"],
    plant: (history, at) => alterChange(history, at, ({ after }) => ({ after: { ...after, mu: after.mu + 1e-6 } })),
  },
  {
    what: "a change that starts elsewhere",
    found: ["change_differs"],
    plant: (history, at) =>
      alterChange(history, at, ({ before }) => ({ before: { ...before, sigma: before.sigma * 1.001 } })),
  },
  {
    what: "a change of another match",
    found: ["change_differs"],
    plant: (history, at) => alterChange(history, at, () => ({ matchId: "match-of-nobody" })),
  },
  {
    what: "a change that is gone",
    found: ["change_missing"],
    plant: (history, at) => {
      history.changes.splice(at % history.changes.length, 1);
      return true;
    },
  },
  {
    what: "a change that was made twice",
    found: ["change_unfounded"],
    plant: (history, at) => {
      const change = pick(history.changes, at);
      const last = history.changes.filter((other) => isOfSame(other, change)).length;
      history.changes.push({ ...change, seq: last + 1 });
      return true;
    },
  },
  {
    what: "numbers that leave one out",
    found: ["chain_gap"],
    plant: (history, at) => {
      const { playerId, mode } = pick(history.changes, at);
      history.changes = history.changes.map((change) =>
        isOfSame(change, { playerId, mode }) ? { ...change, seq: change.seq + 1 } : change,
      );
      return true;
    },
  },
  {
    what: "another winner than the one that was rated",
    found: ["rating_differs"],
    plant: (history, at) =>
      alterMatch(history, at, ({ placements }) => {
        const [first, second] = Object.keys(placements ?? {});
        if (placements === null || first === undefined || second === undefined) return null;
        const [one = 1, other = 1] = [placements[first], placements[second]];
        return one === other ? null : { placements: { ...placements, [first]: other, [second]: one } };
      }),
  },
  {
    what: "other numbers than it was rated by",
    found: ["rating_differs"],
    plant: (history, at) =>
      alterMatch(history, at, ({ ratedBy }) =>
        ratedBy === null ? null : { ratedBy: { ...ratedBy, beta: ratedBy.beta * 1.5, tau: ratedBy.tau * 2 } },
      ),
  },
  {
    what: "a match that tells of other ratings",
    found: ["rating_differs"],
    plant: (history, at) =>
      alterPlayer(history, at, ({ after }) =>
        after === undefined ? {} : { after: { ...after, mu: after.mu + 1e-6 } },
      ),
  },
  {
    what: "a match that does not say how somebody was rated",
    found: ["match_incomplete"],
    plant: (history, at) =>
      alterMatch(history, at, ({ teams }) => ({
        teams: (teams ?? []).map((team, index) =>
          index > 0
            ? team
            : { ...team, players: team.players.map(({ playerId, isStarter }) => ({ playerId, isStarter })) },
        ),
      })),
  },
  {
    what: "a finished match that does not count as rated",
    found: ["match_incomplete"],
    plant: (history, at) => alterMatch(history, at, () => ({ isRated: false })),
  },
  {
    what: "changes of a match that is not rated",
    found: ["change_unfounded"],
    plant: (history, at) => alterMatch(history, at, () => ({ isRated: false, status: "pending" })),
  },
  {
    what: "a match that is gone",
    found: ["change_unfounded"],
    plant: (history, at) => {
      history.matches.splice(at % history.matches.length, 1);
      return true;
    },
  },
  {
    what: "a rated match without a result",
    found: ["match_incomplete"],
    plant: (history, at) => alterMatch(history, at, () => ({ placements: null })),
  },
  {
    what: "teams that nobody can read",
    found: ["match_incomplete"],
    plant: (history, at) => alterMatch(history, at, () => ({ teams: null })),
  },
  {
    what: "a player who is in a match twice",
    found: ["match_incomplete"],
    plant: (history, at) =>
      alterMatch(history, at, ({ teams }) => ({
        teams: (teams ?? []).map((team) => ({ ...team, players: teams?.[0]?.players ?? [] })),
      })),
  },
  {
    what: "a rating of one change ago",
    found: ["rating_stale"],
    plant: (history, at) => {
      const { playerId, mode } = pick(history.changes, at);
      const key = `${playerId} ${mode}`;
      const last = history.changes.findLast((change) => isOfSame(change, { playerId, mode }));
      const rating = history.ratings.get(key);
      if (last === undefined || rating === undefined) return false;
      history.ratings.set(key, { ...rating, ...last.before, seq: last.seq - 1 });
      return true;
    },
  },
  {
    what: "a rating that somebody changed",
    found: ["rating_stale"],
    plant: (history, at) => alterRating(history, at, ({ mu }) => ({ mu: mu + 1 })),
  },
  {
    what: "a place on the leaderboard that is not the rating's",
    found: ["rating_stale"],
    plant: (history, at) => alterRating(history, at, ({ conservative }) => ({ conservative: conservative + 5 })),
  },
  {
    what: "a rating that is gone",
    found: ["rating_stale"],
    plant: (history, at) => {
      const { playerId, mode } = pick(history.changes, at);
      return history.ratings.delete(`${playerId} ${mode}`);
    },
  },
  {
    what: "a win too many",
    found: ["rating_miscounted"],
    plant: (history, at) => alterRating(history, at, ({ wins }) => ({ wins: wins + 1 })),
  },
  {
    what: "a match too few",
    found: ["rating_miscounted"],
    plant: (history, at) => alterRating(history, at, ({ matches }) => ({ matches: matches - 1 })),
  },
  {
    what: "a chain whose next change starts from nowhere, also in its match",
    found: ["chain_broken"],
    plant: (history, at) => {
      const later = history.changes.filter(({ seq }) => seq > 1);
      if (later.length === 0) return false;
      const { playerId, mode, seq } = pick(later, at);
      const shift = (rating: { mu: number; sigma: number }) => ({ mu: rating.mu + 3, sigma: rating.sigma });
      history.changes = history.changes.map((change) =>
        isOfSame(change, { playerId, mode }) && change.seq === seq
          ? { ...change, before: shift(change.before) }
          : change,
      );
      return true;
    },
  },
];

describe("the audit finds in any history", () => {
  it.each(PLANTS)("$what", ({ plant, found }) => {
    let planted = 0;
    fc.assert(
      fc.property(anyHistory, fc.nat(), fc.integer({ min: 1, max: 30 }), (played, at, changesPerPage) => {
        const history = new RatedHistory().play(played);
        if (!plant(history, at)) return;
        planted += 1;
        const checks = history.checks(changesPerPage);
        expect(found.some((check) => checks.has(check))).toBe(true);
      }),
      { numRuns: 60 },
    );
    expect(planted).toBeGreaterThan(10);
  });
});

function alterChange(history: RatedHistory, at: number, alter: (change: StoredChange) => Partial<StoredChange>) {
  const index = at % history.changes.length;
  history.changes = history.changes.map((change, i) => (i === index ? { ...change, ...alter(change) } : change));
  return true;
}

function alterMatch(
  history: RatedHistory,
  at: number,
  alter: (match: AuditedMatch) => Partial<AuditedMatch> | null,
): boolean {
  const match = pick(history.matches, at);
  const altered = alter(match);
  history.matches = history.matches.map((other) => (other === match ? { ...match, ...altered } : other));
  return altered !== null;
}

/** The first player of a match. */
function alterPlayer(history: RatedHistory, at: number, alter: (player: AuditedPlayer) => Partial<AuditedPlayer>) {
  return alterMatch(history, at, ({ teams }) => ({
    teams: (teams ?? []).map((team, teamIndex) => ({
      ...team,
      players: team.players.map((player, index) =>
        teamIndex === 0 && index === 0 ? { ...player, ...alter(player) } : player,
      ),
    })),
  }));
}

function alterRating(
  history: RatedHistory,
  at: number,
  alter: (rating: { mu: number; conservative: number; matches: number; wins: number }) => object,
): boolean {
  const { playerId, mode } = pick(history.changes, at);
  const key = `${playerId} ${mode}`;
  const rating = history.ratings.get(key);
  if (rating !== undefined) history.ratings.set(key, { ...rating, ...alter(rating) });
  return rating !== undefined;
}

function isOfSame(change: StoredChange, { playerId, mode }: { playerId: string; mode: string }): boolean {
  return change.playerId === playerId && change.mode === mode;
}

function pick<Item>(items: readonly Item[], at: number): Item {
  const item = items[at % items.length];
  if (item === undefined) throw new Error("there is something to pick from");
  return item;
}
