import { beforeAll, describe, expect, it } from "vitest";
import { fetchWith, KEY, post } from "../integration/http-support.ts";
import { differences } from "./as-recorded.ts";
import { ageOf, LAST_RELEASE } from "./last-release.ts";
import { OldRegions } from "./old-regions.ts";
import type { RecordedExchange } from "./record/recording.ts";
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

async function initOf({ request }: RecordedExchange): Promise<RequestInit> {
  const { method, body, as } = request;
  const headers = { ...(as === "system" ? KEY : await tokenOf(as)), "content-type": "application/json" };
  return { method, headers, ...(body !== null && { body: JSON.stringify(body) }) };
}

async function tokenOf(playerId: string): Promise<{ authorization: string }> {
  const { body } = await post<{ access_token: string }>(`/players/player/${playerId}/token`, {}, KEY);
  return { authorization: `Bearer ${body.access_token}` };
}
