import type { Env } from "../../src/env.ts";
import type { ActiveFaults } from "./active-faults.ts";

/** The bindings that production code gets, with `faults` between it and the platform. */
export function faultyBindings<Bindings extends Env>(env: Bindings, faults: ActiveFaults): Bindings {
  return {
    ...env,
    DB: faultyDatabase(env.DB, faults),
    RESULTS: faultyQueue(env.RESULTS, faults),
    REGION: faultyNamespace(env.REGION, faults),
  };
}

const WRITES = /^\s*(?:INSERT|UPDATE|DELETE|REPLACE)\b/i;
const EXECUTIONS: readonly PropertyKey[] = ["first", "run", "all", "raw"];

interface Prepared {
  readonly statement: D1PreparedStatement;
  readonly query: string;
}

/** A batch needs the platform's own statements; they are found by what production code holds. */
const preparedBy = new WeakMap<D1PreparedStatement, Prepared>();

function faultyDatabase(db: D1Database, faults: ActiveFaults): D1Database {
  return over(db, {
    prepare: (query: string) => faultyStatement({ statement: db.prepare(query), query }, faults),
    batch: (statements: D1PreparedStatement[]) => faultyBatch(db, statements, faults),
    withSession: (constraint?: string) => {
      const session = db.withSession(constraint);
      return over(session, {
        prepare: (query: string) => faultyStatement({ statement: session.prepare(query), query }, faults),
        batch: (statements: D1PreparedStatement[]) => faultyBatch(session, statements, faults),
      });
    },
  });
}

function faultyStatement(prepared: Prepared, faults: ActiveFaults): D1PreparedStatement {
  const { statement, query } = prepared;
  const proxy = new Proxy(statement, {
    get(target, name) {
      if (name === "bind") {
        return (...values: unknown[]) => faultyStatement({ statement: target.bind(...values), query }, faults);
      }
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      const call = (...args: unknown[]) => Reflect.apply(member, target, args);
      if (!EXECUTIONS.includes(name)) return call;
      return (...args: unknown[]) => faults.around(kindOf([query]), async () => call(...args));
    },
  });
  preparedBy.set(proxy, prepared);
  return proxy;
}

async function faultyBatch(
  db: Pick<D1Database, "batch">,
  statements: readonly D1PreparedStatement[],
  faults: ActiveFaults,
): Promise<D1Result[]> {
  const prepared = statements.map((statement) => preparedBy.get(statement) ?? { statement, query: "" });
  const queries = prepared.map(({ query }) => query);
  const results = await faults.around(kindOf(queries), () => db.batch(prepared.map(({ statement }) => statement)));
  const isRating = queries.some((query) => query.includes("INTO rating_changes"));
  if (isRating && faults.reaches("after_rating")) return faults.end();
  return results;
}

function kindOf(queries: readonly string[]): "reads" | "writes" {
  return queries.some((query) => WRITES.test(query)) ? "writes" : "reads";
}

function faultyQueue(queue: Queue, faults: ActiveFaults): Queue {
  const nothing: QueueSendBatchResponse = { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } };
  return over(queue, {
    sendBatch: (messages: Iterable<MessageSendRequest>, options?: QueueSendBatchOptions) => {
      const all = [...messages];
      return faults.endBefore("before_send", () =>
        faults.sending(faults.plan.results, nothing, () => queue.sendBatch(all, options)),
      );
    },
  });
}

function faultyNamespace(namespace: Env["REGION"], faults: ActiveFaults): Env["REGION"] {
  return over(namespace, {
    getByName: (name: string, options?: DurableObjectNamespaceGetDurableObjectOptions) => {
      const stub = namespace.getByName(name, options);
      type Arguments = typeof stub.rated extends (...args: infer Args) => unknown ? Args : never;
      return over(stub, {
        rated: (...args: Arguments) =>
          faults.endBefore("before_rated", () => faults.around("confirmations", async () => stub.rated(...args))),
        ratingFailed: (...args: Parameters<typeof stub.ratingFailed>) =>
          faults.around("confirmations", async () => stub.ratingFailed(...args)),
      });
    },
  });
}

/**
 * `target` with some methods in place of its own. The others are called on it as they are: the platform's methods refuse
 * to be called on anything else, and binding an object's RPC method would call one named `bind`.
 */
export function over<Target extends object>(target: Target, methods: Readonly<Record<string, unknown>>): Target {
  return new Proxy(target, {
    get(_, name) {
      if (typeof name === "string" && Object.hasOwn(methods, name)) return methods[name];
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      return (...args: unknown[]) => Reflect.apply(member, target, args);
    },
  });
}
