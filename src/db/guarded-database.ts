import { withTimeout } from "../with-timeout.ts";
import { CircuitBreaker } from "./circuit-breaker.ts";

/** How long a statement may take. A batch counts as a write. */
export interface DatabaseLimits {
  readonly readMs: number;
  readonly writeMs: number;
}

/** What was seen of D1 lately: by one isolate, or one object. Reads, writes and replicas can fail apart. */
export class DatabaseHealth {
  readonly reads = new CircuitBreaker();
  readonly writes = new CircuitBreaker();
  readonly replicas = new CircuitBreaker();
}

/**
 * The database with a time limit on every call, and without calls while it is known not to answer. D1 can hang without
 * failing, and nothing that waits for it may hang as well.
 *
 * A call that ran out of time may still be carried out: each write must be safe to repeat.
 *
 * @throws from each call what D1 throws, or an error that says that it did not answer
 */
export function guardDatabase(
  db: D1Database,
  health: DatabaseHealth,
  { readMs, writeMs }: DatabaseLimits,
  now: () => number = Date.now,
): D1Database {
  const read = new Guard(health.reads, readMs, now);
  const write = new Guard(health.writes, writeMs, now);
  const replica = new Guard(health.replicas, readMs, now);
  return {
    prepare: (query) => new GuardedStatement(db.prepare(query), read, write),
    batch: (statements) => write.run(() => db.batch(statements.map(unguarded))),
    exec: (query) => write.run(() => db.exec(query)),
    withSession: (constraint) => guardSession(db.withSession(constraint), replica, write),
    // Deprecated by the platform, which takes it away from new databases; nothing here asks for it.
    dump: () => db.dump(),
  };
}

function guardSession(session: D1DatabaseSession, read: Guard, write: Guard): D1DatabaseSession {
  return {
    prepare: (query) => new GuardedStatement(session.prepare(query), read, write),
    batch: (statements) => write.run(() => session.batch(statements.map(unguarded))),
    getBookmark: () => session.getBookmark(),
  };
}

/** One kind of call. */
class Guard {
  readonly #breaker: CircuitBreaker;
  readonly #limitMs: number;
  readonly #now: () => number;

  constructor(breaker: CircuitBreaker, limitMs: number, now: () => number) {
    this.#breaker = breaker;
    this.#limitMs = limitMs;
    this.#now = now;
  }

  async run<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    const startedMs = this.#now();
    if (!this.#breaker.admits(startedMs, this.#limitMs)) throw new Error("D1 does not answer; it is asked again soon");
    let isTimeUp = false;
    const answer = call().finally(() => {
      if (!isTimeUp) this.#breaker.answered(this.#now());
    });
    const timedOut = () => {
      isTimeUp = true;
      this.#breaker.timedOut(startedMs, this.#now());
    };
    return withTimeout(answer, this.#limitMs, "D1", timedOut);
  }
}

/** Which statement of D1 is behind one of ours: a batch takes only its own. */
const originals = new WeakMap<D1PreparedStatement, D1PreparedStatement>();

function unguarded(statement: D1PreparedStatement): D1PreparedStatement {
  return originals.get(statement) ?? statement;
}

class GuardedStatement implements D1PreparedStatement {
  readonly #statement: D1PreparedStatement;
  readonly #read: Guard;
  readonly #write: Guard;

  constructor(statement: D1PreparedStatement, read: Guard, write: Guard) {
    this.#statement = statement;
    this.#read = read;
    this.#write = write;
    originals.set(this, statement);
  }

  bind(...values: unknown[]): D1PreparedStatement {
    return new GuardedStatement(this.#statement.bind(...values), this.#read, this.#write);
  }

  first<Row = Record<string, unknown>>(column?: string): Promise<Row | null> {
    return this.#read.run(() =>
      column === undefined ? this.#statement.first<Row>() : this.#statement.first<Row>(column),
    );
  }

  run<Row = Record<string, unknown>>(): Promise<D1Result<Row>> {
    return this.#write.run(() => this.#statement.run<Row>());
  }

  all<Row = Record<string, unknown>>(): Promise<D1Result<Row>> {
    return this.#read.run(() => this.#statement.all<Row>());
  }

  raw<Row = unknown[]>(options: { columnNames: true }): Promise<[string[], ...Row[]]>;
  raw<Row = unknown[]>(options?: { columnNames?: false }): Promise<Row[]>;
  raw<Row = unknown[]>(options?: { columnNames?: boolean }): Promise<Row[] | [string[], ...Row[]]> {
    return this.#read.run<Row[] | [string[], ...Row[]]>(() =>
      options?.columnNames === true
        ? this.#statement.raw<Row>({ columnNames: true })
        : this.#statement.raw<Row>({ columnNames: false }),
    );
  }
}
