import type { SQLInputValue, StatementSync } from "node:sqlite";
import { DatabaseSync } from "node:sqlite";
import type { Change } from "../../../src/core/changes.ts";
import { currentLife } from "./life.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** What one event of a region wrote, as the production code says it. */
export type Commit = readonly Change[];

/** Writes of one turn of the event loop: the platform makes them durable as one. */
interface WriteGroup {
  readonly number: number;
  readonly commits: Commit[];
  /** The alarm before it. */
  readonly alarmMs: number | null;
}

/** What leaves an object: frames to sockets, answers to callers. */
export type Outgoing = "frames" | "answers";

export interface ObjectStorageSettings {
  readonly time: VirtualTime;
  /** How long a flush takes, drawn for each group. */
  readonly flushMs: () => number;
  /** Before a transaction or a single write: throws where storage is to fail. */
  readonly mayFail: () => void;
  /** Called, in order, with what has become durable. */
  readonly durable: (commit: Commit) => void;
  readonly alarmChanged: () => void;
  /** What a planted bug makes of a statement; null: it is left out. */
  readonly altered?: (query: string, bindings: readonly unknown[]) => string | null;
  /** What a planted bug makes of the rows that were read. */
  readonly alteredRows?: (query: string, rows: unknown[]) => unknown[];
  /** A planted bug: these do not wait for what they are about. */
  readonly openGate?: Outgoing;
}

/**
 * An object's storage: SQLite in memory, of which the latest writes may still be lost.
 *
 * 1. Writes of one turn are a group, begun by a savepoint inside one long transaction.
 * 2. A group is flushed a while later, in order; when none is left the transaction commits.
 * 3. What is told to anybody passes `whenDurable`, which waits for the groups before it: the output gate.
 * 4. A crash keeps some of the unflushed groups, oldest first, and rolls back to the savepoint of the first that is
 *    lost: the alarm too.
 */
export class ObjectStorage {
  readonly #settings: ObjectStorageSettings;
  readonly #db = new DatabaseSync(":memory:");
  readonly #statements = new Map<string, StatementSync>();
  readonly #waiting: { readonly number: number; readonly act: () => void }[] = [];
  #unflushed: WriteGroup[] = [];
  #open: WriteGroup | null = null;
  #lastNumber = 0;
  #lastFlushMs = 0;
  #depth = 0;
  alarmMs: number | null = null;

  constructor(settings: ObjectStorageSettings) {
    this.#settings = settings;
  }

  get hasUnflushed(): boolean {
    return this.#unflushed.length > 0;
  }

  /** `SqlStorage.exec`, as far as the production code uses it. */
  exec(query: string, ...bindings: SQLInputValue[]): { toArray(): unknown[]; readonly rowsWritten: number } {
    if (/^\s*(SELECT|WITH)/.test(query)) {
      const rows = this.#prepared(query).all(...bindings);
      const seen = this.#settings.alteredRows?.(query, rows) ?? rows;
      return { toArray: () => seen, rowsWritten: 0 };
    }
    const life = currentLife();
    if (this.#depth === 0) {
      life?.called("before a write");
      this.#settings.mayFail();
      this.#group();
    }
    const altered = this.#settings.altered === undefined ? query : this.#settings.altered(query, bindings);
    if (altered !== null) this.#run(altered, bindings);
    if (this.#depth === 0) {
      this.#committed();
      // Between a write and anybody's hearing of it.
      life?.called("after a write");
    }
    return { toArray: () => [], rowsWritten: 1 };
  }

  transactionSync<Value>(act: () => Value): Value {
    currentLife()?.called("before a transaction");
    this.#settings.mayFail();
    this.#group();
    this.#run("SAVEPOINT inner_transaction", []);
    this.#depth += 1;
    let value: Value;
    try {
      value = act();
      // The place of a crash in the middle of a transaction.
      this.#settings.mayFail();
    } catch (error) {
      this.#run("ROLLBACK TO inner_transaction", []);
      this.#run("RELEASE inner_transaction", []);
      throw error;
    } finally {
      this.#depth -= 1;
    }
    this.#run("RELEASE inner_transaction", []);
    this.#committed();
    // The place of one after it and before anybody hears of it.
    currentLife()?.called("after a transaction");
    return value;
  }

  setAlarm(alarmMs: number): void {
    currentLife()?.called("setting the alarm");
    this.#settings.mayFail();
    this.#group();
    this.alarmMs = alarmMs;
    this.#settings.alarmChanged();
  }

  /** The platform takes the alarm out to call the object; that is durable at once. */
  takeAlarm(): number | null {
    const { alarmMs } = this;
    this.alarmMs = null;
    return alarmMs;
  }

  /** Acts once everything that was written so far is durable; never, if it is lost. */
  whenDurable(act: () => void): void {
    const last = this.#unflushed.at(-1);
    if (last === undefined) act();
    else this.#waiting.push({ number: last.number, act });
  }

  /** As `whenDurable`, for what a planted bug lets through. */
  gate(what: Outgoing, act: () => void): void {
    if (this.#settings.openGate === what) act();
    else this.whenDurable(act);
  }

  /** The process is gone. @param keep 0 to 1: how much of what was not flushed has made it */
  crash(keep: number): void {
    this.#waiting.length = 0;
    const kept = Math.floor(keep * (this.#unflushed.length + 1));
    const lost = this.#unflushed[kept];
    for (const group of this.#unflushed.slice(0, kept)) this.#nowDurable(group);
    if (lost !== undefined) {
      this.#run(`ROLLBACK TO turn_${lost.number % SAVEPOINT_NAMES}`, []);
      this.alarmMs = lost.alarmMs;
    }
    if (this.#unflushed.length > 0) this.#run("COMMIT", []);
    this.#unflushed = [];
    this.#open = null;
    this.#lastFlushMs = 0;
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  /** What storage holds, for the checkers: unaltered. */
  rows(query: string): unknown[] {
    return this.#prepared(query).all();
  }

  #group(): void {
    if (this.#open !== null) return;
    if (this.#unflushed.length === 0) this.#run("BEGIN", []);
    this.#lastNumber += 1;
    const group: WriteGroup = { number: this.#lastNumber, commits: [], alarmMs: this.alarmMs };
    this.#run(`SAVEPOINT turn_${group.number % SAVEPOINT_NAMES}`, []);
    this.#open = group;
    this.#unflushed.push(group);
    queueMicrotask(() => {
      if (this.#open === group) this.#open = null;
    });
    const { time, flushMs } = this.#settings;
    this.#lastFlushMs = Math.max(this.#lastFlushMs, time.nowMs + flushMs());
    time.after(this.#lastFlushMs - time.nowMs, () => this.#flush(group));
  }

  #committed(): void {
    const life = currentLife();
    if (life === undefined || life.taken.length === 0) return;
    this.#open?.commits.push(life.taken);
    life.taken = [];
  }

  #flush(group: WriteGroup): void {
    // A crash was quicker.
    if (this.#unflushed[0] !== group) return;
    this.#unflushed.shift();
    if (this.#unflushed.length === 0) this.#run("COMMIT", []);
    this.#nowDurable(group);
    while (this.#waiting[0] !== undefined && this.#waiting[0].number <= group.number) this.#waiting.shift()?.act();
  }

  #nowDurable(group: WriteGroup): void {
    for (const commit of group.commits) this.#settings.durable(commit);
  }

  #run(query: string, bindings: readonly SQLInputValue[]): void {
    // The schema's steps are several statements at once, which cannot be prepared.
    if (bindings.length === 0 && query.includes(";")) this.#db.exec(query);
    else this.#prepared(query).run(...bindings);
  }

  #prepared(query: string): StatementSync {
    let statement = this.#statements.get(query);
    if (statement === undefined) {
      statement = this.#db.prepare(query);
      this.#statements.set(query, statement);
    }
    return statement;
  }
}

/** Savepoints are told apart by name; so few are open at once that names can be used again. */
const SAVEPOINT_NAMES = 1_000;
