import type { Result } from "../../../src/core/result.ts";
import type { EnqueueCallRefusal, TicketReceipt } from "../../../src/region/rpc.ts";
import type { Heard } from "../platform/region-host.ts";
import type { RegionSeat, World } from "../world.ts";
import type { Act } from "./act.ts";
import { anyOf, outcomeOf } from "./act.ts";

const MODES = [
  ["pairs", 4],
  ["duel", 3],
  ["asking", 3],
  ["served", 2],
] as const;

function anySeat(world: World): RegionSeat {
  const seat = world.choice.pick(world.seats);
  if (seat === undefined) throw new Error("there are regions");
  return seat;
}

function received({ tally, checkers, digest }: World, { durable }: RegionSeat) {
  return (heard: Heard<Result<TicketReceipt, EnqueueCallRefusal>>) => {
    if (heard.type === "unknown") return tally.count("enqueue: unknown");
    tally.count(`enqueue: ${outcomeOf(heard.answer)}`);
    digest.note(JSON.stringify(heard.answer));
    if (heard.answer.ok) checkers.acknowledged.ticket(durable, heard.answer.value.ticketId);
  };
}

export const enqueue: Act = (world) => {
  const { choice } = world;
  const seat = anySeat(world);
  // Some knock at the wrong door.
  const from = choice.chance(0.02) ? anySeat(world) : seat;
  const playerId = choice.pick(from.playerIds) ?? "";
  const isSystem = choice.chance(0.3);
  const call = {
    playerId,
    mode: choice.weighted(MODES),
    constraints: {},
    isSystem,
    release: choice.chance(0.3),
    ...(choice.chance(0.3) && { lease: { kind: "http" } as const }),
  };
  world.mention(`${playerId} for ${call.mode} in ${seat.host.name}`);
  seat.host.call((region) => region.enqueue(call), received(world, seat));
};

export const enqueueParty: Act = (world) => {
  const { choice } = world;
  const seat = anySeat(world);
  const first = choice.below(seat.playerIds.length - 1);
  const playerIds = seat.playerIds.slice(first, first + 2);
  const mode = choice.chance(0.6) ? "pairs" : "asking";
  world.mention(`${playerIds} for ${mode}`);
  seat.host.call((region) => region.enqueueParty({ playerIds, mode, constraints: {} }), received(world, seat));
};

export const cancel: Act = (world) => {
  const { choice, tally, checkers } = world;
  const seat = anySeat(world);
  const ticket = anyOf(world, seat.durable.tickets.values());
  const playerId = ticket?.players[0]?.playerId ?? choice.pick(seat.playerIds) ?? "";
  const isSystem = choice.chance(0.2);
  world.mention(playerId);
  seat.host.call(
    (region) => region.cancel(playerId, isSystem),
    (heard) => {
      if (heard.type === "unknown") return tally.count("cancel: unknown");
      tally.count(`cancel: ${outcomeOf(heard.answer)}`);
      if (heard.answer.ok) checkers.acknowledged.cancelled(seat.durable, heard.answer.value.ticketId);
    },
  );
};

export const lookUp: Act = (world) => {
  const { choice, tally, checkers } = world;
  const seat = anySeat(world);
  const playerId = choice.pick(seat.playerIds) ?? "";
  const isSystem = choice.chance(0.2);
  world.mention(playerId);
  seat.host.call(
    (region) => region.stateOf(playerId, isSystem),
    (heard) => {
      if (heard.type === "unknown") return;
      tally.count(`state: ${heard.answer.type}`);
      if (heard.answer.type === "queued") checkers.acknowledged.ticket(seat.durable, heard.answer.ticket.ticketId);
    },
  );
};

/** Nobody waits any more. */
export const everybodyLeaves: Act = ({ seats, tally }) => {
  for (const { host, durable } of seats) {
    for (const { players } of durable.tickets.values()) {
      const [player] = players;
      if (player === undefined) continue;
      tally.count("leaves for the night");
      host.call(
        (region) => region.cancel(player.playerId),
        () => {},
      );
    }
  }
};

/** Most of those who are asked say yes. */
export const acceptAll: Act = (world) => {
  const { choice, tally, checkers } = world;
  const seat = anySeat(world);
  const { durable, host } = seat;
  const proposal = anyOf(world, durable.proposals.values());
  if (proposal === undefined) return;
  const { matchId } = proposal;
  world.mention(matchId);
  for (const { ticketId, accepted, round } of proposal.seats) {
    for (const { playerId } of durable.tickets.get(ticketId)?.players ?? []) {
      if (accepted.includes(playerId) || choice.chance(0.1)) continue;
      host.call(
        (region) => region.accept({ playerId, matchId, round }),
        (heard) => {
          if (heard.type === "unknown") return;
          tally.count(`accept: ${outcomeOf(heard.answer)}`);
          if (heard.answer.ok) checkers.acknowledged.accepted(durable, matchId, playerId);
        },
      );
    }
  }
};

export const decline: Act = (world) => {
  const { choice, tally } = world;
  const { durable, host } = anySeat(world);
  const proposal = anyOf(world, durable.proposals.values());
  const seat = choice.pick(proposal?.seats ?? []);
  const playerId = durable.tickets.get(seat?.ticketId ?? "")?.players[0]?.playerId;
  if (proposal === undefined || seat === undefined || playerId === undefined) return;
  const answer = { playerId, matchId: proposal.matchId, round: seat.round };
  world.mention(`${playerId} in ${proposal.matchId}`);
  host.call(
    (region) => region.decline(answer),
    (heard) => {
      if (heard.type === "answered") tally.count(`decline: ${outcomeOf(heard.answer)}`);
    },
  );
};

export { anySeat };
