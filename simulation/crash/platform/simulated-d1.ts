import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SQLInputValue, StatementSync } from "node:sqlite";
import { DatabaseSync } from "node:sqlite";
import type { Fate } from "../faults.ts";
import { InjectedFailure } from "../injected-failure.ts";
import { currentLife } from "./life.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** One statement with what it is bound to. */
export interface BoundStatement {
  readonly query: string;
  readonly bindings: readonly SQLInputValue[];
}

export interface SimulatedD1Settings {
  readonly time: VirtualTime;
  readonly fate: () => Fate;
  /** Called after statements took effect, as one. */
  readonly executed: (statements: readonly BoundStatement[]) => void;
  /** What a planted bug makes of a statement, also of those of the migrations. */
  readonly altered?: (query: string) => string;
}

interface Outcome {
  readonly results: Record<string, unknown>[];
  readonly success: true;
  readonly meta: { readonly rows_written: number };
}

const MIGRATIONS = join(import.meta.dirname, "../../../migrations");

/** D1 with the real migrations: calls take time, fail, hang, or take effect without anybody hearing of it. */
export class SimulatedD1 {
  readonly #settings: SimulatedD1Settings;
  readonly #db = new DatabaseSync(":memory:");
  readonly #statements = new Map<string, StatementSync>();

  constructor(settings: SimulatedD1Settings) {
    this.#settings = settings;
    for (const name of readdirSync(MIGRATIONS)
      .filter((file) => file.endsWith(".sql"))
      .sort()) {
      this.#db.exec(this.#altered(readFileSync(join(MIGRATIONS, name), "utf8")));
    }
  }

  prepare(query: string): PreparedStatement {
    return new PreparedStatement(this, query, []);
  }

  batch(statements: readonly PreparedStatement[]): Promise<Outcome[]> {
    return this.#call(statements);
  }

  async call(statement: BoundStatement): Promise<Outcome> {
    const [outcome] = await this.#call([statement]);
    if (outcome === undefined) throw new Error("one outcome for each statement");
    return outcome;
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  /** At once and without faults, for the simulation itself. */
  read(query: string, ...bindings: SQLInputValue[]): Record<string, SQLInputValue>[] {
    return this.#prepared(query).all(...bindings) as Record<string, SQLInputValue>[];
  }

  write(query: string, ...bindings: SQLInputValue[]): void {
    this.#prepared(query).run(...bindings);
  }

  #call(statements: readonly BoundStatement[]): Promise<Outcome[]> {
    const { time, fate: draw } = this.#settings;
    const life = currentLife();
    life?.called("calling D1");
    return new Promise((resolve, reject) => {
      const gate = life?.gate ?? ((act: () => void) => act());
      gate(() => {
        const { fate, thereMs, backMs } = draw();
        const fail = () => reject(new InjectedFailure("D1_ERROR: Network connection lost."));
        if (fate === "lost") return;
        time.after(thereMs, () => {
          if (fate === "failed") return fail();
          const outcome = this.#attempt(statements);
          if (fate === "silent") return;
          time.after(backMs, () => {
            if (life?.isDead === true) return;
            if (fate === "unanswered") fail();
            else if (outcome instanceof Error) reject(outcome);
            else resolve(outcome);
          });
        });
      });
    });
  }

  /** All statements take effect or none, at this one instant. */
  #attempt(statements: readonly BoundStatement[]): Outcome[] | Error {
    this.#db.exec("BEGIN");
    try {
      const outcomes = statements.map((statement) => this.#execute(statement));
      this.#db.exec("COMMIT");
      this.#settings.executed(statements);
      return outcomes;
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
      return new Error(`D1_ERROR: ${error instanceof Error ? error.message : String(error)}: SQLITE_CONSTRAINT`);
    }
  }

  #execute({ query, bindings }: BoundStatement): Outcome {
    const statement = this.#prepared(this.#altered(query));
    if (/^\s*(SELECT|WITH)/i.test(query)) {
      const results = statement.all(...bindings) as Record<string, unknown>[];
      return { results, success: true, meta: { rows_written: 0 } };
    }
    const { changes } = statement.run(...bindings);
    return { results: [], success: true, meta: { rows_written: Number(changes) } };
  }

  #altered(query: string): string {
    return this.#settings.altered?.(query) ?? query;
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

class PreparedStatement implements BoundStatement {
  readonly #db: SimulatedD1;
  readonly query: string;
  readonly bindings: readonly SQLInputValue[];

  constructor(db: SimulatedD1, query: string, bindings: readonly SQLInputValue[]) {
    this.#db = db;
    this.query = query;
    this.bindings = bindings;
  }

  bind(...bindings: SQLInputValue[]): PreparedStatement {
    return new PreparedStatement(this.#db, this.query, bindings);
  }

  all(): Promise<Outcome> {
    return this.#db.call(this);
  }

  run(): Promise<Outcome> {
    return this.#db.call(this);
  }
}
