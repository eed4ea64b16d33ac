/** One call of a region, as the Worker or the consumer made it, and what it was answered. */
export interface RecordedCall {
  readonly region: string;
  readonly method: string;
  readonly args: readonly unknown[];
  readonly answer: unknown;
}

/** A statement that was run, with what was bound to it the first time. */
export interface RecordedStatement {
  readonly sql: string;
  readonly bindings: readonly unknown[];
}

/** The rows of a SQLite database, and the statements that make its tables. */
export interface RecordedTables {
  readonly create: readonly string[];
  readonly rows: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
}

/** What a socket carries through the object's sleep, and what its upgrade told the region. */
export interface RecordedSocket {
  readonly tags: readonly string[];
  readonly attachment: unknown;
}

/** What was seen between the parts while the service was played with. */
export interface Recording {
  readonly calls: readonly RecordedCall[];
  readonly messages: readonly unknown[];
  readonly pushes: readonly unknown[];
  readonly upgrades: readonly Readonly<Record<string, string>>[];
  readonly frames: { readonly fromClients: readonly string[]; readonly fromRegion: readonly string[] };
  readonly statements: { readonly region: readonly RecordedStatement[]; readonly d1: readonly RecordedStatement[] };
}

/** An HTTP call after the tables were written down, and what the region was asked for its sake. */
export interface RecordedExchange {
  readonly request: { readonly method: string; readonly path: string; readonly body: unknown; readonly as: string };
  readonly response: { readonly status: number; readonly body: unknown };
  readonly calls: readonly RecordedCall[];
}

/** Paths that only the recording Worker serves. */
export const RECORDING_PATH = "/__recording";
export const TABLES_PATH = "/__tables";
export const HOLD_PATH = "/__hold-results";
