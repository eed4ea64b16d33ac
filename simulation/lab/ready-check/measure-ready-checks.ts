import { mean } from "../../statistics.ts";
import type { Distribution } from "../distribution.ts";
import { distributionOf, shareOf } from "../distribution.ts";
import { measureMatch } from "../measure-match.ts";
import { isMeasured } from "../measured-window.ts";
import type { EndedProposal, ReadyCheckRun, ReadyCheckViolations, Search } from "./ready-check-run.ts";

/** How ready checks went on one trace. Times in seconds. */
export interface ReadyCheckMeasures {
  /** Per match: from the first time that any of its players was asked, about whatever match, until it was confirmed. */
  readonly matchTookS: Distribution;
  /** Per player in a confirmed match: from the first time that they were asked, about whatever match. */
  readonly playerTookS: Distribution;
  /**
   * So long after they were first asked half of all who were asked have a match. Those who were put out never have: a
   * way that loses more people on the way does not look faster for it. Null: fewer than half get one.
   */
  readonly halfMatchedS: number | null;
  /** Share of all who were asked without a match 0, 1, 2 … seconds after they were first asked. */
  readonly withoutMatch: readonly number[];
  /** Per match that lost nobody and whose players were all asked for the first time: the slowest answer. */
  readonly answersS: Distribution;
  /** Per player in a confirmed match, from queueing. */
  readonly waitS: Distribution;
  /** Share of the players who came that got a match. */
  readonly confirmedShare: number | null;
  /** Share of those that got it the first time that they were asked. */
  readonly atFirstShare: number | null;
  /** Times that a player who got a match was asked. */
  readonly timesAsked: number | null;
  /** Rounds of a confirmed match; 1: nobody was replaced. */
  readonly rounds: number | null;
  /** Share of the proposals that ended without a match. */
  readonly dissolvedShare: number | null;
  readonly quality: MatchesQuality;
  /** Of the matches in which somebody was replaced. */
  readonly repairedQuality: MatchesQuality;
  readonly coolDowns: number;
  readonly violations: ReadyCheckViolations;
}

export interface MatchesQuality {
  readonly matches: number;
  /** Mean over the matches: rating points between the best and the worst player. */
  readonly spread: number | null;
  /** Mean of |p − ½|, predicted from ratings. */
  readonly unevenness: number | null;
}

/** How far `withoutMatch` goes. */
const SHOWN_S = 90;

/** Players count if they came within the measured window, proposals if one of their players did. */
export function measureReadyChecks(run: ReadyCheckRun): ReadyCheckMeasures {
  const { trace, coolDowns, violations } = run;
  const isCounted = ({ ticket }: Search) => isMeasured(trace, ticket.enqueuedAtMs);
  const proposals = run.proposals.filter(({ teams }) => teams.flat().some(isCounted));
  const confirmed = proposals.filter(({ isConfirmed }) => isConfirmed);
  const players = confirmed.flatMap(({ teams, endedAtMs }) =>
    perPlayer(teams.flat().filter(isCounted)).map((search) => ({ search, endedAtMs })),
  );
  const tookS = players.map(({ search, endedAtMs }) => secondsFrom(search.firstAskedAtMs, endedAtMs));
  const came = perPlayer(run.searches.filter(isCounted));
  const asked = came.filter(({ firstAskedAtMs }) => firstAskedAtMs !== null).length;
  const ascendingS = tookS.toSorted((a, b) => a - b);
  return {
    matchTookS: distributionOf(confirmed.map(sinceFirstAskedS)),
    playerTookS: distributionOf(tookS),
    halfMatchedS: ascendingS[Math.ceil(asked / 2) - 1] ?? null,
    withoutMatch: Array.from(
      { length: SHOWN_S + 1 },
      (_, second) => 1 - (shareOf(ascendingS.filter((took) => took <= second).length, asked) ?? 0),
    ),
    answersS: distributionOf(confirmed.filter(wasUntouched).map(sinceFirstAskedS)),
    waitS: distributionOf(players.map(({ search, endedAtMs }) => secondsFrom(search.ticket.enqueuedAtMs, endedAtMs))),
    confirmedShare: shareOf(players.length, came.length),
    atFirstShare: shareOf(players.filter(({ search }) => search.timesAsked === 1).length, players.length),
    timesAsked: mean(players.map(({ search }) => search.timesAsked)),
    rounds: mean(confirmed.map(({ proposal }) => proposal.round)),
    dissolvedShare: shareOf(proposals.length - confirmed.length, proposals.length),
    quality: qualityOf(confirmed, run),
    repairedQuality: qualityOf(confirmed.filter(wasRepaired), run),
    coolDowns,
    violations,
  };
}

function perPlayer(searches: readonly Search[]): Search[] {
  return searches.flatMap((search) => search.ticket.players.map(() => search));
}

function wasRepaired({ proposal }: EndedProposal): boolean {
  return proposal.round > 1;
}

function wasUntouched(ended: EndedProposal): boolean {
  return !wasRepaired(ended) && ended.teams.flat().every(({ timesAsked }) => timesAsked === 1);
}

function sinceFirstAskedS({ teams, endedAtMs }: EndedProposal): number {
  return Math.max(...teams.flat().map(({ firstAskedAtMs }) => secondsFrom(firstAskedAtMs, endedAtMs)));
}

function secondsFrom(fromMs: number | null, toMs: number): number {
  return (toMs - (fromMs ?? toMs)) / 1_000;
}

function qualityOf(confirmed: readonly EndedProposal[], { trace }: ReadyCheckRun): MatchesQuality {
  const qualities = confirmed.map(({ teams }) =>
    measureMatch({ teams: teams.map((team) => team.map(({ ticket }) => ticket)), pass: null }, trace.latentSkills),
  );
  return {
    matches: qualities.length,
    spread: mean(qualities.map(({ spread }) => spread)),
    unevenness: mean(qualities.map(({ unevenness }) => unevenness)),
  };
}
