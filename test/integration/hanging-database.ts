/** A database that takes calls and never answers any, until it is told to. */
export class HangingDatabase {
  readonly db: D1Database;
  isHanging = true;
  /** Calls that were made while it hung. */
  calls = 0;

  constructor(db: D1Database) {
    this.db = this.#proxy(db);
  }

  /** Of the database, a session or a statement: each may give others. */
  #proxy<Target extends object>(target: Target): Target {
    return new Proxy(target, {
      get: (_, key) => {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== "function") return value;
        if (key === "prepare" || key === "bind" || key === "withSession") {
          return (...args: unknown[]) => this.#proxy(value.apply(target, args));
        }
        return (...args: unknown[]) => this.#call(() => value.apply(target, args));
      },
    });
  }

  #call(answer: () => unknown): unknown {
    if (!this.isHanging) return answer();
    this.calls += 1;
    return new Promise(() => {});
  }
}
