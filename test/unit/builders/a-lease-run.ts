import type { Change } from "../../../src/core/changes.ts";
import type { LeaseClock } from "../../../src/core/lease-clock.ts";
import type { Queue } from "../../../src/core/queue.ts";
import type { AskedLease } from "../../../src/core/queue-calls.ts";
import type { Ticket } from "../../../src/core/ticket.ts";
import { aModeDefinition, aModeTable } from "./a-mode.ts";
import { aPlayer } from "./a-player.ts";
import { aQueue } from "./a-queue.ts";
import { aStore } from "./a-store.ts";
import { expectClocksFollow } from "./expect-clocks-follow.ts";
import type { LeaseEvent } from "./lease-events.ts";
import { LeaseModel, MODEL_GRACE_S, MODEL_HTTP_LEASE_S, MODEL_SYSTEM_LEASE_MS } from "./lease-model.ts";

const times = { socketGraceS: MODEL_GRACE_S, httpLeaseS: MODEL_HTTP_LEASE_S };
const MODES = aModeTable(
  aModeDefinition({ ...times, readyCheck: { acceptS: 9, repairS: 4, coolDownsS: [] } }),
  aModeDefinition({ ...times, name: "1v1", teamSize: 1 }),
);

const LEASES: Readonly<Record<string, AskedLease>> = {
  socket: { kind: "socket" },
  http: { kind: "http" },
  system_leased: { kind: "http", ms: MODEL_SYSTEM_LEASE_MS },
};

export function playerName(player: number): string {
  return `p${player}`;
}

/** A region and the model of its leases, through the same events. */
export class LeaseRun {
  readonly model = new LeaseModel();
  readonly #store = aStore();
  #nowMs = 1_000_000;
  #lastId = 0;
  queue: Queue = this.#open();

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Passes the time until an event and lets it happen. @returns what the region recorded; the model has not heard of it */
  happen(event: LeaseEvent): readonly Change[] {
    this.#nowMs += event.afterMs;
    if (event.type === "restart") {
      this.model.restart(event.isKilled, this.#nowMs);
      this.queue = this.#open();
    } else if (event.type === "tick") {
      this.model.tick(this.#nowMs);
      this.queue.tick(this.#nowMs);
    } else if (event.type === "enqueue") this.#enqueue(event);
    else this.#act(event.type, playerName(event.player));
    const changes = this.queue.takeChanges();
    for (const change of changes) {
      expectClocksFollow(this.#store, change);
      this.#store.write([change]);
    }
    return changes;
  }

  /** What is stored of a ticket's players. */
  storedClocks({ ticketId }: Ticket): readonly LeaseClock[] {
    return this.#store.clocks.get(ticketId) ?? [];
  }

  /** The region as it would come back from its storage now. */
  wake(): Queue {
    return this.#open();
  }

  isAsked(playerId: string): boolean {
    return this.queue.readyCheckOf(playerId, this.#nowMs) !== null;
  }

  #enqueue({ player, other, mode: name, by }: LeaseEvent & { readonly type: "enqueue" }): void {
    const playerId = playerName(player);
    if (by === "socket" && !this.model.sockets.includes(playerId)) return;
    const isSystem = by.startsWith("system");
    const isTogether = other !== player && name !== "1v1";
    for (const one of isTogether ? [player, other] : [player]) {
      if (by !== "socket") this.model.seen(playerName(one), this.#nowMs, isSystem);
    }
    const mode = MODES.byName.get(name) ?? MODES.defaultMode;
    const lease = LEASES[by];
    const wish = { mode, constraints: {}, ...(lease !== undefined && { lease }) };
    if (!isTogether) {
      this.queue.enqueue({ ...wish, player: aPlayer(playerId), isSystem, release: true }, this.#nowMs);
      return;
    }
    const players = [aPlayer(playerId), aPlayer(playerName(other))];
    this.queue.enqueueParty({ ...wish, players, code: null, isSystem }, this.#nowMs);
  }

  #act(type: Exclude<LeaseEvent["type"], "enqueue" | "tick" | "restart">, playerId: string): void {
    const check = this.queue.readyCheckOf(playerId, this.#nowMs);
    const answer = { playerId, matchId: check?.matchId ?? "none", round: check?.round ?? 1 };
    if (type === "connect") {
      this.model.connect(playerId);
      this.queue.leases.connected(playerId, this.#nowMs);
    } else if (type === "disconnect") {
      if (!this.model.sockets.includes(playerId)) return;
      this.model.disconnect(playerId, this.#nowMs);
      this.queue.leases.disconnected(playerId, this.#nowMs);
    } else if (type === "cancel") this.queue.cancel(playerId, this.#nowMs);
    else if (type === "polled") {
      this.model.seen(playerId, this.#nowMs, true);
      this.queue.leases.seen(playerId, this.#nowMs, true);
    } else {
      this.model.seen(playerId, this.#nowMs);
      if (type === "seen") this.queue.leases.seen(playerId, this.#nowMs);
      if (type === "accept") this.queue.accept(answer, this.#nowMs);
      if (type === "decline") this.queue.decline(answer, this.#nowMs);
    }
  }

  #open(): Queue {
    // Ids of one life must not come again in the next.
    this.#lastId += 1_000;
    return aQueue({
      modes: MODES,
      state: this.#store.read(),
      nowMs: this.#nowMs,
      lastId: this.#lastId,
      connected: this.model.sockets,
    });
  }
}
