import type { Distribution } from "../statistics.ts";
import type { SocketReport } from "./socket-report.ts";

/** The report as lines of a terminal. */
export function printSockets(report: SocketReport): string[] {
  const { prompts, ready_checks: checks, notification_ms: heard } = report;
  const isAsking = checks.proposed > 0;
  return [
    "",
    `  sockets            ${report.sockets} opened, ${report.messages} messages heard`,
    `  connections lost   ${report.breakdowns}, of which ${report.gone} for good`,
    ...(isAsking
      ? [
          `  ready checks       ${checks.proposed}, confirmed ${checks.confirmed} of which ${checks.confirmed_after_repair} after repair`,
          `  prompts            accept ${prompts.accept}, decline ${prompts.decline}, lapse ${prompts.lapse}, ghost ${prompts.ghost}`,
          `  cool-downs         ${report.cool_downs}, kept out ${report.kept_out} times, ${report.gave_up} players gave up`,
          `  asked to matched   ${show(report.confirmation_s, 2, " s")}`,
        ]
      : []),
    ...(heard === null
      ? ["  told to heard      not comparable: the service has another machine's clock"]
      : [
          `  match.found        ${show(heard.found, 0, " ms")}`,
          `    last of a match  ${show(heard.found_by_last, 0, " ms")}`,
          ...(isAsking
            ? [
                `  match.proposed     ${show(heard.proposed, 0, " ms")}`,
                `    last of a round  ${show(heard.proposed_by_last, 0, " ms")}`,
              ]
            : []),
        ]),
  ];
}

function show(distribution: Distribution | null, digits: number, unit: string): string {
  if (distribution === null) return "-";
  const { p50, p95, p99, max } = distribution;
  const [first, ...rest] = [`p50 ${p50.toFixed(digits)}${unit}`, `p95 ${p95.toFixed(digits)}`];
  return [first, ...rest, `p99 ${p99.toFixed(digits)}`, `longest ${max.toFixed(digits)}`].join(", ");
}
