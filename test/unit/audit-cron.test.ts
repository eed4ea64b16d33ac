import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { AUDIT_CRON } from "../../src/audit/audit-cron.ts";

it("the audit's cron is one of those that the platform calls", () => {
  const crons = /^crons = (.*)$/m.exec(readFileSync("wrangler.toml", "utf8"))?.[1] ?? "[]";
  expect(JSON.parse(crons)).toContain(AUDIT_CRON);
});
