import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { hubStub } from "../../src/metrics/hub-stub.ts";
import { eventually, exportedMatch, playersInMatch, regionObject } from "./region-support.ts";

/** The page, once it has all of these lines. */
function pageWith(...lines: readonly string[]): Promise<string> {
  return eventually(async () => {
    const page = await hubStub(env).scrape();
    return lines.every((line) => page.includes(line)) ? page : null;
  });
}

it("a match shows on the metrics page: what made it, how even it was, how long each waited, whether it came true", async () => {
  const { matchId } = await playersInMatch("JPN");
  await regionObject("JPN").report(matchId, { placements: { teamA: 1, teamB: 1 } });
  await exportedMatch(matchId, "finished");
  const page = await pageWith('muster_matches_ended_total{region="JPN",mode="2v2",status="finished"} 1\n');
  expect(page).toContain('muster_matches_formed_total{region="JPN",mode="2v2",pass="exact"} 1\n');
  expect(page).toContain('muster_match_unevenness_ratio_count{mode="2v2"} 1\n');
  expect(page).toContain('muster_rating_band_wait_seconds_count{mode="2v2",band="middle"} 4\n');
  expect(page).toContain('muster_calibration_matches_total{mode="2v2",bin="0.5-0.6"} 1\n');
  expect(page).toContain('muster_calibration_wins_total{mode="2v2",bin="0.5-0.6"} 0.5\n');
  expect(page).toContain('muster_points_per_second{region="JPN",mode="2v2"} 0.5\n');
});
