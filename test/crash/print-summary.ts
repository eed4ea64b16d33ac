import type { CrashTestSummary } from "./run-crash-test.ts";

/** A long list says the same as its first lines and its length. */
const SHOWN = 30;

/** The summary as text for a terminal. */
export function printSummary(summary: CrashTestSummary): string {
  const { acknowledged, faults, oddities, kills } = summary;
  const killed = Object.values(kills).reduce((sum, count) => sum + count, 0);
  const count = (kind: string) => faults.filter((fault) => fault.kind === kind).length;
  return [
    "",
    `  kills and restarts ${killed}: ${Object.entries(kills)
      .map(([moment, times]) => `${times} ${moment}`)
      .join(", ")}`,
    `  time               ${summary.seconds.toFixed(0)} s`,
    `  requests           ${summary.requests}`,
    ...Object.entries(summary.unanswered).map(([label, times]) => `    unknown outcome  ${times} × ${label}`),
    "  acknowledged",
    ...Object.entries(acknowledged).map(([kind, times]) => `    ${kind.padEnd(17)}${times}`),
    `  rating changes     ${summary.ratingChanges}, replayed and rated again`,
    "",
    ...section(
      "faults",
      faults.map(({ kind, text }) => `${kind}: ${text}`),
    ),
    ...section("oddities", oddities),
    `  lost ${count("lost")}, doubled ${count("doubled")}, invented ${count("invented")}, odd ${oddities.length}`,
    isClean(summary) ? "  All is well." : "  FAILED",
  ].join("\n");
}

export function isClean({ faults, oddities }: CrashTestSummary): boolean {
  return faults.length === 0 && oddities.length === 0;
}

function section(title: string, entries: readonly string[]): string[] {
  if (entries.length === 0) return [];
  const rest = entries.length > SHOWN ? [`    … and ${entries.length - SHOWN} more`] : [];
  return [`  ${title}`, ...entries.slice(0, SHOWN).map((entry) => `    ${entry}`), ...rest, ""];
}
