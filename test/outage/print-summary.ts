import { matchesPerSecond } from "./phases.ts";
import type { OutageTestSummary } from "./run-outage-test.ts";

/** A long list says the same as its first lines and its length. */
const SHOWN = 30;
/** Of the rate before the outage. */
const LEAST_SHARE = 0.95;

/** The summary as text for a terminal. */
export function printSummary(summary: OutageTestSummary): string {
  const { kind, phases, probes, acknowledged, faults, oddities, settledAfterSeconds, ratingChanges } = summary;
  return [
    "",
    `  D1 ${kind === "hang" ? "hung" : "failed"} while players played`,
    "",
    "  phase        seconds  matches  per second  enqueues  p95 ms  to match, p95 ms  refused",
    ...phases.map((phase) =>
      [
        `  ${phase.name.padEnd(11)}`,
        phase.seconds.toFixed(0).padStart(7),
        String(phase.matches).padStart(7),
        phase.matchesPerSecond.toFixed(2).padStart(10),
        String(phase.enqueues).padStart(8),
        (phase.enqueueP95Ms?.toFixed(0) ?? "–").padStart(6),
        (phase.waitP95Ms?.toFixed(0) ?? "–").padStart(16),
        String(refusedOf(phase)).padStart(7),
      ].join("  "),
    ),
    ...phases.flatMap(({ name, failures }) =>
      Object.entries(failures).map(([label, times]) => `    ${name}: ${times} × ${label}`),
    ),
    "",
    `  matches per second while D1 was out: ${percent(shareOf(summary, "before"))} of before, ${percent(shareOf(summary, "before", "after"))} of before and after`,
    "",
    "  who asked for what needs D1 while it was out",
    ...probes.map(({ asked, byStatus, slowestMs }) => {
      const answers = Object.entries(byStatus).map(([status, times]) => `${times} × ${status}`);
      return `    ${asked.padEnd(46)}${answers.join(", ").padEnd(22)}slowest ${(slowestMs / 1_000).toFixed(1)} s`;
    }),
    "",
    `  in D1 after ${settledAfterSeconds.toFixed(0)} s, the last minute of play among them`,
    ...Object.entries(acknowledged).map(([what, times]) => `    ${what.padEnd(17)}${times}`),
    `    rating changes   ${ratingChanges}, replayed and rated again`,
    "",
    ...section(
      "faults",
      faults.map(({ kind: how, text }) => `${how}: ${text}`),
    ),
    ...section("oddities", oddities),
    `  lost or doubled ${faults.length}, odd ${oddities.length}, refused players ${refusedPlayers(summary)}`,
    isPassed(summary) ? "  All is well." : "  FAILED",
  ].join("\n");
}

/** Everything is in D1, everybody was answered as they should be, and as many matches were made as before. */
export function isPassed(summary: OutageTestSummary): boolean {
  return isClean(summary) && shareOf(summary, "before") >= LEAST_SHARE;
}

/** As `isPassed`, whatever the rates: on a busy machine a few seconds say nothing about them. */
export function isClean(summary: OutageTestSummary): boolean {
  return summary.faults.length === 0 && summary.oddities.length === 0 && refusedPlayers(summary) === 0;
}

/** Matches a second while D1 was out, as a share of those in other phases. */
function shareOf({ phases }: OutageTestSummary, ...others: ("before" | "after")[]): number {
  return matchesPerSecond(phases, ["outage"]) / matchesPerSecond(phases, others);
}

/** How often somebody whom their region knew was not answered as they should be. */
export function refusedPlayers({ phases }: OutageTestSummary): number {
  return phases.reduce((sum, phase) => sum + refusedOf(phase), 0);
}

/** Over a socket a refused enqueue is in no other count; over HTTP it is in both. */
function refusedOf({ failedEnqueues, failures }: OutageTestSummary["phases"][number]): number {
  const failed = Object.values(failures).reduce((sum, times) => sum + times, 0);
  return Math.max(failedEnqueues, failed);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function section(title: string, entries: readonly string[]): string[] {
  if (entries.length === 0) return [];
  const rest = entries.length > SHOWN ? [`    … and ${entries.length - SHOWN} more`] : [];
  return [`  ${title}`, ...entries.slice(0, SHOWN).map((entry) => `    ${entry}`), ...rest, ""];
}
