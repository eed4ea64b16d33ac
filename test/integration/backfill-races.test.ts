import { afterAll, beforeAll, expect, it } from "vitest";
import type { PlayerState } from "../../src/core/queue-calls.ts";
import type { EnqueueCall } from "../../src/region/rpc.ts";
import { aCall, queuedPlayers, regionObject, tick } from "./region-support.ts";
import { registerPlayers } from "./results-support.ts";

const REGION = "JPN";
const RACES = 60;
const realNow = Date.now;
let aheadMs = 0;

// The region reads this clock: a mode ticks once a second, and hundreds of ticks shall not take as many seconds.
beforeAll(() => {
  Date.now = () => realNow.call(Date) + aheadMs;
});
afterAll(() => {
  Date.now = realNow;
});

async function tickLater(): Promise<void> {
  aheadMs += 1_100;
  await tick(REGION);
}

async function matchOf(playerId: string): Promise<string | null> {
  const state: PlayerState = await regionObject(REGION).stateOf(playerId);
  return state.type === "matched" ? state.match.matchId : null;
}

/** A cancel, a tick and an arrival, begun in the order that `draw` says. @returns whether the cancel says dequeued */
async function race(draw: number, matchId: string, newcomer: EnqueueCall): Promise<boolean> {
  const region = regionObject(REGION);
  const receipts: Promise<{ readonly ok: boolean }>[] = [];
  const begin = [
    async () => {
      receipts.push(region.cancelBackfill(matchId));
    },
    () => tickLater(),
    () => region.enqueue(newcomer),
  ];
  const order = begin.map((_, index) => begin[(index * (1 + (draw % 2)) + draw) % begin.length]);
  await Promise.all(order.map((start) => start?.()));
  const [receipt] = await Promise.all(receipts);
  return receipt?.ok === true;
}

it("a cancelled backfill's receipt agrees with who came, however it races with ticks and arrivals", {
  timeout: 120_000,
}, async () => {
  const region = regionObject(REGION);
  const outcomes = { dequeued: 0, filled: 0 };
  for (let draw = 0; draw < RACES; draw += 1) {
    const players = await queuedPlayers(REGION, 4);
    await tickLater();
    const [leaver = "", stayer = ""] = players;
    const matchId = (await matchOf(leaver)) ?? "";
    expect(await region.askBackfill(matchId, { replaces: [leaver] })).toMatchObject({ ok: true });
    const [newcomer = ""] = await registerPlayers(1, REGION);
    if (draw % 3 > 0) await region.enqueue(aCall(newcomer));

    const isDequeued = await race(draw, matchId, aCall(newcomer));
    expect(await region.cancelBackfill(matchId)).toEqual({ ok: false, refusal: { reason: "not_queued" } });
    const cameBefore = await matchOf(newcomer);
    for (let later = 0; later < 2; later += 1) await tickLater();
    const came = await matchOf(newcomer);
    expect(came, `race ${draw}`).toBe(cameBefore);
    expect(came === matchId, `race ${draw}`).toBe(!isDequeued);
    outcomes[isDequeued ? "dequeued" : "filled"] += 1;

    expect(await matchOf(stayer)).toBe(matchId);
    await region.report(matchId, { winnerTeam: "teamA" });
    await region.cancel(newcomer);
    await region.cancel(leaver);
  }
  expect(outcomes.dequeued).toBeGreaterThan(RACES / 10);
  expect(outcomes.filled).toBeGreaterThan(RACES / 10);
});
