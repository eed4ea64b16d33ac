import { mean } from "../statistics.ts";
import type { Distribution } from "./distribution.ts";
import { distributionOf, quantilesOf, shareOf } from "./distribution.ts";
import { estimateCoverage } from "./estimate-coverage.ts";
import { measureMatch } from "./measure-match.ts";
import { isMeasured } from "./measured-window.ts";
import { extremesToMiddle, partiesToSolos, playerWaits, waitByDecile } from "./player-waits.ts";
import type { MadeMatch, Run } from "./run-trace.ts";

/** How good a policy was on one trace. Waits are per player, in seconds; closeness and fairness are per match. */
export interface Measures {
  readonly players: number;
  readonly matches: number;
  readonly waitS: Distribution;
  /** Waits that 0, 1, 2 … 100 % of the players do not exceed. */
  readonly waitQuantilesS: readonly number[];
  /** Mean wait of each tenth of the ratings, lowest first. */
  readonly waitByDecileS: readonly (number | null)[];
  /** Share of the players who came that were matched before the trace ended or their patience did. */
  readonly matchedShare: number | null;
  /** Rating points between the best and the worst player. */
  readonly spread: number | null;
  /** |p − ½|, predicted from ratings. */
  readonly unevenness: number | null;
  readonly within48To52: number | null;
  readonly within45To55: number | null;
  /** |p − ½| from true skills. */
  readonly realUnevenness: number | null;
  /** Mean wait of the lowest and highest rating decile by that of the two middle ones. */
  readonly extremesToMiddle: number | null;
  /** Mean wait of players in parties by that of those alone; null without parties. */
  readonly partiesToSolos: number | null;
  /** Share of the tickets whose wait fell into the interval they would have been told; 0.8 is promised. */
  readonly estimateCoverage: number | null;
  /** Share of the matches by the pass that made them; empty where the policy has only one. */
  readonly passes: Readonly<Record<string, number>>;
  /** Of this machine: not the same twice. */
  readonly tickMs: Distribution;
}

/**
 * Players count if they came within the measured window, matches if one of their players did.
 */
export function measureRun(run: Run): Measures {
  const { trace } = run;
  const came = trace.arrivals
    .filter(({ ticket }) => isMeasured(trace, ticket.enqueuedAtMs))
    .reduce((sum, { ticket }) => sum + ticket.players.length, 0);
  const waits = playerWaits(run);
  const waitsS = waits.map(({ waitS }) => waitS);
  const matches = run.matches.filter((match) => isMatchMeasured(run, match));
  const qualities = matches.map((match) => measureMatch(match, trace.latentSkills));
  const uneven = qualities.map(({ unevenness }) => unevenness);
  const within = (limit: number) => shareOf(uneven.filter((value) => value <= limit).length, uneven.length);
  return {
    players: came,
    matches: matches.length,
    waitS: distributionOf(waitsS),
    waitQuantilesS: quantilesOf(waitsS),
    waitByDecileS: waitByDecile(waits),
    matchedShare: shareOf(waits.length, came),
    spread: mean(qualities.map(({ spread }) => spread)),
    unevenness: mean(uneven),
    within48To52: within(0.02),
    within45To55: within(0.05),
    realUnevenness: mean(qualities.map(({ realUnevenness }) => realUnevenness)),
    extremesToMiddle: extremesToMiddle(waits),
    partiesToSolos: partiesToSolos(waits),
    estimateCoverage: estimateCoverage(run),
    passes: passShares(matches),
    tickMs: distributionOf(run.tickTimesMs),
  };
}

function isMatchMeasured({ trace }: Run, match: MadeMatch): boolean {
  return match.teams.some((team) => team.some(({ enqueuedAtMs }) => isMeasured(trace, enqueuedAtMs)));
}

function passShares(matches: readonly MadeMatch[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { pass } of matches) if (pass !== null) counts.set(pass, (counts.get(pass) ?? 0) + 1);
  return Object.fromEntries([...counts].sort().map(([pass, count]) => [pass, count / matches.length]));
}
