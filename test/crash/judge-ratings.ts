import type { ModeTable } from "../../src/core/mode.ts";
import { rateTeams } from "../../src/core/rating/trueskill.ts";
import type { Fault } from "./fault.ts";
import type { ChangeFact, MatchFact, RatingValue, Records } from "./records.ts";

/** Both sides run the same code on the same numbers, so only the way through JSON can differ. */
const TOLERANCE = 1e-9;

/**
 * Whether the ratings are what the results make of them.
 *
 * 1. Each player's changes have the numbers 1, 2, 3 …; the first starts from a new player's rating and each other one from
 *    where the one before ended. The last one is the rating, and their number is the count of matches.
 * 2. Each match, rated again from what its changes started from and from its stored placements, leads to where they ended.
 *    With 1 that is the whole history rated again in the order of `seq`.
 */
export function judgeRatings(
  { changes, ratings, matches }: Pick<Records, "changes" | "ratings" | "matches">,
  modes: ModeTable,
): Fault[] {
  const changesOf = Map.groupBy(changes, ({ playerId, mode }) => `${playerId} in ${mode}`);
  const ratingOf = new Map(ratings.map((rating) => [`${rating.playerId} in ${rating.mode}`, rating]));
  const faults: Fault[] = [];
  for (const who of new Set([...changesOf.keys(), ...ratingOf.keys()])) {
    const chain = (changesOf.get(who) ?? []).toSorted((one, other) => one.seq - other.seq);
    const mode = chain[0]?.mode ?? ratingOf.get(who)?.mode ?? "";
    const end = judgeChain(who, chain, modes.byName.get(mode)?.rating, faults);
    const rating = ratingOf.get(who);
    const isCounted = rating?.matches === chain.length && rating.seq === chain.length;
    if (rating === undefined || end === null || !isSame(rating, end))
      faults.push({ kind: "lost", text: `the rating of ${who} is not where its changes lead` });
    if (!isCounted)
      faults.push({ kind: "doubled", text: `${who} has ${chain.length} changes and ${rating?.matches} matches` });
  }
  const changesOfMatch = Map.groupBy(changes, ({ matchId }) => matchId ?? "");
  for (const match of matches) faults.push(...judgeMatch(match, changesOfMatch.get(match.matchId) ?? [], modes));
  return faults;
}

/** @returns where the changes lead; null: the mode is unknown */
function judgeChain(
  who: string,
  chain: readonly ChangeFact[],
  start: RatingValue | undefined,
  faults: Fault[],
): RatingValue | null {
  let at = start;
  for (const [index, { seq, before, after }] of chain.entries()) {
    if (seq !== index + 1) faults.push({ kind: "lost", text: `${who} has change ${seq} in place of ${index + 1}` });
    if (at === undefined || !isSame(at, before))
      faults.push({ kind: "lost", text: `change ${seq} of ${who} does not start where the one before ended` });
    at = after;
  }
  return at ?? null;
}

function judgeMatch(match: MatchFact, changes: readonly ChangeFact[], modes: ModeTable): Fault[] {
  const { matchId, teams, placements, mode } = match;
  const rating = modes.byName.get(mode)?.rating;
  if (changes.length === 0 || placements === null || rating === undefined) return [];
  const changeOf = new Map(changes.map((change) => [change.playerId, change]));
  const changed = teams.map(({ players }) => players.map(({ player_id }) => changeOf.get(player_id)));
  const before = changed.map((team) => team.flatMap((change) => (change === undefined ? [] : [change.before])));
  if (before.some((team, index) => team.length !== changed[index]?.length)) return [];
  const after = rateTeams(
    before,
    teams.map(({ name }) => placements[name] ?? Number.NaN),
    rating,
  ).flat();
  const isAsStored = changed.flat().every((change, index) => {
    const again = after[index];
    return change !== undefined && again !== undefined && isSame(change.after, again);
  });
  return isAsStored ? [] : [{ kind: "invented", text: `match ${matchId} rated again gives other ratings` }];
}

function isSame(one: RatingValue, other: RatingValue): boolean {
  return Math.abs(one.mu - other.mu) < TOLERANCE && Math.abs(one.sigma - other.sigma) < TOLERANCE;
}
