import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { ResultsAudit } from "../../src/audit/results-audit.ts";
import { LIMITS } from "../../src/core/limits.ts";
import { DatabaseHealth, guardDatabase } from "../../src/db/guarded-database.ts";
import { Log } from "../../src/log.ts";
import { Metrics } from "../../src/metrics/metrics.ts";
import { auditState, metric, newViolations, rated, runAudit, runAuditLogged, violations } from "./audit-support.ts";
import { LostDatabase } from "./lost-database.ts";
import { exportedMatch, playersInMatch, regionObject } from "./region-support.ts";
import { aResult, consume, modes, registerPlayers } from "./results-support.ts";

beforeEach(async () => {
  await env.DB.batch(
    ["matches", "rating_changes", "ratings", "audits"].map((table) => env.DB.prepare(`DELETE FROM ${table}`)),
  );
});

/** Matches that nobody played, before all others. */
async function pendingMatches(count: number): Promise<void> {
  await env.DB.prepare(
    `INSERT INTO matches (match_id, rev, rated, region, mode, status, quality, teams, created_at_ms)
     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
     SELECT printf('00AAAAAAAAAAAAAAAAAAA%05d-EUW', i), 1, 0, 'EUW', '2v2', 'pending', 0.5, '[]', 0 FROM n`,
  )
    .bind(count)
    .run();
}

/** D1 that answers so many calls and fails from then on. */
function failingAfter(calls: number): D1Database {
  let left = calls;
  return new Proxy(env.DB, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        left -= 1;
        if (left < 0) throw new Error("D1_ERROR: Network connection lost.");
        return value.apply(target, args);
      };
    },
  });
}

describe("an audit that takes several runs", () => {
  it("goes on where the run before ended, finds what comes late, and begins anew after the last", async () => {
    const perRun = LIMITS.auditMatchesPerPage * LIMITS.auditPagesPerRun;
    await pendingMatches(perRun + 10);
    await rated(5);
    await env.DB.prepare(`UPDATE matches SET placements = '{"teamA":2,"teamB":1}' WHERE rated = 1`).run();
    const series = 'muster_audit_violations_standing{check="rating_differs"}';
    await runAudit();
    expect(await metric(series)).toBe(0);
    const { matches } = (await auditState()).walks;
    expect(matches).toMatchObject({
      completed: null,
      pass: { cursor: { key: [`00AAAAAAAAAAAAAAAAAAA0${perRun}-EUW`] } },
    });
    await runAudit();
    expect(await metric(series)).toBeGreaterThan(0);
    const walk = (await auditState()).walks.matches;
    expect(walk).toMatchObject({ pass: null, completed: { startedMs: matches.pass.startedMs, audited: 5 } });
    await runAudit();
    expect((await auditState()).walks.matches.pass?.startedMs).toBeGreaterThan(walk.completed.startedMs);
  });

  it("ends when its time is up, however much there is, and each walk has come forward", async () => {
    await pendingMatches(LIMITS.auditMatchesPerPage * 10);
    await rated(LIMITS.auditChangesPerPage / 4 + 1);
    let nowMs = Date.now();
    // Each look at the clock takes a second.
    const now = () => {
      nowMs += 1_000;
      return nowMs;
    };
    await new ResultsAudit({ db: env.DB, modes, metrics: new Metrics(), log: new Log("off"), now }).run();
    const { matches, changes } = (await auditState()).walks;
    expect(matches).toMatchObject({ completed: null, pass: { cursor: { key: [expect.stringMatching(/^00AAA/)] } } });
    expect(changes.pass?.audited ?? changes.completed?.audited).toBeGreaterThan(0);
    expect(nowMs - matches.pass.startedMs).toBeLessThan(LIMITS.auditRunMs + 10_000);
  });

  it("follows a player's changes from page to page", async () => {
    const results = Math.ceil((LIMITS.auditChangesPerPage * 2.5) / 4);
    await rated(results);
    expect(await runAuditLogged()).toEqual([]);
    expect((await auditState()).walks.changes.completed.audited).toBe(results * 4);
  });
});

describe("while D1 fails", () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])(
    "after %i calls, the run ends without an exception; the next one goes on, and tells of each thing once",
    async (calls) => {
      await rated(6);
      await env.DB.prepare("UPDATE ratings SET wins = wins + 1").run();
      const errorsBefore = (await metric("muster_audit_errors_total")) ?? 0;
      const counted = await newViolations(async () => {
        const lines = await runAuditLogged({ DB: failingAfter(calls) });
        expect(lines.map(({ event }) => event)).toContain("audit_failed");
        await runAudit();
      });
      expect(await metric("muster_audit_errors_total")).toBeGreaterThan(errorsBefore);
      expect(counted).toBe(8);
      expect(await violations("audit_violations_standing")).toBe(8);
      expect((await auditState()).walks.changes.completed.audited).toBe(24);
    },
  );
});

describe("while D1 hangs", () => {
  it("the run gives up, and the next one goes on", async () => {
    await rated(3);
    const database = new LostDatabase(env.DB);
    const metrics = new Metrics();
    const run = () => {
      const db = guardDatabase(database.db, new DatabaseHealth(), { readMs: 100, writeMs: 100 });
      return new ResultsAudit({ db, modes, metrics, log: new Log("off"), now: () => Date.now() }).run();
    };
    await run();
    expect(await auditState()).toBeNull();
    database.isLost = false;
    await run();
    expect((await auditState()).walks.changes.completed.audited).toBe(12);
  });
});

describe("a page that cannot be judged", () => {
  it("stops its own walk and no other, until it can be", async () => {
    await rated(3);
    const unreadable = new Proxy(env.DB, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== "function") return value;
        return (...args: unknown[]) => {
          if (String(args[0]).includes("rated_by FROM matches")) throw new Error("D1_ERROR: too large");
          return value.apply(target, args);
        };
      },
    });
    const lines = await runAuditLogged({ DB: unreadable });
    expect(lines).toMatchObject([
      { event: "audit_failed", walk: "recent" },
      { event: "audit_failed", walk: "matches" },
    ]);
    expect((await auditState()).walks).toMatchObject({
      matches: { completed: null },
      changes: { completed: { audited: 12 } },
    });
    expect(await runAuditLogged()).toEqual([]);
    expect((await auditState()).walks.matches.completed.audited).toBe(3);
  });
});

describe("two runs at once", () => {
  it("tell of each thing once", async () => {
    await rated(6);
    await env.DB.prepare("UPDATE ratings SET wins = wins + 1").run();
    expect(await newViolations(() => Promise.all([runAudit(), runAudit(), runAudit()]))).toBe(8);
    expect((await auditState()).walks.matches.completed.audited).toBe(6);
  });
});

describe("a state that this release cannot read", () => {
  it.each([
    ["is of a later one", `{"version": 2}`],
    ["is no JSON", "nonsense"],
  ])("begins anew when it %s", async (_, state) => {
    await rated(2);
    await env.DB.prepare("INSERT INTO audits VALUES ('results', ?, ?)")
      .bind(state, Date.now() + 60_000)
      .run();
    expect(await runAuditLogged()).toMatchObject([{ event: "audit_begins_anew" }]);
    expect((await auditState()).walks.matches.completed.audited).toBe(2);
  });
});

describe("while results come in", () => {
  it("nothing is taken for wrong", async () => {
    const players = await registerPlayers(12);
    const results = Array.from({ length: 150 }, (_, index) =>
      aResult([0, 3, 6, 9].map((offset) => players[(index * 5 + offset) % 12] ?? "")),
    );
    let isRating = true;
    const rating = Promise.all(
      Array.from({ length: 5 }, (_, index) => consume(results.slice(index * 30, index * 30 + 30))),
    ).finally(() => {
      isRating = false;
    });
    let runs = 0;
    for (; isRating || runs < 2; runs += 1) {
      expect(await runAuditLogged()).toEqual([]);
      // Without a pause the timers of consumers that lost a race never come to pass: all of this is one event to workerd.
      await scheduler.wait(5);
    }
    await rating;
    expect(await runAuditLogged()).toEqual([]);
    expect((await auditState()).walks.changes.completed.audited).toBe(600);
    expect(runs).toBeGreaterThan(1);
  });
});

describe("a match that a region made", () => {
  it("is looked at as one of the last hours soon after it was rated", async () => {
    const { matchId } = await playersInMatch("EUW");
    await regionObject("EUW").report(matchId, { winnerTeam: "teamB" });
    await exportedMatch(matchId, "finished");
    await rated(1);
    expect(await runAuditLogged()).toEqual([]);
    const { recent, matches } = (await auditState()).walks;
    expect([recent.completed.audited, matches.completed.audited]).toEqual([1, 2]);
  });
});
