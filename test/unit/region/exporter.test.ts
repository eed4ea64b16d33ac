import { expect, it } from "vitest";
import { LIMITS } from "../../../src/core/limits.ts";
import type { MatchRecord } from "../../../src/db/match-row.ts";
import { Exporter } from "../../../src/region/exporter.ts";
import { aMatch } from "../builders/a-match.ts";

/** D1 as far as an export sees it; `duringWrite` lets something happen while a write is under way. */
class Database {
  readonly written: MatchRecord[][] = [];
  isDown = false;
  duringWrite = () => {};

  write = async (records: readonly MatchRecord[]) => {
    this.duringWrite();
    if (this.isDown) throw new Error("D1 is down");
    this.written.push([...records]);
  };
}

const NOW = () => 10_000;

it("exports what was noted, oldest first, and says how long it had waited", async () => {
  const database = new Database();
  const exporter = new Exporter("EUW", database.write);
  exporter.note(aMatch({ matchId: "one", rev: 1 }), 9_000);
  exporter.note(aMatch({ matchId: "two", rev: 2 }), 9_500);
  expect(await exporter.exportChunk(NOW)).toEqual({ lagsMs: [1_000, 500], error: null });
  expect(database.written[0]?.map(({ matchId, region }) => [matchId, region])).toEqual([
    ["one", "EUW"],
    ["two", "EUW"],
  ]);
  expect(exporter.backlog).toBe(0);
});

it("exports a match again that changed while its export was under way", async () => {
  const database = new Database();
  const exporter = new Exporter("EUW", database.write);
  exporter.note(aMatch({ matchId: "one", rev: 1 }), 9_000);
  database.duringWrite = () => exporter.note(aMatch({ matchId: "one", rev: 2 }), 9_100);
  await exporter.exportChunk(NOW);
  expect(exporter.backlog).toBe(1);
  database.duringWrite = () => {};
  await exporter.exportChunk(NOW);
  expect(database.written.flat().map(({ rev }) => rev)).toEqual([1, 2]);
});

it("keeps everything while D1 is down, and waits longer after each failure, up to a minute", async () => {
  const database = new Database();
  database.isDown = true;
  const exporter = new Exporter("EUW", database.write);
  exporter.note(aMatch({ rev: 1 }), 9_000);
  const delaysMs: number[] = [];
  for (let attempt = 0; attempt < 8; attempt += 1) {
    expect((await exporter.exportChunk(NOW)).error).toBeInstanceOf(Error);
    delaysMs.push(exporter.nextAttemptMs() - NOW());
  }
  expect(delaysMs).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  database.isDown = false;
  await exporter.exportChunk(NOW);
  expect(exporter.nextAttemptMs()).toBe(Number.POSITIVE_INFINITY);
});

it("has nothing to attempt while nothing is noted, or when the consumer wrote the final row", () => {
  const exporter = new Exporter("EUW", new Database().write);
  expect(exporter.nextAttemptMs()).toBe(Number.POSITIVE_INFINITY);
  exporter.note(aMatch({ matchId: "one" }), 9_000);
  exporter.forget("one");
  expect(exporter.nextAttemptMs()).toBe(Number.POSITIVE_INFINITY);
});

it("knows up to which revision everything is exported", async () => {
  const exporter = new Exporter("EUW", new Database().write);
  expect(exporter.exportedThroughRev(7)).toBe(7);
  exporter.note(aMatch({ matchId: "one", rev: 5 }), 9_000);
  exporter.note(aMatch({ matchId: "two", rev: 6 }), 9_000);
  expect(exporter.exportedThroughRev(7)).toBe(4);
  await exporter.exportChunk(NOW);
  expect(exporter.exportedThroughRev(7)).toBe(7);
});

it("puts no more into one statement than its limit", async () => {
  const database = new Database();
  const exporter = new Exporter("EUW", database.write);
  const count = LIMITS.exportMatches + 3;
  for (let index = 0; index < count; index += 1) exporter.note(aMatch({ matchId: `match ${index}` }), 9_000);
  while (exporter.backlog > 0) await exporter.exportChunk(NOW);
  expect(database.written.length).toBeGreaterThan(1);
  expect(database.written.flat()).toHaveLength(count);
  for (const records of database.written) {
    expect(records.length).toBeLessThanOrEqual(LIMITS.exportMatches);
    expect(JSON.stringify(records).length).toBeLessThanOrEqual(LIMITS.exportBytes);
  }
});
