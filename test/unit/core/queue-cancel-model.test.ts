import { expect, it } from "vitest";
import type { PlayerState } from "../../../src/core/queue-calls.ts";
import { everyHistory } from "../builders/every-history.ts";
import { idOf } from "../builders/party-events.ts";

/** The one true answer to a cancel of somebody who is held by this. */
function answerFor(state: PlayerState): unknown {
  switch (state.type) {
    case "queued":
      return { ok: true, value: state.ticket };
    case "matched":
      return { ok: false, refusal: { reason: "in_match", matchId: state.match.matchId } };
    case "free":
      return { ok: false, refusal: { reason: "not_queued" } };
  }
}

it("whatever happened before, a cancel says what held the player, and afterwards no ticket does", () => {
  const cancels = { queued: 0, matched: 0, free: 0 };
  everyHistory((run, event) => {
    if (event.type !== "cancel") {
      run.step(event);
      return;
    }
    const playerId = idOf(event.player);
    const before = run.queue.stateOf(playerId);
    cancels[before.type] += 1;
    expect(run.step(event).answer).toEqual(answerFor(before));
    const held = before.type === "queued" ? before.ticket.players : [{ playerId }];
    const after = before.type === "matched" ? before : { type: "free" };
    for (const player of held) expect(run.queue.stateOf(player.playerId)).toEqual(after);
  });
  for (const count of Object.values(cancels)) expect(count).toBeGreaterThan(20);
});
