import { applyD1Migrations, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { regionObject, restart } from "../integration/region-support.ts";
import { LAST_RELEASE, movedBy } from "./last-release.ts";
import type { RecordedTables } from "./record/recording.ts";

const OWN_TABLES =
  "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf*' AND name NOT GLOB 'sqlite*'";

/** D1 as the last release left it, and then brought up to date as a deploy does: migrations first. */
export async function restoreDatabase(byMs: number): Promise<void> {
  await restoreUnmigratedDatabase(byMs);
  await applyD1Migrations(env.DB, env.MIGRATIONS);
}

/** The same before the deploy. */
export async function restoreUnmigratedDatabase(byMs: number): Promise<void> {
  const { results } = await env.DB.prepare(OWN_TABLES).all<{ name: string }>();
  const { create, rows } = movedBy(LAST_RELEASE.d1Tables, byMs);
  await env.DB.batch(
    [
      ...results.map(({ name }) => `DROP TABLE "${name}"`),
      ...create,
      `CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE,
         applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)`,
    ].map((sql) => env.DB.prepare(sql)),
  );
  const migrations = LAST_RELEASE.migrations.map((name) => ({ name }));
  for (const { sql, values } of insertions({ ...rows, d1_migrations: migrations }))
    await env.DB.prepare(sql)
      .bind(...values)
      .run();
}

/** The region's object wakes, with this release's code, on the tables of the last one; nobody's socket is open. */
export async function wakeOnOldTables(byMs: number): Promise<void> {
  await runInDurableObject(regionObject(LAST_RELEASE.region), async (_, { storage }) => {
    restoreTables(storage.sql, movedBy(LAST_RELEASE.regionTables, byMs));
    await storage.deleteAlarm();
  });
  await restart(LAST_RELEASE.region);
  await regionObject(LAST_RELEASE.region).wake();
}

/** In place of what is there. */
export function restoreTables(sql: SqlStorage, { create, rows }: RecordedTables): void {
  for (const { name } of sql.exec<{ name: string }>(OWN_TABLES).toArray()) sql.exec(`DROP TABLE "${name}"`);
  for (const statement of create) sql.exec(statement);
  for (const { sql: statement, values } of insertions(rows)) sql.exec(statement, ...values.map(sqlValue));
}

/** What the region has stored by now, in the tables and columns that the last release knew. */
export async function storedNow(): Promise<RecordedTables["rows"]> {
  return runInDurableObject(regionObject(LAST_RELEASE.region), (_, { storage: { sql } }) =>
    Object.fromEntries(
      Object.keys(LAST_RELEASE.regionTables.rows).map((table) => [
        table,
        sql.exec(`SELECT * FROM "${table}"`).toArray(),
      ]),
    ),
  );
}

export function sqlValue(value: unknown): SqlStorageValue {
  if (value === null || typeof value === "string" || typeof value === "number") return value;
  throw new Error(`no value of a row: ${JSON.stringify(value)}`);
}

interface Insertion {
  readonly sql: string;
  readonly values: readonly unknown[];
}

function insertions(rows: RecordedTables["rows"]): Insertion[] {
  return Object.entries(rows).flatMap(([table, all]) =>
    all.map((row) => {
      const columns = Object.keys(row).map((name) => `"${name}"`);
      const places = columns.map(() => "?");
      const sql = `INSERT INTO "${table}" (${columns.join()}) VALUES (${places.join()})`;
      return { sql, values: Object.values(row) };
    }),
  );
}
