import type { ActiveFaults } from "./active-faults.ts";

const WRITES = /^\s*(?:INSERT|UPDATE|DELETE)\b/i;

/**
 * Puts `faults` before an object's own SQL: writes are refused, forgotten, or the last thing that happens. An alarm is a
 * write too, and is refused with them.
 *
 * An event is one synchronous step: it writes, and then tells the players and answers. So from the armed write on every
 * message and answer is withheld, and once the write is durable the outside is told to kill.
 */
export function putFaultsBeforeSql(storage: DurableObjectStorage, faults: ActiveFaults): void {
  const { sql } = storage;
  const exec = sql.exec.bind(sql);
  const faultyExec = <Row extends Record<string, SqlStorageValue>>(query: string, ...bindings: SqlStorageValue[]) => {
    const isWrite = WRITES.test(query);
    const fault = isWrite ? faults.plan.storage : undefined;
    if (fault?.kind === "fail") throw new Error("SQLITE_FULL (injected)");
    if (fault?.kind === "lost" && query.includes(fault.statement)) return exec<Row>("SELECT 1 WHERE 0");
    const cursor = exec<Row>(query, ...bindings);
    if (isWrite && faults.reaches("before_notify", query)) void endWhenDurable(storage, faults);
    return cursor;
  };
  Object.defineProperty(sql, "exec", { value: faultyExec });
  const setAlarm = storage.setAlarm.bind(storage);
  const faultySetAlarm = async (...args: Parameters<DurableObjectStorage["setAlarm"]>): Promise<void> => {
    if (faults.plan.storage?.kind === "fail") throw new Error("SQLITE_FULL (injected)");
    await setAlarm(...args);
  };
  Object.defineProperty(storage, "setAlarm", { value: faultySetAlarm });
}

/** After the whole event, in whose middle this is called. */
async function endWhenDurable(storage: DurableObjectStorage, faults: ActiveFaults): Promise<never> {
  await Promise.resolve();
  await storage.sync();
  return faults.end();
}
