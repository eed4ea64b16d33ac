import { describe, expect, it } from "vitest";
import { CircuitBreaker } from "../../../src/db/circuit-breaker.ts";

const LIMIT_MS = 3_000;

/** Calls that are all made at once and all run out of time. @returns how many were admitted */
function hang(breaker: CircuitBreaker, calls: number, nowMs: number): number {
  const admitted = Array.from({ length: calls }, () => breaker.admits(nowMs, LIMIT_MS)).filter(Boolean).length;
  for (let call = 0; call < admitted; call += 1) breaker.timedOut(nowMs, nowMs + LIMIT_MS);
  return admitted;
}

describe("a circuit breaker", () => {
  it("lets everything pass while calls are answered, also by a refusal", () => {
    const breaker = new CircuitBreaker();
    for (let nowMs = 0; nowMs < 10; nowMs += 1) {
      expect(breaker.admits(nowMs, LIMIT_MS)).toBe(true);
      breaker.answered(nowMs);
    }
  });

  it("lets nothing pass for a second after calls ran out of time, however many did at once", () => {
    const breaker = new CircuitBreaker();
    expect(hang(breaker, 100, 0)).toBe(100);
    expect(breaker.admits(LIMIT_MS, LIMIT_MS)).toBe(false);
    expect(breaker.admits(LIMIT_MS + 999, LIMIT_MS)).toBe(false);
    expect(breaker.admits(LIMIT_MS + 1_000, LIMIT_MS)).toBe(true);
  });

  it("sends one probe after each pause, and makes the pauses longer, up to ten seconds", () => {
    const breaker = new CircuitBreaker();
    const pausesMs: number[] = [];
    let nowMs = 0;
    for (let probe = 0; probe < 7; probe += 1) {
      expect(hang(breaker, 5, nowMs)).toBe(probe === 0 ? 5 : 1);
      nowMs += LIMIT_MS;
      let pauseMs = 0;
      while (!breaker.admits(nowMs + pauseMs, LIMIT_MS)) pauseMs += 100;
      pausesMs.push(pauseMs);
      nowMs += pauseMs;
      breaker.timedOut(nowMs, nowMs + LIMIT_MS);
      nowMs += LIMIT_MS + 10_000;
    }
    expect(pausesMs.slice(0, 2)).toEqual([1_000, 4_000]);
    expect(Math.max(...pausesMs)).toBe(10_000);
  });

  it("sends another probe when the last one's request was cancelled and nobody says what came of it", () => {
    const breaker = new CircuitBreaker();
    hang(breaker, 1, 0);
    const probeMs = LIMIT_MS + 1_000;
    expect(breaker.admits(probeMs, LIMIT_MS)).toBe(true);
    expect(breaker.admits(probeMs + LIMIT_MS - 1, LIMIT_MS)).toBe(false);
    expect(breaker.admits(probeMs + LIMIT_MS, LIMIT_MS)).toBe(true);
  });

  it("opens wide with the first answer", () => {
    const breaker = new CircuitBreaker();
    hang(breaker, 3, 0);
    expect(hang(breaker, 1, 4_000)).toBe(1);
    breaker.answered(7_500);
    for (let call = 0; call < 3; call += 1) expect(breaker.admits(7_501, LIMIT_MS)).toBe(true);
  });

  it("pauses nothing for one slow statement while others are answered", () => {
    const breaker = new CircuitBreaker();
    breaker.admits(0, LIMIT_MS);
    breaker.answered(1_500);
    breaker.timedOut(0, LIMIT_MS);
    expect(breaker.admits(LIMIT_MS, LIMIT_MS)).toBe(true);
  });

  it("takes no news from a call that was under way when it paused", () => {
    const breaker = new CircuitBreaker();
    hang(breaker, 1, 0);
    breaker.timedOut(2_500, 5_500);
    expect(breaker.admits(5_500, LIMIT_MS)).toBe(true);
  });
});
