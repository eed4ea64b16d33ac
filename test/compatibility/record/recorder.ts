import type { RecordedCall, RecordedStatement, Recording } from "./recording.ts";

/** Collects what passes between the parts. What looks alike is kept once: the shapes matter, not the numbers. */
export class Recorder {
  readonly #calls: RecordedCall[] = [];
  readonly #messages = new Map<string, unknown>();
  readonly #pushes = new Map<string, unknown>();
  readonly #upgrades = new Map<string, Readonly<Record<string, string>>>();
  readonly #fromClients = new Map<string, string>();
  readonly #fromRegion = new Map<string, string>();
  readonly #statements = { region: new Map<string, RecordedStatement>(), d1: new Map<string, RecordedStatement>() };

  called(call: RecordedCall): void {
    this.#calls.push(structuredClone(call));
  }

  sent(message: unknown): void {
    keepFirst(this.#messages, shapeOf(message), message);
  }

  /** Of the metrics that sources push, each one once. */
  pushed(delta: unknown): void {
    if (!Array.isArray(delta)) throw new Error("a push is a list of metrics");
    for (const metric of delta) keepFirst(this.#pushes, String(Reflect.get(metric, "name")), metric);
  }

  upgraded(headers: Readonly<Record<string, string>>): void {
    keepFirst(this.#upgrades, Object.keys(headers).join(), headers);
  }

  heard(frame: string): void {
    keepFirst(this.#fromClients, shapeOf(JSON.parse(frame)), frame);
  }

  told(frame: string): void {
    keepFirst(this.#fromRegion, shapeOf(JSON.parse(frame)), frame);
  }

  /** A statement was run, or prepared. */
  ran(where: "region" | "d1", sql: string, bindings: readonly unknown[]): void {
    keepFirst(this.#statements[where], sql, { sql, bindings });
  }

  /** Something was bound to a prepared one. */
  bound(sql: string, bindings: readonly unknown[]): void {
    if (this.#statements.d1.get(sql)?.bindings.length === 0) this.#statements.d1.set(sql, { sql, bindings });
  }

  get recording(): Recording {
    return {
      calls: this.#calls,
      messages: [...this.#messages.values()],
      pushes: [...this.#pushes.values()],
      upgrades: [...this.#upgrades.values()],
      frames: { fromClients: [...this.#fromClients.values()], fromRegion: [...this.#fromRegion.values()] },
      statements: {
        region: [...this.#statements.region.values()],
        d1: [...this.#statements.d1.values()],
      },
    };
  }
}

function keepFirst<Kept>(kept: Map<string, Kept>, key: string, value: Kept): void {
  if (!kept.has(key)) kept.set(key, structuredClone(value));
}

/** Which members there are, of which types; and the words that tell kinds apart. */
function shapeOf(value: unknown, name = ""): string {
  if (Array.isArray(value)) return `[${[...new Set(value.map((one) => shapeOf(one)))].sort().join("|")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([key, member]) => `${key}:${shapeOf(member, key)}`);
    return `{${members.sort().join(",")}}`;
  }
  return ["type", "reason", "status", "event"].includes(name) ? JSON.stringify(value) : typeof value;
}
