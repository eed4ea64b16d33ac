import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it, test } from "vitest";
import type { Env } from "../../src/env.ts";
import { expectProblem, fetchWith, KEY, post } from "../integration/http-support.ts";
import { differences } from "./as-recorded.ts";
import { ageOf, LAST_RELEASE, movedBy } from "./last-release.ts";
import type { RecordedCall, RecordedExchange } from "./record/recording.ts";
import { restoreDatabase } from "./restore.ts";

describe("a Worker with regions of the last release", () => {
  beforeAll(() => restoreDatabase(ageOf()));

  it.each(LAST_RELEASE.exchanges.map((exchange, index) => ({ ...exchange, index })))(
    "$index answers $request.method $request.path as before",
    async (exchange) => {
      const regions = new OldRegions(exchange);
      const answer = await fetchWith({ REGION: regions.namespace }, exchange.request.path, await initOf(exchange));
      expect({ status: answer.status, body: answer.body }).toMatchObject({ status: exchange.response.status });
      expect(differences(exchange.response.body, answer.body)).toEqual([]);
      expect(regions.unasked).toEqual([]);
    },
  );
});

test.each([
  ["POST", `/players/player/${LAST_RELEASE.scene.alone.id}/revoke`],
  ["POST", "/matchmaking/matches/rating-failed/redrive?region=NA"],
])(
  "a call that only this release's regions know is 503 until they run, and can be made again: %s %s",
  async (method, path) => {
    await restoreDatabase(ageOf());
    const { namespace } = new OldRegions(NOTHING_ASKED);
    const init = { method, headers: { ...KEY, "content-type": "application/json" }, body: "{}" };
    const answer = await fetchWith({ REGION: namespace }, path, init);
    expectProblem(answer, 503, "region_unavailable");
    expect(answer.headers.get("retry-after")).toBe("2");
  },
);

const NOTHING_ASKED: Pick<RecordedExchange, "calls"> = { calls: [] };

/** Answers a Worker as the last release's regions did, and refuses to be asked for what they did not know. */
class OldRegions {
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

async function initOf({ request }: RecordedExchange): Promise<RequestInit> {
  const { method, body, as } = request;
  const headers = { ...(as === "system" ? KEY : await tokenOf(as)), "content-type": "application/json" };
  return { method, headers, ...(body !== null && { body: JSON.stringify(body) }) };
}

async function tokenOf(playerId: string): Promise<{ authorization: string }> {
  const { body } = await post<{ access_token: string }>(`/players/player/${playerId}/token`, {}, KEY);
  return { authorization: `Bearer ${body.access_token}` };
}
