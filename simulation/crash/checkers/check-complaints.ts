import { isLostRace } from "../../../src/db/rate-result.ts";
import type { Service } from "../faults.ts";
import { isInjected } from "../injected-failure.ts";
import type { Violations } from "./violations.ts";

/** What the production code says when it has waited long enough, and for whom. */
const SILENCES: readonly (readonly [RegExp, Service])[] = [
  [/^D1 (did not answer within \d+ ms|does not answer; it is asked again soon)$/, "d1"],
  [/^The queue match-results did not answer within \d+ ms$/, "queue"],
  [/^The object did not answer within \d+ ms$/, "rpc"],
  [/^The MetricsHub did not answer within \d+ ms$/, "hub"],
];

export interface ComplaintsSettings {
  readonly violations: Violations;
  /** Whether a service was made not to answer lately. */
  readonly mayBeSilent: (service: Service) => boolean;
  readonly counted: (what: string) => void;
}

/**
 * What the production code logs as an error must come from a fault that was injected: either it is that fault, or it says
 * of a service that it does not answer while that is so. Anything else is an error of its own, above all what a region's
 * own ledger finds.
 */
export class ComplaintsChecker {
  readonly #settings: ComplaintsSettings;

  constructor(settings: ComplaintsSettings) {
    this.#settings = settings;
  }

  /** @param isDead it comes from a process that is gone, whose storage and services answer nothing sensible any more */
  complained(event: string, error: unknown, isDead: boolean): void {
    const { violations, counted } = this.#settings;
    counted(`logged ${event}`);
    if (event === "invariant_violated") {
      violations.expect(isDead, "ledger", () => String(error));
      return;
    }
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    violations.expect(isDead || this.#isExcused(error), "no errors", () => `${event}: ${detail}`);
  }

  #isExcused(error: unknown): boolean {
    if (isInjected(error)) return true;
    if (!(error instanceof Error)) return false;
    // Lost again and again for longer than a consumer tries, which it takes a slow database for.
    if (isLostRace(error)) return this.#settings.mayBeSilent("d1");
    return SILENCES.some(([text, service]) => text.test(error.message) && this.#settings.mayBeSilent(service));
  }
}
