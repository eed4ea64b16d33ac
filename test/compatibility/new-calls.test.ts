import { beforeAll, expect, test } from "vitest";
import { expectProblem, fetchWith, KEY } from "../integration/http-support.ts";
import { ageOf, LAST_RELEASE } from "./last-release.ts";
import { OldRegions } from "./old-regions.ts";
import type { RecordedExchange } from "./record/recording.ts";
import { restoreDatabase } from "./restore.ts";

beforeAll(() => restoreDatabase(ageOf()));

test.each([
  ["POST", `/players/player/${LAST_RELEASE.scene.alone.id}/revoke`],
  ["POST", "/matchmaking/matches/rating-failed/redrive?region=NA"],
])(
  "a call that only this release's regions know is 503 until they run, and can be made again: %s %s",
  async (method, path) => {
    const { namespace } = new OldRegions(NOTHING_ASKED);
    const init = { method, headers: { ...KEY, "content-type": "application/json" }, body: "{}" };
    const answer = await fetchWith({ REGION: namespace }, path, init);
    expectProblem(answer, 503, "region_unavailable");
    expect(answer.headers.get("retry-after")).toBe("2");
  },
);

const NOTHING_ASKED: Pick<RecordedExchange, "calls"> = { calls: [] };
