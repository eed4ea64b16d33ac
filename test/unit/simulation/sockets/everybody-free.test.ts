import { expect, it } from "vitest";
import { awaitEverybodyFree } from "../../../../simulation/sockets/everybody-free.ts";
import { aSimulatedPlayer } from "../builders/a-simulated-player.ts";
import { aMatchAnswer } from "../builders/an-answer.ts";

type Whereabouts = { isEnqueued: boolean; matchId: string | null };

/** Says of ada these one after the other, the last for ever, and that ben is free. */
async function lookAt(...answers: readonly Whereabouts[]) {
  const joined: string[] = [];
  let next = 0;
  const service = {
    whereabouts: async (playerId: string) => {
      const answer = playerId === "ada" ? answers[Math.min(next++, answers.length - 1)] : undefined;
      return answer ?? { isEnqueued: false, matchId: null };
    },
  };
  const gameServer = {
    join: async (matchId: string) => {
      joined.push(matchId);
      return aMatchAnswer({});
    },
  };
  const players = [aSimulatedPlayer("ada"), aSimulatedPlayer("ben")];
  const faults = await awaitEverybodyFree(service, gameServer, players, 0, new AbortController().signal);
  return { faults, joined };
}

it("waits for a ticket to end", async () => {
  expect(await lookAt({ isEnqueued: true, matchId: null }, { isEnqueued: false, matchId: null })).toEqual({
    faults: [],
    joined: [],
  });
});

it("names whoever stays in line", async () => {
  expect((await lookAt({ isEnqueued: true, matchId: null })).faults).toEqual([
    "player ada is still in line when all is over",
  ]);
});

it("has a match played that its players are too far gone to hear of", async () => {
  const looked = await lookAt({ isEnqueued: false, matchId: "m1" }, { isEnqueued: false, matchId: null });
  expect(looked).toEqual({ faults: [], joined: ["m1"] });
});
