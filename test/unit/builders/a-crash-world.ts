import { resolveModes } from "../../../src/core/mode-definition.ts";
import { rateTeams } from "../../../src/core/rating/trueskill.ts";
import { History } from "../../crash/history.ts";
import { MODES } from "../../crash/modes.ts";
import type { ChangeFact, MatchFact, RatingFact, Records } from "../../crash/records.ts";

const resolved = resolveModes(MODES, 0);
if (!resolved.ok) throw new Error("the crash test's modes are not valid");
export const CRASH_MODES = resolved.value;

const [MODE] = [...CRASH_MODES.byName.values()].filter(({ name }) => name === "1v1");
if (MODE === undefined) throw new Error("there are duels");
const { rating } = MODE;

/** Ada beats Bob twice, and everybody was told all of it. */
export function aCrashWorld(): { history: History; records: Records } {
  const start = { mu: rating.mu, sigma: rating.sigma };
  const first = rateTeams([[start], [start]], [1, 2], rating).flat();
  const second = rateTeams([first.slice(0, 1), first.slice(1)], [1, 2], rating).flat();
  const at = (points: readonly { mu: number; sigma: number }[], index: number) => points[index] ?? start;
  const players = ["ada", "bob"];
  const records: Records = {
    players: players.map((playerId) => ({ playerId, username: `name of ${playerId}` })),
    matches: [aRatedDuel("m1", 1_000), aRatedDuel("m2", 2_000)],
    changes: players.flatMap((playerId, index) => [
      aChange(playerId, 1, "m1", start, at(first, index)),
      aChange(playerId, 2, "m2", at(first, index), at(second, index)),
    ]),
    ratings: players.map(
      (playerId, index): RatingFact => ({ playerId, mode: "1v1", ...at(second, index), matches: 2, seq: 2 }),
    ),
    waiting: [],
    liveMatchIds: [],
  };
  const history = new History();
  for (const { playerId, username } of records.players) history.registrations.push({ playerId, username });
  for (const matchId of ["m1", "m2"]) {
    for (const playerId of players) history.tell(matchId, playerId);
    history.shown.set(matchId, { ada: "teamA", bob: "teamB" });
    history.reports.set(matchId, { placements: { teamA: 1, teamB: 2 }, isAcknowledged: true });
    history.toldFinished.add(matchId);
  }
  return { history, records };
}

function aRatedDuel(matchId: string, createdAtMs: number): MatchFact {
  return {
    matchId,
    mode: "1v1",
    status: "finished",
    rated: 1,
    teams: [
      { name: "teamA", players: [{ player_id: "ada", ...rating }] },
      { name: "teamB", players: [{ player_id: "bob", ...rating }] },
    ],
    placements: { teamA: 1, teamB: 2 },
    createdAtMs,
    reportedAtMs: createdAtMs + 500,
  };
}

function aChange(
  playerId: string,
  seq: number,
  matchId: string,
  before: ChangeFact["before"],
  after: ChangeFact["after"],
): ChangeFact {
  return { playerId, mode: "1v1", seq, matchId, before, after };
}
