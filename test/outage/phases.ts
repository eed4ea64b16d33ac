import { percentile } from "../../simulation/statistics.ts";
import type { Probe } from "./prober.ts";
import type { TimedHistory } from "./timed-history.ts";

export type PhaseName = "before" | "outage" | "catching up" | "after";

/** Milliseconds of `performance.now()`. */
export interface Phase {
  readonly name: PhaseName;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface PhaseFigures {
  readonly name: PhaseName;
  readonly seconds: number;
  /** Told of for the first time in this phase. */
  readonly matches: number;
  readonly matchesPerSecond: number;
  readonly enqueues: number;
  readonly enqueueP95Ms: number | null;
  /** From the wish to queue until the player heard of the match. */
  readonly waitP95Ms: number | null;
  /** Refused or unanswered. Players whose profiles are warm should see none in any phase. */
  readonly failedEnqueues: number;
  /** Other answers that players should not get, by label. */
  readonly failures: Readonly<Record<string, number>>;
}

export interface ProbeFigures {
  readonly asked: string;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly slowestMs: number;
}

/** What players saw in one phase. */
export function figuresOf({ name, fromMs, toMs }: Phase, history: TimedHistory): PhaseFigures {
  const isInside = ({ atMs }: { readonly atMs: number }) => atMs >= fromMs && atMs < toMs;
  const seconds = (toMs - fromMs) / 1_000;
  const matches = history.matchesAtMs.filter((atMs) => isInside({ atMs })).length;
  const enqueues = history.enqueues.filter(isInside);
  const failures: Record<string, number> = {};
  for (const { label } of history.failedAt.filter(isInside)) failures[label] = (failures[label] ?? 0) + 1;
  return {
    name,
    seconds,
    matches,
    matchesPerSecond: matches / seconds,
    enqueues: enqueues.length,
    enqueueP95Ms: p95(enqueues),
    waitP95Ms: p95(history.waits.filter(isInside)),
    failedEnqueues: enqueues.filter(({ isInLine }) => !isInLine).length,
    failures,
  };
}

function p95(timed: readonly { readonly tookMs: number }[]): number | null {
  return percentile(
    timed.map(({ tookMs }) => tookMs),
    0.95,
  );
}

/** What was answered to questions that need D1, by question. */
export function probeFigures(probes: readonly Probe[]): ProbeFigures[] {
  return [...Map.groupBy(probes, ({ asked }) => asked)].map(([asked, answers]) => {
    const byStatus: Record<string, number> = {};
    for (const { status } of answers) byStatus[status] = (byStatus[status] ?? 0) + 1;
    return { asked, byStatus, slowestMs: Math.max(...answers.map(({ tookMs }) => tookMs)) };
  });
}

/** Over all phases of that name, each of which is a part of the same run. */
export function matchesPerSecond(
  phases: readonly Pick<PhaseFigures, "name" | "seconds" | "matches">[],
  names: readonly PhaseName[],
): number {
  const wanted = phases.filter(({ name }) => names.includes(name));
  const seconds = wanted.reduce((sum, phase) => sum + phase.seconds, 0);
  return wanted.reduce((sum, phase) => sum + phase.matches, 0) / seconds;
}

export function isDuring(phases: readonly Phase[], name: PhaseName, atMs: number): boolean {
  return phases.some((phase) => phase.name === name && atMs >= phase.fromMs && atMs < phase.toMs);
}
