import type { Env } from "../../../src/env.ts";
import type { Recorder } from "./recorder.ts";

/** The bindings that the service gets, with `recorder` listening between it and the platform. */
export function recordingBindings<Bindings extends Env>(env: Bindings, recorder: Recorder): Bindings {
  return {
    ...env,
    DB: recordingDatabase(env.DB, recorder),
    RESULTS: recordingQueue(env.RESULTS, recorder),
    REGION: recordingNamespace(env.REGION, recorder),
  };
}

function recordingDatabase(db: D1Database, recorder: Recorder): D1Database {
  const prepareOn = (target: Pick<D1Database, "prepare">) => (sql: string) =>
    recordingStatement(target.prepare(sql), sql, recorder);
  return over(db, {
    prepare: prepareOn(db),
    withSession: (constraint?: string) => {
      const session = db.withSession(constraint);
      return over(session, { prepare: prepareOn(session) });
    },
  });
}

/** It stays the platform's own object, because a batch takes no other. */
function recordingStatement(statement: D1PreparedStatement, sql: string, recorder: Recorder): D1PreparedStatement {
  const bind = statement.bind.bind(statement);
  recorder.ran("d1", sql, []);
  const recordingBind = (...bindings: unknown[]) => {
    recorder.bound(sql, bindings);
    return bind(...bindings);
  };
  Object.defineProperty(statement, "bind", { value: recordingBind });
  return statement;
}

function recordingQueue(queue: Queue, recorder: Recorder): Queue {
  return over(queue, {
    sendBatch: (messages: Iterable<MessageSendRequest>, options?: QueueSendBatchOptions) => {
      const all = [...messages];
      for (const { body } of all) recorder.sent(body);
      return queue.sendBatch(all, options);
    },
  });
}

function recordingNamespace(namespace: Env["REGION"], recorder: Recorder): Env["REGION"] {
  return over(namespace, {
    getByName: (region: string, options?: DurableObjectNamespaceGetDurableObjectOptions) => {
      const stub = namespace.getByName(region, options);
      return new Proxy(stub, {
        get(target, name) {
          const member: unknown = Reflect.get(target, name);
          if (typeof member !== "function" || typeof name !== "string" || name === "fetch")
            return typeof member === "function" ? member.bind(target) : member;
          return async (...args: unknown[]) => {
            const answer: unknown = await Reflect.apply(member, target, args);
            recorder.called({ region, method: name, args, answer: answer ?? null });
            return answer;
          };
        },
      });
    },
  });
}

/** `target` with some methods in place of its own. */
function over<Target extends object>(target: Target, methods: Readonly<Record<string, unknown>>): Target {
  return new Proxy(target, {
    get(_, name) {
      if (typeof name === "string" && Object.hasOwn(methods, name)) return methods[name];
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      return (...args: unknown[]) => Reflect.apply(member, target, args);
    },
  });
}
