import { env } from "cloudflare:workers";
import { encodeTime } from "ulid";
import { expect, test } from "vitest";
import { Log } from "../../src/log.ts";
import { Metrics } from "../../src/metrics/metrics.ts";
import { keepAlive } from "../../src/watchdog.ts";

const NOW_MS = Date.UTC(2027, 5, 1);
const DAY_MS = 24 * 3_600_000;
const HOURLY = "7 * * * *";

async function write(ageMs: number, name: string): Promise<void> {
  const atMs = NOW_MS - ageMs;
  const entryId = encodeTime(atMs) + "0".repeat(16);
  await env.DB.batch([
    env.DB.prepare("INSERT INTO audit_log VALUES (?, ?, 'k', 'token_issued', ?, 'r')").bind(entryId, atMs, name),
    env.DB.prepare("INSERT INTO idempotency_keys VALUES (?, 'b', 'p', ?)").bind(name, atMs),
  ]);
}

async function names(table: "audit_log" | "idempotency_keys", column: "target" | "key_hash"): Promise<unknown[]> {
  const { results } = await env.DB.prepare(`SELECT ${column} AS name FROM ${table} ORDER BY 1`).all();
  return results.map(({ name }) => name);
}

test("once an hour, idempotency keys older than a day and audit entries older than 400 days are forgotten", async () => {
  await write(DAY_MS - 1, "of-today");
  await write(DAY_MS + 1, "of-yesterday");
  await write(400 * DAY_MS - 1, "of-last-year");
  await write(400 * DAY_MS + 1, "too-old");
  const run = (cron: string) =>
    keepAlive({ ...env, REGIONS: "EUW" }, { cron, scheduledTime: NOW_MS }, new Metrics(), new Log("off"));
  await run("*/5 * * * *");
  expect(await names("audit_log", "target")).toHaveLength(4);
  await run(HOURLY);
  expect(await names("audit_log", "target")).toEqual(["of-last-year", "of-today", "of-yesterday"]);
  expect(await names("idempotency_keys", "key_hash")).toEqual(["of-today"]);
});
