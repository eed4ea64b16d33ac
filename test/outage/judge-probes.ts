import type { Probe } from "./prober.ts";

/** The time limit of a write is 5 s. The rest is for a machine that has other things to do. */
const ANSWERED_WITHIN_MS = 15_000;

/**
 * Whether everybody who asked for what needs D1 was told so in time. One sentence for each answer that is not right.
 *
 * 1. While D1 is out: 503 with Retry-After, or an answer all the same. Each kind of question was refused at least once:
 *    otherwise there was no outage.
 * 2. In peace, long before and long after: no refusal.
 */
export function judgeProbes(duringOutage: readonly Probe[], inPeace: readonly Probe[]): string[] {
  const wrong = duringOutage.filter((probe) => !isAnswer(probe) && !isComeBackLater(probe));
  const late = duringOutage.filter(({ tookMs }) => tookMs > ANSWERED_WITHIN_MS);
  const kinds = Map.groupBy(duringOutage, ({ asked }) => asked);
  const unhurt = [...kinds].filter(([, probes]) => !probes.some(isComeBackLater));
  return [
    ...wrong.map((probe) => `while D1 was out, ${said(probe)}`),
    ...late.map((probe) => `while D1 was out, ${said(probe)}`),
    ...unhurt.map(([asked]) => `${asked} was never refused while D1 was out`),
    ...inPeace.filter((probe) => !isAnswer(probe)).map((probe) => `while D1 was well, ${said(probe)}`),
  ];
}

function isAnswer({ status }: Probe): boolean {
  return status > 0 && status < 500;
}

function isComeBackLater({ status, hasRetryAfter }: Probe): boolean {
  return status === 503 && hasRetryAfter;
}

function said({ asked, status, hasRetryAfter, tookMs }: Probe): string {
  const answer =
    status === 0 ? "had no answer" : `was answered ${status} ${hasRetryAfter ? "with" : "without"} Retry-After`;
  return `${asked} ${answer} after ${tookMs.toFixed(0)} ms`;
}
