import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { expectProblem, fetchWith, KEY, register } from "./http-support.ts";

/** What a region of the release to come may say, while a deploy is under way: a reason that nobody knows here yet. */
const NEWER_REGIONS = new Proxy(env.REGION, {
  get: (target, key) => (key === "getByName" ? () => ({ enqueue: refuseAnew }) : Reflect.get(target, key)),
});

async function refuseAnew(): Promise<unknown> {
  return { ok: false, refusal: { reason: "out_of_season" } };
}

test("while a deploy is under way, a refusal that is not known here yet is 503, with a time to come back", async () => {
  const { player_id } = await register();
  const init = {
    method: "POST",
    headers: { ...KEY, "content-type": "application/json" },
    body: JSON.stringify({ player_id }),
  };
  const answer = await fetchWith({ REGION: NEWER_REGIONS }, "/matchmaking/queue", init);
  expectProblem(answer, 503, "region_unavailable");
  expect(answer.headers.get("retry-after")).toBe("2");
});
