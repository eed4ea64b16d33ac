import type { Answer, Fault } from "./answer.ts";
import type { PlannedRequest } from "./planned-request.ts";

export interface FoundFault {
  readonly fault: Fault;
  /** Which of the run's requests. */
  readonly run: number;
  readonly request: PlannedRequest;
}

/** What a run of requests came to: answers by operation and status, and the first of each kind of fault. */
export class Tally {
  readonly statuses = new Map<string, Map<string, number>>();
  readonly #first = new Map<string, FoundFault>();
  answers = 0;
  faults = 0;

  count(request: PlannedRequest, run: number, answer: Answer | null, faults: readonly Fault[]): void {
    const name = request.operation?.name ?? `no operation (${request.method})`;
    const statuses = this.statuses.get(name) ?? new Map<string, number>();
    const status = String(answer?.status ?? "no answer");
    this.statuses.set(name, statuses.set(status, (statuses.get(status) ?? 0) + 1));
    if (answer !== null) this.answers += 1;
    this.faults += faults.length;
    for (const fault of faults) {
      const signature = signatureOf(request, answer, fault);
      if (!this.#first.has(signature)) this.#first.set(signature, { fault, run, request });
    }
  }

  get distinct(): readonly FoundFault[] {
    return [...this.#first.values()];
  }

  /** The table, a line for each operation. */
  lines(): string[] {
    return [...this.statuses.entries()]
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([name, statuses]) => {
        const counts = [...statuses.entries()].sort().map(([status, count]) => `${status}: ${count}`);
        return `  ${name.padEnd(52)} ${counts.join("  ")}`;
      });
  }
}

/** Faults that differ only in ids and numbers are one. */
export function signatureOf({ operation, method }: PlannedRequest, answer: Answer | null, { kind, detail }: Fault) {
  const where = detail.split(":")[0]?.replaceAll(/[0-9A-Z-]{20,}|[0-9a-f-]{36}|\d+/g, "#") ?? "";
  return `${operation?.name ?? method} ${answer?.status ?? "-"} ${kind} ${where}`;
}
