import type { Fault } from "./fault.ts";
import type { History, ReportedMatch, Seats } from "./history.ts";
import type { MatchFact, Records } from "./records.ts";

/** What the outside knows, to be held against what is on disk. */
export type Facts = Pick<History, "registrations" | "told" | "shown" | "reports" | "toldFinished">;

/**
 * Whether everything that was acknowledged is on disk once, and nothing that nobody asked for.
 *
 * 1. Who was registered is there, once for each name.
 * 2. A match that anybody was told of is there, with the players who were told, in the teams that were shown.
 * 3. An acknowledged result is what the match ended with, and rated once: each of its players has one change by it. A
 *    result that was sent without an answer may be there or not; one that was never sent is not.
 * 4. No player is in two matches at once: each of their matches was made after the result of the one before.
 * 5. When everybody has gone, no ticket and no unfinished match is left in a region.
 */
export function judgeRecords(facts: Facts, records: Records): Fault[] {
  return [
    ...judgeRegistrations(facts, records),
    ...judgeTold(facts, records),
    ...judgeResults(facts, records),
    ...judgeOverlaps(records.matches),
    ...records.waiting.map(
      (id): Fault => ({ kind: "invented", text: `player ${id} has left and is still on a ticket` }),
    ),
    ...records.liveMatchIds.map((id): Fault => ({ kind: "invented", text: `match ${id} is still held by its region` })),
  ];
}

function judgeRegistrations({ registrations }: Facts, { players }: Records): Fault[] {
  const idsOf = Map.groupBy(players, ({ username }) => username);
  return registrations.flatMap(({ username, playerId }): Fault[] => {
    const ids = (idsOf.get(username) ?? []).map((player) => player.playerId);
    if (ids.length > 1) return [{ kind: "doubled", text: `${username} was registered ${ids.length} times` }];
    if (ids.includes(playerId)) return [];
    return [{ kind: "lost", text: `player ${playerId} was registered and is not there` }];
  });
}

function judgeTold({ told, shown }: Facts, { matches }: Records): Fault[] {
  const byId = new Map(matches.map((match) => [match.matchId, match]));
  return [...told].flatMap(([matchId, playerIds]): Fault[] => {
    const match = byId.get(matchId);
    if (match === undefined) return [{ kind: "lost", text: `match ${matchId} was told of and is not there` }];
    const seats = seatsOf(match);
    const absent = [...playerIds].filter((playerId) => seats[playerId] === undefined);
    const faults = absent.map(
      (playerId): Fault => ({ kind: "lost", text: `player ${playerId} was told of match ${matchId} and is not in it` }),
    );
    const was = shown.get(matchId);
    if (was === undefined || areSame(was, seats)) return faults;
    return [...faults, { kind: "lost", text: `match ${matchId} has other teams than were shown` }];
  });
}

function judgeResults({ reports, toldFinished }: Facts, { matches, changes }: Records): Fault[] {
  const changesOf = Map.groupBy(changes, ({ matchId }) => matchId ?? "");
  const faults = matches.flatMap((match) => {
    const changed = (changesOf.get(match.matchId) ?? []).map(({ playerId }) => playerId);
    const faults = [...judgeResult(match, reports.get(match.matchId), changed.length)];
    if (toldFinished.has(match.matchId) && match.status !== "finished")
      faults.push({ kind: "lost", text: `match ${match.matchId} was told of as finished and is ${match.status}` });
    const seated = Object.keys(seatsOf(match));
    const isRatedOnce = new Set(changed).size === changed.length && changed.every((id) => seated.includes(id));
    if (!isRatedOnce)
      faults.push({ kind: "doubled", text: `match ${match.matchId} changed ratings of ${changed.join(", ")}` });
    else if (changed.length > 0 && changed.length < seated.length)
      faults.push({
        kind: "lost",
        text: `match ${match.matchId} changed ${changed.length} of ${seated.length} ratings`,
      });
    return faults;
  });
  const known = new Set(matches.map(({ matchId }) => matchId));
  for (const [matchId, { isAcknowledged }] of reports) {
    if (isAcknowledged && !known.has(matchId))
      faults.push({ kind: "lost", text: `the result of ${matchId} is not there` });
  }
  for (const matchId of changesOf.keys()) {
    if (!known.has(matchId))
      faults.push({ kind: "invented", text: `ratings were changed by ${matchId}, which is not there` });
  }
  return faults;
}

function judgeResult(match: MatchFact, report: ReportedMatch | undefined, changes: number): Fault[] {
  const { matchId, status, rated, placements } = match;
  const isRated = status === "finished" && rated === 1 && changes > 0;
  if (report === undefined) {
    const isUntouched = rated === 0 && changes === 0 && placements === null;
    return isUntouched ? [] : [{ kind: "invented", text: `match ${matchId} has a result that nobody sent` }];
  }
  if (placements !== null && !areSame(placements, report.placements))
    return [{ kind: "lost", text: `match ${matchId} has another result than was sent` }];
  if (isRated || !report.isAcknowledged) return [];
  const how = `is ${status} with ${changes} rating changes`;
  return [{ kind: "lost", text: `match ${matchId}, whose result was acknowledged, ${how}` }];
}

function judgeOverlaps(matches: readonly MatchFact[]): Fault[] {
  const inOrder = matches.toSorted((one, other) => one.createdAtMs - other.createdAtMs);
  const lastOf = new Map<string, MatchFact>();
  const faults: Fault[] = [];
  for (const match of inOrder) {
    for (const playerId of Object.keys(seatsOf(match))) {
      const last = lastOf.get(playerId);
      const isFree = last === undefined || (last.reportedAtMs !== null && last.reportedAtMs <= match.createdAtMs);
      if (!isFree)
        faults.push({ kind: "doubled", text: `player ${playerId} is in ${last.matchId} and ${match.matchId}` });
      lastOf.set(playerId, match);
    }
  }
  return faults;
}

function seatsOf({ teams }: MatchFact): Seats {
  return Object.fromEntries(teams.flatMap(({ name, players }) => players.map(({ player_id }) => [player_id, name])));
}

function areSame<Value>(one: Readonly<Record<string, Value>>, other: Readonly<Record<string, Value>>): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
