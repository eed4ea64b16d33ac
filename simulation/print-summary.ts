import { printSockets } from "./sockets/print-sockets.ts";
import type { Summary, WaitSummary } from "./summary.ts";

/** The summary as text for a terminal. */
export function printSummary(summary: Summary): string {
  const { matches, quality } = summary;
  const lines = [
    "",
    `  players            ${summary.players}, left over ${summary.left_over_players}`,
    `  matches            ${matches.reported} reported of at most ${matches.expected}, ${matches.finished} finished`,
    `  time               ${summary.seconds.toFixed(1)} s`,
    `  requests           ${summary.requests}, ${summary.requests_per_s.toFixed(0)} a second`,
    `  waits              ${showWaits(summary.waits_s)}`,
    ...partyLines(summary),
    `  match quality      mean ${show(quality.mean_quality, 3)}`,
    `  rating spread      mean ${show(quality.mean_spread, 2)} points in a match`,
    `  predicted balance  mean |p - 1/2| ${show(quality.mean_imbalance, 3)}`,
    `  rating and skill   rank correlation ${show(summary.rank_correlation, 3)}`,
    ...(summary.sockets === null ? [] : printSockets(summary.sockets)),
    "",
    `  ${"latency, ms".padEnd(14)}${["count", "p50", "p95", "p99"].map((title) => title.padStart(9)).join("")}`,
    ...Object.entries(summary.calls).map(([kind, { count, p50_ms, p95_ms, p99_ms }]) => {
      const cells = [String(count), p50_ms.toFixed(1), p95_ms.toFixed(1), p99_ms.toFixed(1)];
      return `  ${kind.padEnd(14)}${cells.map((cell) => cell.padStart(9)).join("")}`;
    }),
    "",
    ...section(
      "errors",
      Object.entries(summary.errors).map(([label, count]) => `${count} × ${label}`),
    ),
    ...section("failures", summary.failures),
    summary.ok ? "  All is well." : "  FAILED",
  ];
  return lines.join("\n");
}

function partyLines({ parties, solo_waits_s: solo, party_waits_s: party }: Summary): string[] {
  if (Object.keys(parties).every((size) => size === "1")) return [];
  const counts = Object.entries(parties).map(([size, count]) => `${count} of ${size}`);
  return [
    `    alone            ${showWaits(solo)}`,
    `    in a party       ${showWaits(party)}`,
    `  tickets            ${counts.join(", ")}`,
  ];
}

function showWaits({ mean, p50, p95, max }: WaitSummary): string {
  return `mean ${show(mean, 2)} s, p50 ${show(p50, 2)}, p95 ${show(p95, 2)}, longest ${show(max, 2)}`;
}

/** A long list says the same as its first lines and its length. */
const SHOWN = 20;

function section(title: string, entries: readonly string[]): string[] {
  if (entries.length === 0) return [];
  const shown = entries.slice(0, SHOWN).map((entry) => `    ${entry}`);
  const rest = entries.length > SHOWN ? [`    … and ${entries.length - SHOWN} more`] : [];
  return [`  ${title}`, ...shown, ...rest, ""];
}

function show(value: number | null, digits: number): string {
  return value === null ? "-" : value.toFixed(digits);
}
