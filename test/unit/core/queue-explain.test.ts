import { describe, expect, it } from "vitest";
import type { Queue } from "../../../src/core/queue.ts";
import type { AskedConstraints } from "../../../src/core/ticket.ts";
import { aModeTable } from "../builders/a-mode.ts";
import { aPlayer } from "../builders/a-player.ts";
import { aQueue, enqueueAll } from "../builders/a-queue.ts";
import { anEnqueueRequest } from "../builders/an-enqueue-request.ts";
import { HUNT } from "../builders/hunt-mode.ts";

const hunts = aModeTable(HUNT);

function enqueueForHunt(queue: Queue, playerId: string, asked: AskedConstraints, nowMs = 0): string {
  const constraints = { ...asked, attributes: { build: "1.4.2", ...asked.attributes } };
  const outcome = queue.enqueue(anEnqueueRequest(playerId, { mode: hunts.defaultMode, constraints }), nowMs);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
  return outcome.value.ticketId;
}

describe("explain", () => {
  it("knows nothing of a ticket that does not wait", () => {
    expect(aQueue().explain("id-00001", 0)).toBeNull();
  });

  it("counts those whom the rules allow, and names the rule that keeps most others out", () => {
    const queue = aQueue({ modes: hunts });
    const ann = enqueueForHunt(queue, "ann", { attributes: { map: ["dust"] }, avoid: ["eve"] });
    enqueueForHunt(queue, "bob", { attributes: { map: ["mirage"] } });
    enqueueForHunt(queue, "cay", { attributes: { map: ["inferno", "mirage"] } });
    enqueueForHunt(queue, "dan", {});
    enqueueForHunt(queue, "eve", {});
    expect(queue.explain(ann, 0)).toMatchObject({
      compatible: 1,
      nearEnough: 1,
      needed: 5,
      heldBackBy: { rule: "map", excludes: 2 },
    });
  });

  it("names another build before anything else, for such tickets never meet", () => {
    const queue = aQueue({ modes: hunts });
    const ann = enqueueForHunt(queue, "ann", {});
    enqueueForHunt(queue, "bob", { attributes: { build: "1.5.0" } });
    expect(queue.explain(ann, 0)).toMatchObject({ compatible: 0, heldBackBy: { rule: "build", excludes: 1 } });
  });

  it("says when only the hard rules will count, and that they do already", () => {
    const queue = aQueue({ modes: hunts });
    const ann = enqueueForHunt(queue, "ann", {}, 1_000);
    const relaxesAtMs = queue.explain(ann, 1_000)?.relaxesAtMs ?? 0;
    expect(relaxesAtMs).toBeGreaterThan(1_000);
    expect(relaxesAtMs).toBeLessThanOrEqual(31_000);
    expect(queue.explain(ann, 31_000)?.relaxesAtMs).toBeNull();
  });

  it("foretells its own tolerance", () => {
    const queue = aQueue({ modes: hunts });
    const ann = enqueueForHunt(queue, "ann", {});
    const now = queue.explain(ann, 5_000);
    const nothingNew = aQueue({ modes: hunts });
    enqueueForHunt(nothingNew, "ann", {});
    // The density forgets a little in the meantime, so tolerances grow a little more than was foretold.
    const later = nothingNew.explain(ann, 15_000)?.tolerance ?? 0;
    expect(later / (now?.toleranceIn[10] ?? 0)).toBeGreaterThan(0.9);
    expect(later / (now?.toleranceIn[10] ?? 0)).toBeLessThan(1.1);
  });

  it("changes nothing, however often it is asked", () => {
    const [asked, left] = [aQueue(), aQueue()];
    for (const queue of [asked, left]) {
      enqueueAll(queue, ["ann", "bob", "cay"], 0);
      queue.enqueue(anEnqueueRequest("dan", { player: aPlayer("dan", 31) }), 3_000);
    }
    for (const nowMs of [3_100, 3_333, 4_567]) for (const id of ["id-00001", "id-00004"]) asked.explain(id, nowMs);
    expect(asked.takeChanges()).toEqual(left.takeChanges());
    for (let nowMs = 5_000; nowMs < 60_000; nowMs += 1_000) {
      asked.explain("id-00001", nowMs - 300);
      asked.tick(nowMs);
      left.tick(nowMs);
    }
    const changes = left.takeChanges();
    expect(changes).not.toEqual([]);
    expect(asked.takeChanges()).toEqual(changes);
  });
});
