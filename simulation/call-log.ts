import { percentile } from "./statistics.ts";

export interface LatencySummary {
  readonly count: number;
  readonly p50_ms: number;
  readonly p95_ms: number;
  readonly p99_ms: number;
}

/** How long each kind of call took, and what went wrong. */
export class CallLog {
  readonly #latenciesMs = new Map<string, number[]>();
  readonly #errors = new Map<string, number>();
  #unexpected = 0;

  answered(kind: string, latencyMs: number): void {
    const latencies = this.#latenciesMs.get(kind);
    if (latencies === undefined) this.#latenciesMs.set(kind, [latencyMs]);
    else latencies.push(latencyMs);
  }

  /** @param isUnexpected a fault of the service; a documented "slow down" is none */
  failed(kind: string, reason: string, isUnexpected: boolean): void {
    const label = `${kind}: ${reason}`;
    this.#errors.set(label, (this.#errors.get(label) ?? 0) + 1);
    if (isUnexpected) this.#unexpected += 1;
  }

  /** Errors that make the run a failure. */
  get unexpectedErrors(): number {
    return this.#unexpected;
  }

  get errors(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#errors);
  }

  get requests(): number {
    let count = 0;
    for (const latencies of this.#latenciesMs.values()) count += latencies.length;
    return count;
  }

  latencies(): Readonly<Record<string, LatencySummary>> {
    const entries = [...this.#latenciesMs].map(([kind, values]) => [kind, summarize(values)] as const);
    return Object.fromEntries(entries);
  }
}

function summarize(values: readonly number[]): LatencySummary {
  return {
    count: values.length,
    p50_ms: percentile(values, 0.5) ?? 0,
    p95_ms: percentile(values, 0.95) ?? 0,
    p99_ms: percentile(values, 0.99) ?? 0,
  };
}
