import { Rating, rate } from "ts-trueskill";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Stack } from "./stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start();
});
afterAll(() => stack.stop());

interface PlayerBody {
  readonly player_id: string;
  readonly mu: number;
  readonly sigma: number;
}

describe("the main job over HTTP", () => {
  it("puts four queued players into one match, rates its result as TrueSkill does and ranks them", async () => {
    const players = await stack.registerPlayers(4, "EUW");
    await stack.queue(players);
    const match = await stack.matchOf(players);
    expect(match).toMatchObject({ status: "pending", region: "EUW" });
    expect(await stack.get(`/matchmaking/match/${match.match_id}`)).toEqual(match);

    const path = `/matchmaking/match/${match.match_id}/result`;
    expect(await stack.post(path, { winner_team: "teamB" })).toMatchObject({
      status: "queued",
      match_id: match.match_id,
      winner_team: "teamB",
    });
    await stack.matchWithStatus(match.match_id, "finished");

    const team = () => [new Rating(25, 25 / 3), new Rating(25, 25 / 3)];
    const [losers, winners] = rate([team(), team()], [1, 0]);
    for (const [name, expected] of [
      ["teamA", losers?.[0]],
      ["teamB", winners?.[0]],
    ] as const) {
      for (const { player_id } of match.players[name] ?? []) {
        const player = await stack.get<PlayerBody>(`/players/player/${player_id}`);
        expect(player.mu).toBeCloseTo(expected?.mu ?? Number.NaN, 6);
        expect(player.sigma).toBeCloseTo(expected?.sigma ?? Number.NaN, 6);
      }
    }
    const leaderboard = await stack.get<PlayerBody[]>("/players/leaderboard?limit=4");
    const best = new Set(leaderboard.slice(0, 2).map(({ player_id }) => player_id));
    expect(best).toEqual(new Set(match.players.teamB?.map(({ player_id }) => player_id)));
  });

  it("answers a repeated report alike, also long after the match is finished, and refuses another one", async () => {
    const players = await stack.registerPlayers(4, "NA");
    await stack.queue(players);
    const { match_id } = await stack.matchOf(players);
    const path = `/matchmaking/match/${match_id}/result`;
    const first = await stack.post(path, { winner_team: "teamA" });
    await stack.matchWithStatus(match_id, "finished");
    expect(await stack.post(path, { winner_team: "teamA" })).toEqual(first);
    await expect(stack.post(path, { winner_team: "teamB" })).rejects.toThrow("409");
  });
});
