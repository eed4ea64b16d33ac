import { describe, expect, it } from "vitest";
import type { Match } from "../../../src/core/match.ts";
import { collectDelta } from "../../../src/metrics/collect-delta.ts";
import { Metrics } from "../../../src/metrics/metrics.ts";
import { QualityObserver } from "../../../src/region/quality-observer.ts";
import { aMatch, aSeat, aTeam } from "../builders/a-match.ts";
import { aModeDefinition, aModeTable } from "../builders/a-mode.ts";
import { aPlayer } from "../builders/a-player.ts";
import { aSolo, aTicket } from "../builders/a-ticket.ts";
import { samplesOf } from "../metrics/builders.ts";

const modes = aModeTable(aModeDefinition(), aModeDefinition({ name: "trio", teams: 3, teamSize: 1 }));

/** What is counted when the observer sees something. */
async function counted(see: (observer: QualityObserver) => void): Promise<Record<string, number>> {
  const metrics = new Metrics();
  see(new QualityObserver("EUW", modes, metrics));
  return samplesOf(await collectDelta(metrics));
}

function reported(muA: number, muB: number, placements: Record<string, number>): Match {
  const seat = (playerId: string, mu: number) => aSeat(playerId, { mu, sigma: 1 });
  return aMatch({
    status: "reporting",
    teams: [aTeam("teamA", seat("ann", muA), seat("bob", muA)), aTeam("teamB", seat("cay", muB), seat("dan", muB))],
    result: { placements, reportedAtMs: 0 },
  });
}

describe("a matched ticket", () => {
  it("counts the wait of each of its players, by the band of each", async () => {
    const party = aTicket({ players: [aPlayer("ann", 5), aPlayer("bob", 25)], enqueuedAtMs: 1_000 });
    const samples = await counted((observer) => observer.ticketMatched(party, undefined, 9_000));
    expect(samples).toMatchObject({
      'muster_ticket_wait_seconds_count{mode="2v2",region="EUW"}': 2,
      'muster_ticket_wait_seconds_sum{mode="2v2",region="EUW"}': 16,
      'muster_rating_band_wait_seconds_sum{band="lowest",mode="2v2"}': 8,
      'muster_rating_band_wait_seconds_sum{band="middle",mode="2v2"}': 8,
    });
  });

  it("counts how its estimate fared, once for the ticket", async () => {
    const samples = await counted((observer) => observer.ticketMatched(aSolo("ann", 25), "above", 9_000));
    expect(samples).toMatchObject({
      'muster_wait_estimates_total{mode="2v2",outcome="above",region="EUW"}': 1,
    });
  });

  it("counts no estimate if it was told of none", async () => {
    const samples = await counted((observer) => observer.ticketMatched(aSolo("ann", 25), undefined, 9_000));
    expect(Object.keys(samples).filter((name) => name.includes("estimates"))).toEqual([]);
  });
});

describe("a formed match", () => {
  it("counts by the pass that made it", async () => {
    const samples = await counted((observer) => observer.matchFormed(aMatch(), "leftover"));
    expect(samples).toMatchObject({
      'muster_matches_formed_total{mode="2v2",pass="leftover",region="EUW"}': 1,
    });
  });

  it("counts its spread and how uneven it is", async () => {
    const match = { ...reported(30, 20, {}), result: null };
    const samples = await counted((observer) => observer.matchFormed(match, "exact"));
    expect(samples['muster_match_spread_points_sum{mode="2v2"}']).toBe(10);
    // Φ(20 / √(4·(25/6)² + 4)) − ½
    expect(samples['muster_match_unevenness_ratio_sum{mode="2v2"}']).toBeCloseTo(0.4902, 4);
  });

  it("of a mode that was removed meanwhile still counts", async () => {
    const samples = await counted((observer) => observer.matchFormed(aMatch({ mode: "gone" }), "exact"));
    expect(samples).toMatchObject({ 'muster_matches_formed_total{mode="gone",pass="exact",region="EUW"}': 1 });
  });
});

describe("a reported match", () => {
  it.each([
    { what: "a win of the first team", placements: { teamA: 1, teamB: 2 }, wins: 1 },
    { what: "a win of the second team", placements: { teamA: 2, teamB: 1 }, wins: 0 },
    { what: "a draw", placements: { teamA: 1, teamB: 1 }, wins: 0.5 },
  ])("holds its prediction against $what", async ({ placements, wins }) => {
    const samples = await counted((observer) => observer.matchReported(reported(26, 25, placements)));
    const labels = '{bin="0.5-0.6",mode="2v2"}';
    expect(samples[`muster_calibration_matches_total${labels}`]).toBe(1);
    expect(samples[`muster_calibration_wins_total${labels}`]).toBe(wins);
    // Φ(2 / √(4·(25/6)² + 4))
    expect(samples[`muster_calibration_predicted_wins_total${labels}`]).toBeCloseTo(0.5923, 4);
  });

  it.each([
    { muA: 0, muB: 200, bin: "0.0-0.1" },
    { muA: 25, muB: 26, bin: "0.4-0.5" },
    { muA: 25, muB: 25, bin: "0.5-0.6" },
    { muA: 200, muB: 0, bin: "0.9-1.0" },
  ])("with $muA against $muB points is in the bin $bin", async ({ muA, muB, bin }) => {
    const samples = await counted((observer) => observer.matchReported(reported(muA, muB, { teamA: 1, teamB: 2 })));
    expect(samples[`muster_calibration_matches_total{bin="${bin}",mode="2v2"}`]).toBe(1);
  });

  it("of more than two teams is counted and calibrates nothing", async () => {
    const match = aMatch({
      mode: "trio",
      teams: [aTeam("teamA", "ann"), aTeam("teamB", "bob"), aTeam("teamC", "cay")],
      result: { placements: { teamA: 1, teamB: 2, teamC: 3 }, reportedAtMs: 0 },
    });
    expect(await counted((observer) => observer.matchReported(match))).toEqual({
      'muster_results_reported_total{mode="trio",region="EUW"}': 1,
    });
  });
});
