/**
 * The database as its nearest replica sees it: quicker than the primary, and a moment behind it. For reads that may be
 * a little old, such as leaderboards; each call is a session of its own.
 */
export function nearestReplica(db: D1Database): D1Database {
  const session = db.withSession("first-unconstrained");
  return {
    prepare: (query) => session.prepare(query),
    batch: (statements) => session.batch(statements),
    exec: (query) => db.exec(query),
    withSession: (constraint) => db.withSession(constraint),
    dump: () => db.dump(),
  };
}
