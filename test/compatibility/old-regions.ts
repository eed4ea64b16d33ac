import { env } from "cloudflare:workers";
import type { Env } from "../../src/env.ts";
import { differences } from "./as-recorded.ts";
import { ageOf, movedBy } from "./last-release.ts";
import type { RecordedCall, RecordedExchange } from "./record/recording.ts";

/** Answers a Worker as the last release's regions did, and refuses to be asked for what they did not know. */
export class OldRegions {
  readonly #expected: RecordedCall[];
  readonly namespace: Env["REGION"];

  constructor({ calls }: Pick<RecordedExchange, "calls">) {
    this.#expected = [...movedBy(calls, ageOf())];
    const getByName = (region: string) =>
      new Proxy(
        {},
        {
          get:
            (_, method) =>
            async (...args: unknown[]) =>
              this.#answer(region, String(method), args),
        },
      );
    this.namespace = new Proxy(env.REGION, {
      get: (target, key) => (key === "getByName" ? getByName : Reflect.get(target, key)),
    });
  }

  /** What the last release's Worker asked and this one did not. */
  get unasked(): string[] {
    return this.#expected.map(({ method }) => method);
  }

  #answer(region: string, method: string, args: readonly unknown[]): unknown {
    const index = this.#expected.findIndex((call) => call.region === region && call.method === method);
    const call = this.#expected[index];
    if (call === undefined) throw new Error(`the last release asked no ${method} of ${region} here`);
    this.#expected.splice(index, 1);
    const missing = differences(call.args, args);
    if (missing.length > 0) throw new Error(`a region of the last release is asked otherwise: ${missing.join("; ")}`);
    return call.answer;
  }
}
