import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { ResultsAudit } from "../../src/audit/results-audit.ts";
import { Log } from "../../src/log.ts";
import { Metrics } from "../../src/metrics/metrics.ts";
import {
  auditState,
  logged,
  metric,
  newViolations,
  rated,
  runAudit,
  runAuditLogged,
  violations,
} from "./audit-support.ts";
import { modes } from "./results-support.ts";

/** Each test has the database to itself: what one corrupts is none of the others' business. */
beforeEach(async () => {
  await env.DB.batch(
    ["matches", "rating_changes", "ratings", "players", "audits"].map((table) =>
      env.DB.prepare(`DELETE FROM ${table}`),
    ),
  );
});

describe("the scheduled audit", () => {
  it("finds nothing wrong with what the consumer rated, and shows how far it has come", async () => {
    await rated(12);
    const beforeS = Date.now() / 1_000;
    const lines = await runAuditLogged();
    expect(lines).toEqual([]);
    expect(await violations("audit_violations_total")).toBe(0);
    expect(await violations("audit_violations_standing")).toBe(0);
    expect(await metric('muster_audit_violations_total{check="rating_differs"}')).toBe(0);
    expect(await metric('muster_audited_records_total{walk="matches"}')).toBe(12);
    expect(await metric('muster_audited_records_total{walk="changes"}')).toBe(48);
    for (const walk of ["matches", "recent", "changes"]) {
      expect(await metric(`muster_audit_completed_timestamp_seconds{walk="${walk}"}`)).toBeGreaterThanOrEqual(beforeS);
      expect(await metric(`muster_audit_progress_timestamp_seconds{walk="${walk}"}`)).toBeGreaterThanOrEqual(beforeS);
    }
    for (const reason of ["environment_unknown", "other_rater", "start_unknown"])
      expect(await metric(`muster_audit_unverifiable{reason="${reason}"}`)).toBe(0);
  });

  it("finds nothing wrong in an empty database", async () => {
    expect(await runAuditLogged()).toEqual([]);
    expect((await auditState()).walks.changes.completed).toMatchObject({ audited: 0 });
  });

  it("finds nothing wrong with matches whose mode is gone", async () => {
    await rated(3);
    expect(await auditBy({ byName: new Map() })).toEqual({ lines: [], unverifiable: {} });
  });

  it("finds nothing wrong with what the release before rated, which did not keep by what", async () => {
    await rated(3);
    await env.DB.prepare("UPDATE matches SET rated_by = NULL").run();
    expect(await auditBy(modes)).toEqual({ lines: [], unverifiable: {} });
    await env.DB.prepare("DELETE FROM audits").run();
    expect(await auditBy({ byName: new Map() })).toMatchObject({ lines: [], unverifiable: { environment_unknown: 3 } });
  });
});

/** A run in a release that has other modes. */
async function auditBy(playedModes: Pick<typeof modes, "byName">) {
  const settings = { db: env.DB, modes: playedModes, metrics: new Metrics(), now: () => Date.now() };
  const lines = await logged(() => new ResultsAudit({ ...settings, log: new Log("info") }).run());
  const { matches, changes } = (await auditState()).walks;
  return { lines, unverifiable: { ...changes.completed.unverifiable, ...matches.completed.unverifiable } };
}

describe("the scheduled audit finds, counts and names", () => {
  const corruptions: readonly [what: string, check: string, statement: string][] = [
    [
      "a change that was altered",
      "change_differs",
      "UPDATE rating_changes SET mu_after = mu_after + 0.001 WHERE seq = 2",
    ],
    ["a change that is gone", "change_missing", "DELETE FROM rating_changes WHERE seq = 2"],
    [
      "a change that was made twice",
      "change_unfounded",
      `INSERT INTO rating_changes SELECT player_id, mode, 99, kind, match_id, mu_before, sigma_before, mu_after, sigma_after,
         changed_at_ms FROM rating_changes WHERE seq = 1`,
    ],
    ["a number that is left out", "chain_gap", "UPDATE rating_changes SET seq = seq + 10 WHERE seq >= 3"],
    ["a change that starts from nowhere", "chain_broken", "UPDATE rating_changes SET mu_before = 3 WHERE seq = 3"],
    [
      "a result that was turned round",
      "rating_differs",
      `UPDATE matches SET placements = '{"teamA":2,"teamB":1}' WHERE placements = '{"teamA":1,"teamB":2}'`,
    ],
    ["a rating that was altered", "rating_stale", "UPDATE ratings SET mu = mu + 1, conservative = conservative + 1"],
    ["a rating that is gone", "rating_stale", "DELETE FROM ratings"],
    ["a win too many", "rating_miscounted", "UPDATE ratings SET wins = wins + 1"],
    ["a rated match without its result", "match_incomplete", "UPDATE matches SET placements = NULL"],
    ["a rated match that is not finished", "match_incomplete", "UPDATE matches SET status = 'pending'"],
    ["teams that cannot be read", "match_incomplete", `UPDATE matches SET teams = '["x", {"players": 3}'`],
    ["a match that is gone", "change_unfounded", "DELETE FROM matches"],
  ];

  it.each(corruptions)("%s", async (_, check, statement) => {
    await rated(12);
    await env.DB.prepare(statement).run();
    const series = `muster_audit_violations_total{check="${check}"}`;
    const before = (await metric(series)) ?? 0;
    const lines = await runAuditLogged();
    const counted = ((await metric(series)) ?? 0) - before;
    expect(counted).toBeGreaterThan(0);
    expect(await metric(`muster_audit_violations_standing{check="${check}"}`)).toBe(counted);
    const named = lines.filter((line) => line.event === "audit_violation" && line.check === check);
    expect(named.length).toBeGreaterThan(0);
    expect(named.every(({ level, subject }) => level === "error" && typeof subject === "string")).toBe(true);
    expect(lines.at(-1)).toMatchObject({ event: "audit_standing", component: "audit" });
  });
});

describe("what is wrong", () => {
  it("is counted once, stands while it is there, and is counted again when it comes back", async () => {
    const [playerId = ""] = await rated(6);
    const move = (by: number) =>
      env.DB.prepare("UPDATE ratings SET mu = mu + ?, conservative = conservative + ? WHERE player_id = ?")
        .bind(by, by, playerId)
        .run();
    await move(1);
    expect(await newViolations(runAudit)).toBe(1);
    expect(await newViolations(runAudit)).toBe(0);
    expect(await violations("audit_violations_standing")).toBe(1);
    await move(-1);
    expect(await newViolations(runAudit)).toBe(0);
    expect(await violations("audit_violations_standing")).toBe(0);
    await move(1);
    expect(await newViolations(runAudit)).toBe(1);
  });
});
