import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { AUDIT_CRON } from "../../src/audit/audit-cron.ts";
import type { Env } from "../../src/env.ts";
import worker from "../../src/index.ts";
import { hubStub } from "../../src/metrics/hub-stub.ts";
import { aResult, consume, registerPlayers } from "./results-support.ts";

/** The Worker's own cron, as the platform calls it. */
export async function runAudit(bindings: Partial<Env> = {}): Promise<void> {
  await worker.scheduled({ cron: AUDIT_CRON, scheduledTime: Date.now(), noRetry: () => {} }, { ...env, ...bindings });
}

/** The same, and what it logged. */
export async function runAuditLogged(bindings: Partial<Env> = {}): Promise<readonly Record<string, unknown>[]> {
  return logged(() => runAudit({ ...bindings, LOG_LEVEL: "info" }));
}

export async function logged(act: () => Promise<unknown>): Promise<readonly Record<string, unknown>[]> {
  const lines: Record<string, unknown>[] = [];
  const spies = (["log", "warn", "error"] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(JSON.parse(line))),
  );
  try {
    await act();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return lines;
}

/** Some results between the same eight, rated by the consumer. */
export async function rated(count: number): Promise<readonly string[]> {
  const players = await registerPlayers(8);
  const results = Array.from({ length: count }, (_, index) => {
    const at = (offset: number) => players[(index + offset * 2) % 8] ?? "";
    const placements = [
      { teamA: 1, teamB: 2 },
      { teamA: 2, teamB: 1 },
      { teamA: 1, teamB: 1 },
    ][index % 3];
    return aResult([at(0), at(1), at(2), at(3)], placements === undefined ? {} : { placements });
  });
  await consume(results);
  return players;
}

/** What `/metrics` shows of one series; null: it is not there. */
export async function metric(series: string): Promise<number | null> {
  const page = await hubStub(env).scrape();
  const line = page.split("\n").find((text) => text.startsWith(`${series} `));
  return line === undefined ? null : Number(line.slice(series.length + 1));
}

/** Of all checks together. */
export async function violations(name: "audit_violations_total" | "audit_violations_standing"): Promise<number> {
  const page = await hubStub(env).scrape();
  return [...page.matchAll(new RegExp(`^muster_${name}\\{.*\\} (\\S+)$`, "gm"))].reduce(
    (sum, [, n]) => sum + Number(n),
    0,
  );
}

export async function auditState() {
  const row = await env.DB.prepare("SELECT state FROM audits WHERE name = 'results'").first<{ state: string }>();
  return row === null ? null : JSON.parse(row.state);
}

/** How many were counted meanwhile. */
export async function newViolations(act: () => Promise<unknown>): Promise<number> {
  const before = await violations("audit_violations_total");
  await act();
  return (await violations("audit_violations_total")) - before;
}
