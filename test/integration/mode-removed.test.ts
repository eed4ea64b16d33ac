import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import type { ModeDefinition } from "../../src/core/mode-definition.ts";
import { configOf } from "../../src/env.ts";
import { Region } from "../../src/region/region.ts";
import { askBackfill } from "./backfill-support.ts";
import { bearer, enqueue, post } from "./http-support.ts";
import { MODES } from "./modes-with-hunt.ts";
import { askedPlayers } from "./ready-check-support.ts";
import { aCall, regionObject, tick } from "./region-support.ts";
import { listeningPlayers } from "./socket-support.ts";

const REMOVED = ["asking", "1v1"];

/** What the object is after a deploy that took modes away, over the storage and the sockets that it had. */
async function deployedWithoutModes<Outcome>(
  name: string,
  act: (region: Region) => Promise<Outcome>,
): Promise<Outcome> {
  const deployed = { ...env };
  const all = [...MODES];
  // The file of modes is read when a configuration is parsed, and that is kept by its environment.
  const file = MODES as ModeDefinition[];
  file.splice(0, all.length, ...all.filter((mode) => !REMOVED.includes(mode.name)));
  configOf(deployed);
  file.splice(0, file.length, ...all);
  return runInDurableObject(regionObject(name), async (_, state) => {
    const region = new Region(state, deployed);
    await state.blockConcurrencyWhile(async () => {});
    return act(region);
  });
}

test("a mode that is removed while players wait in it ends their tickets, tells all of them why, and strands nobody", async () => {
  const { players: asked, matchId } = await askedPlayers("LAN");
  const [waiting, leader, member] = await listeningPlayers("LAN", 3);
  const [one, other, elsewhere] = await listeningPlayers("LAN", 3);
  if (waiting === undefined || leader === undefined || member === undefined) throw new Error("three were asked for");
  if (one === undefined || other === undefined || elsewhere === undefined) throw new Error("three were asked for");
  await enqueue(waiting.player_id, { mode: "asking" });
  const { body: party } = await post<{ code: string }>("/parties", {}, bearer(leader.access_token));
  await post(`/parties/${party.code}/join`, {}, bearer(member.access_token));
  await enqueue(leader.player_id, { mode: "asking" });
  await enqueue(elsewhere.player_id, { mode: "2v2" });
  for (const { player_id } of [one, other]) await enqueue(player_id, { mode: "1v1" });
  await tick("LAN");
  const { match } = await one.listener.hear("match.found");
  expect(await askBackfill(match.match_id, { replaces: [other.player_id] })).toMatchObject({ status: 200 });

  await deployedWithoutModes("LAN", async (region) => {
    for (const { player_id } of [waiting, leader, member, ...asked])
      expect(await region.stateOf(player_id)).toMatchObject({ type: "free", coolDown: null });
    expect(await region.stateOf(elsewhere.player_id)).toMatchObject({ type: "queued", ticket: { mode: "2v2" } });
    expect(await region.party(party.code)).toMatchObject({ members: [{}, {}] });
    const again = await region.enqueue(aCall(waiting.player_id, { mode: "asking" }));
    expect(again).toEqual({ ok: false, refusal: { reason: "unknown_mode" } });
    expect(await region.enqueue(aCall(waiting.player_id, { mode: "2v2" }))).toMatchObject({ ok: true });

    expect(await region.stateOf(one.player_id)).toMatchObject({ type: "matched", match: { status: "pending" } });
    expect((await region.backfillOf(match.match_id))?.backfill).toBeNull();
    const refused = await region.askBackfill(match.match_id, { places: { teamA: 1 } });
    expect(refused).toEqual({ ok: false, refusal: { reason: "not_fillable", status: "pending" } });
    expect(await region.report(match.match_id, { winnerTeam: "teamA" })).toMatchObject({ ok: true });
    await region.ratingFailed([{ matchId: match.match_id, reason: "unknown_mode" }]);
    expect(await region.failedMatches()).toMatchObject([{ matchId: match.match_id, failure: "unknown_mode" }]);
  });

  for (const { listener } of [waiting, leader, member])
    expect(await listener.hear("queue.left")).toMatchObject({ reason: "mode_removed", mode: "asking", match_id: null });
  for (const { listener } of asked)
    expect(await listener.hear("queue.left")).toMatchObject({
      reason: "mode_removed",
      match_id: matchId,
      cool_down: null,
    });
  for (const { listener } of [waiting, leader, member, ...asked, one, elsewhere]) expect(listener.closing).toBeNull();
});
