import { expect, it } from "vitest";
import { haveMapInCommon } from "../../../simulation/lab/map-choice.ts";
import { PARTY_MIXES } from "../../../simulation/lab/party-mix.ts";
import { createTrace, referenceDurationS } from "../../../simulation/lab/trace.ts";
import { mean } from "../../../simulation/statistics.ts";
import { aShape, someTraceSettings } from "./builders/a-line.ts";

const P5 = PARTY_MIXES.get("p5") ?? [];

function deviationOf(values: readonly number[]): number {
  const middle = mean(values) ?? 0;
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)) ?? 0);
}

const long = createTrace(someTraceSettings({ durationS: 36_000 }), 1);
const players = long.arrivals.flatMap(({ ticket }) => ticket.players);

it("is the same for the same seed and another for another", () => {
  expect(createTrace(someTraceSettings(), 7)).toEqual(createTrace(someTraceSettings(), 7));
  expect(createTrace(someTraceSettings(), 7).arrivals).not.toEqual(createTrace(someTraceSettings(), 8).arrivals);
});

it("brings N/900 players a second", () => {
  expect(players.length / 36_000 / (1_000 / 900)).toBeCloseTo(1, 1);
});

it("brings them independently of each other: gaps are exponential", () => {
  const times = long.arrivals.map(({ ticket }) => ticket.enqueuedAtMs);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  // An exponential distribution's deviation is its mean, and 63.2 % of it lies below.
  const meanGap = mean(gaps) ?? 0;
  expect(deviationOf(gaps) / meanGap).toBeCloseTo(1, 1);
  expect(gaps.filter((gap) => gap < meanGap).length / gaps.length).toBeCloseTo(0.632, 1);
});

it("orders tickets by arrival, and their ids too", () => {
  const tickets = long.arrivals.map(({ ticket }) => ticket);
  const byTime = tickets.toSorted((a, b) => a.enqueuedAtMs - b.enqueuedAtMs);
  expect(tickets).toEqual(byTime);
  expect(tickets.map(({ ticketId }) => ticketId)).toEqual(tickets.map(({ ticketId }) => ticketId).sort());
});

it("has one new, two settling and seven settled players of ten", () => {
  const share = (least: number, most: number) =>
    players.filter(({ sigma }) => sigma >= least && sigma < most).length / players.length;
  expect(share(5.5, 8)).toBeCloseTo(0.1, 1);
  expect(share(2, 5)).toBeCloseTo(0.2, 1);
  expect(share(0.9, 1.8)).toBeCloseTo(0.7, 1);
  expect(share(0.9, 1.8) + share(2, 5) + share(5.5, 8)).toBe(1);
});

it("draws skills from N(25, (25/3)²), whatever the rating knows of them", () => {
  const skills = [...long.latentSkills.values()];
  expect(Math.abs((mean(skills) ?? 0) - 25)).toBeLessThan(0.2);
  expect(Math.abs(deviationOf(skills) - 25 / 3)).toBeLessThan(0.2);
});

it("draws a skill around its rating as far as the rating's sigma says", () => {
  const errors = players.map(({ playerId, mu, sigma }) => ((long.latentSkills.get(playerId) ?? 0) - mu) / sigma);
  expect(Math.abs(mean(errors) ?? 1)).toBeLessThan(0.03);
  expect(deviationOf(errors)).toBeCloseTo(1, 1);
});

it("lets members of a party resemble each other", () => {
  const trace = createTrace(someTraceSettings({ shape: aShape("5v5"), durationS: 36_000, partyMix: P5 }), 1);
  const differences = trace.arrivals.flatMap(({ ticket }) => {
    const [first, ...others] = ticket.players;
    return others.map(({ mu }) => mu - (first?.mu ?? 0));
  });
  expect(Math.abs(deviationOf(differences) - 3)).toBeLessThan(0.1);
});

it("has parties by the mix, and as many players as without", () => {
  const trace = createTrace(someTraceSettings({ shape: aShape("5v5"), durationS: 36_000, partyMix: P5 }), 1);
  const sizes = trace.arrivals.map(({ ticket }) => ticket.players.length);
  const shares = [1, 2, 3, 4, 5].map((size) => sizes.filter((one) => one === size).length / sizes.length);
  P5.forEach((share, index) => {
    expect(Math.abs((shares[index] ?? 0) - share)).toBeLessThan(0.02);
  });
  const came = sizes.reduce((sum, size) => sum + size, 0);
  expect(came / 36_000 / (1_000 / 900)).toBeCloseTo(1, 1);
});

it("has no party that a team cannot hold", () => {
  const trace = createTrace(someTraceSettings({ partyMix: P5 }), 1);
  expect(Math.max(...trace.arrivals.map(({ ticket }) => ticket.players.length))).toBe(2);
});

it("swings over the day and has four bursts of a tenth of the players in half a minute", () => {
  const durationS = 36_000;
  const trace = createTrace(someTraceSettings({ durationS, curve: "burst" }), 1);
  const between = (fromS: number, toS: number) =>
    trace.arrivals.filter(({ ticket: { enqueuedAtMs: at } }) => at >= fromS * 1000 && at < toS * 1000).length;
  for (const burst of [1, 2, 3, 4]) {
    expect(between((durationS * burst) / 5, (durationS * burst) / 5 + 30)).toBeGreaterThan(100);
  }
  // The day's first half is above its mean by 2/π of the swing, the second below by as much.
  const [first, second] = [between(0, durationS / 2) - 200, between(durationS / 2, durationS) - 200];
  expect(first / second).toBeCloseTo((1 + 1.2 / Math.PI) / (1 - 1.2 / Math.PI), 0);
});

it("lets people give up after their patience, and nobody who has none to lose", () => {
  const trace = createTrace(someTraceSettings({ durationS: 36_000, patienceS: 60 }), 1);
  const patience = trace.arrivals.map(({ ticket, leavesAtMs }) => (leavesAtMs - ticket.enqueuedAtMs) / 1000);
  expect(Math.abs((mean(patience) ?? 0) - 60)).toBeLessThan(2);
  expect(long.arrivals.every(({ leavesAtMs }) => leavesAtMs === Number.POSITIVE_INFINITY)).toBe(true);
});

it("lets a share of the tickets insist on maps, two of five each", () => {
  const trace = createTrace(someTraceSettings({ choosyShare: 0.5 }), 1);
  const choosy = trace.arrivals.map(({ ticket }) => ticket).filter(({ constraints }) => constraints.attributes);
  expect(choosy.length / trace.arrivals.length).toBeCloseTo(0.5, 1);
  // Two random pairs of five share a map with a chance of 7 in 10.
  const meetings = choosy.slice(1).map((ticket, index) => haveMapInCommon([ticket, ...choosy.slice(index, index + 1)]));
  expect(meetings.filter((meet) => meet).length / meetings.length).toBeCloseTo(0.7, 1);
});

it("lasts long enough for ten thousands of players, never half a day for a crowd", () => {
  expect([100, 1_000, 10_000, 100_000].map(referenceDurationS)).toEqual([43_200, 7_200, 1_800, 600]);
});
