export type Loss = "hang" | "fail";

/** A database that takes calls and answers none: it hangs, or the connection breaks; until it is there again. */
export class LostDatabase {
  readonly db: D1Database;
  isLost = true;
  /** Calls that were made while it was lost. */
  calls = 0;
  readonly #loss: Loss;

  constructor(db: D1Database, loss: Loss = "hang") {
    this.#loss = loss;
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
    if (!this.isLost) return answer();
    this.calls += 1;
    if (this.#loss === "fail") return Promise.reject(new Error("D1_ERROR: Network connection lost."));
    return new Promise(() => {});
  }
}
