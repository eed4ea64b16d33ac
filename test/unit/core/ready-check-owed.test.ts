import { expect, it } from "vitest";
import { aPlayer } from "../builders/a-player.ts";
import { aQueue, changesOfType } from "../builders/a-queue.ts";
import { askingModes, queueUp } from "../builders/a-ready-check.ts";
import { anEnqueueRequest } from "../builders/an-enqueue-request.ts";

const HELD = ["ann", "bob", "cay"];

/**
 * In a crowd that made the queue choosy, Ann, Bob and Cay come at 0, and Dan when they are to be asked. They accept, he
 * declines at 12 s, when Eve comes, who is some points better. Whether she is asked at 13 s.
 */
function isEveAsked(askedAtS: number, eveMu: number): boolean {
  const modes = askingModes();
  const queue = aQueue({ modes });
  for (let index = 0; index < 200; index += 1) {
    const playerId = `passer-by-${index}`;
    queue.enqueue(
      anEnqueueRequest(playerId, { mode: modes.defaultMode, player: aPlayer(playerId, 20 + index / 10) }),
      0,
    );
    queue.cancel(playerId, 0);
  }
  queueUp(queue, modes, HELD, 0);
  queueUp(queue, modes, ["dan"], askedAtS * 1_000 - 1_000);
  queue.tick(askedAtS * 1_000);
  const [proposed] = changesOfType(queue.takeChanges(), "proposal_changed");
  const matchId = proposed?.proposal.matchId ?? "";
  for (const playerId of HELD) queue.accept({ playerId, matchId, round: 1 }, askedAtS * 1_000 + 500);
  queue.decline({ playerId: "dan", matchId, round: 1 }, 12_000);
  queue.enqueue(anEnqueueRequest("eve", { mode: modes.defaultMode, player: aPlayer("eve", eveMu) }), 12_000);
  queue.tick(13_000);
  return queue.readyCheckOf("eve", 13_000) !== null;
}

it("counts the time that a ready check has taken twice while it looks for somebody else", () => {
  expect(isEveAsked(1, 30)).toBe(true);
  expect(isEveAsked(11, 30)).toBe(false);
  expect(isEveAsked(11, 28)).toBe(true);
  expect(isEveAsked(1, 32)).toBe(false);
});
