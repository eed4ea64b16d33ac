import { describe, expect, it, vi } from "vitest";
import { Outbox } from "../../../src/core/outbox.ts";
import { Pools } from "../../../src/core/pools.ts";
import type { Queue } from "../../../src/core/queue.ts";
import type { Ticket } from "../../../src/core/ticket.ts";
import { Log } from "../../../src/log.ts";
import { Metrics } from "../../../src/metrics/metrics.ts";
import { InvariantWatch } from "../../../src/region/invariant-watch.ts";
import { aQueue, aQueueWithMatchIn, enqueueAll } from "../builders/a-queue.ts";
import { aSolo } from "../builders/a-ticket.ts";

function aWatch() {
  const metrics = new Metrics();
  const log = new Log("off");
  const error = vi.spyOn(log, "error");
  const watch = new InvariantWatch("EUW", metrics, log);
  const countOf = async (invariant: string) => {
    const { values } = await metrics.invariantViolations.get();
    return values.find(({ labels }) => labels.invariant === invariant)?.value;
  };
  return { watch, error, countOf };
}

/** A queue that loses one of its two tickets when it is restored. */
function aQueueThatLost(ticketId: string): Queue {
  const add = Pools.prototype.add;
  Pools.prototype.add = function (this: Pools, ticket: Ticket) {
    if (ticket.ticketId !== ticketId) add.call(this, ticket);
  };
  try {
    return aQueue({ state: { tickets: [aSolo("ann", 25), aSolo("bob", 25)] } });
  } finally {
    Pools.prototype.add = add;
  }
}

describe("the watch over a region", () => {
  it("shows each invariant at 0 before anything happened", async () => {
    const { countOf } = aWatch();
    for (const invariant of ["players_bound_once", "tickets_conserved", "matches_whole", "results_accounted"])
      expect(await countOf(invariant)).toBe(0);
  });

  it("counts what the ledger found and logs it with the ids, once", async () => {
    const { watch, error, countOf } = aWatch();
    const live = { queue: aQueueThatLost("ticket-of-bob"), outbox: new Outbox() };
    watch.check(live);
    watch.check(live);
    expect(await countOf("tickets_conserved")).toBe(1);
    expect(error).toHaveBeenCalledWith("invariant_violated", "tickets held: 1 fewer than the ledger", {
      invariant: "tickets_conserved",
      ids: ["ticket-of-bob"],
    });
  });

  it("finds a reported match that nothing will send", async () => {
    const { watch, error, countOf } = aWatch();
    const { queue, match } = aQueueWithMatchIn("reporting");
    const outbox = new Outbox();
    outbox.add(match.matchId, 0);
    watch.check({ queue, outbox });
    expect(await countOf("results_accounted")).toBe(0);
    outbox.remove(match.matchId);
    watch.check({ queue, outbox });
    watch.check({ queue, outbox });
    expect(await countOf("results_accounted")).toBe(1);
    expect(error).toHaveBeenCalledWith("invariant_violated", expect.any(String), {
      invariant: "results_accounted",
      ids: [match.matchId],
    });
  });

  it("finds that storage lost a ticket or a result that was written before an event failed", async () => {
    const { watch, countOf } = aWatch();
    const { queue } = aQueueWithMatchIn("reporting");
    enqueueAll(queue, ["eve"], 3_000);
    const outbox = new Outbox();
    watch.written({ queue, outbox });
    watch.cameBack({ queue: aQueue({ state: { tickets: [aSolo("eve", 25)] } }), outbox });
    expect(await countOf("results_accounted")).toBe(1);
    expect(await countOf("tickets_conserved")).toBe(0);
    watch.cameBack({ queue: aQueue(), outbox });
    expect(await countOf("tickets_conserved")).toBe(1);
  });

  it("has nothing to compare a region with that wrote nothing so far", async () => {
    const { watch, error } = aWatch();
    watch.cameBack({ queue: aQueue(), outbox: new Outbox() });
    expect(error).not.toHaveBeenCalled();
  });
});
