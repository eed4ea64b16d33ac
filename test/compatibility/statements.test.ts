import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { regionObject } from "../integration/region-support.ts";
import { LAST_RELEASE } from "./last-release.ts";
import type { RecordedStatement, RecordedTables } from "./record/recording.ts";
import { sqlValue } from "./restore.ts";

/** Until a deploy is over, and after one that was taken back, the last release runs on what this one has made. */
const DEFINES = /^\s*(?:CREATE|ALTER)\b/i;

interface Column extends Record<string, SqlStorageValue> {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly dflt_value: string | null;
}

const run = (statements: readonly RecordedStatement[]) => statements.filter(({ sql }) => !DEFINES.test(sql));

describe("on a region's tables as this release makes them", () => {
  it("each statement of the last release runs", async () => {
    const statements = run(LAST_RELEASE.statements.region);
    expect(statements.length).toBeGreaterThan(25);
    await runInDurableObject(regionObject("OCE"), (_, { storage }) => {
      for (const { sql, bindings } of statements) {
        storage.transactionSync(() => {
          expect(() => storage.sql.exec(sql, ...bindings.map(sqlValue)).toArray(), sql).not.toThrow();
        });
      }
    });
  });

  it("every column of the last release is still there, and a new one may be left out", async () => {
    await runInDurableObject(regionObject("OCE"), (_, { storage: { sql } }) => {
      for (const [table, columns] of columnsOf(LAST_RELEASE.regionTables)) {
        const now = sql.exec<Column>(`SELECT * FROM pragma_table_info('${table}')`).toArray();
        expectFitting(table, columns, now);
      }
    });
  });

  it("says how many steps made them, and the last release finds none of its own missing", async () => {
    const steps = await runInDurableObject(regionObject("OCE"), (_, { storage: { sql } }) =>
      Number(sql.exec("SELECT value FROM meta WHERE key = 'schema_steps'").one().value),
    );
    const before = LAST_RELEASE.regionTables.rows.meta?.find(({ key }) => key === "schema_steps");
    expect(steps).toBeGreaterThanOrEqual(Number(before?.value));
  });
});

describe("on D1's tables as this release's migrations make them", () => {
  it("each statement of the last release runs", async () => {
    const statements = run(LAST_RELEASE.statements.d1);
    expect(statements.length).toBeGreaterThan(12);
    for (const { sql, bindings } of statements) {
      const statement = env.DB.prepare(sql).bind(...bindings);
      await expect(statement.all(), sql).resolves.toMatchObject({ success: true });
    }
  });

  it("every column of the last release is still there, and a new one may be left out", async () => {
    for (const [table, columns] of columnsOf(LAST_RELEASE.d1Tables)) {
      const now = await env.DB.prepare(`SELECT * FROM pragma_table_info('${table}')`).all<Column>();
      expectFitting(table, columns, now.results);
    }
  });
});

/** The names of each table's columns; of tables that had rows. */
function columnsOf({ rows }: RecordedTables): [table: string, columns: string[]][] {
  return Object.entries(rows).flatMap(([table, [first]]) => (first === undefined ? [] : [[table, Object.keys(first)]]));
}

function expectFitting(table: string, before: readonly string[], now: readonly Column[]): void {
  const names = now.map(({ name }) => name);
  expect({ table, names }).toEqual({ table, names: expect.arrayContaining([...before]) });
  const added = now.filter(({ name }) => !before.includes(name));
  for (const { name, notnull, dflt_value } of added)
    expect({ table, name, mayBeLeftOut: notnull === 0 || dflt_value !== null }).toMatchObject({ mayBeLeftOut: true });
}
