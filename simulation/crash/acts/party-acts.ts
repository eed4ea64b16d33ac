import { leaderOf, memberIds } from "../../../src/core/party.ts";
import type { Act } from "./act.ts";
import { anyOf, outcomeOf } from "./act.ts";
import { anySeat } from "./queue-acts.ts";

export const createParty: Act = (world) => {
  const { choice, tally, checkers } = world;
  const { durable, host, playerIds } = anySeat(world);
  const playerId = choice.pick(playerIds) ?? "";
  world.mention(playerId);
  host.call(
    (region) => region.createParty({ playerId }),
    (heard) => {
      if (heard.type === "unknown") return;
      tally.count(`party: ${outcomeOf(heard.answer)}`);
      if (heard.answer.ok) checkers.acknowledged.member(durable, heard.answer.value.code, playerId);
    },
  );
};

export const joinParty: Act = (world) => {
  const { choice, tally, checkers } = world;
  const { durable, host, playerIds } = anySeat(world);
  const playerId = choice.pick(playerIds) ?? "";
  const party = anyOf(world, durable.parties.values());
  if (party === undefined) return;
  world.mention(`${playerId} to ${party.code}`);
  host.call(
    (region) => region.joinParty(party.code, { playerId }),
    (heard) => {
      if (heard.type === "unknown") return;
      tally.count(`join: ${outcomeOf(heard.answer)}`);
      if (heard.answer.ok) checkers.acknowledged.member(durable, party.code, playerId);
    },
  );
};

export const queueParty: Act = (world) => {
  const { choice, tally, checkers } = world;
  const { durable, host } = anySeat(world);
  const party = choice.pick([...durable.parties.values()].filter(({ members }) => members.length > 1));
  if (party === undefined) return;
  const mode = choice.chance(0.5) ? "pairs" : "asking";
  world.mention(`${memberIds(party)} for ${mode}`);
  const call = { playerId: leaderOf(party), mode, constraints: {}, isSystem: false, release: false };
  host.call(
    (region) => region.enqueue(call),
    (heard) => {
      if (heard.type === "unknown") return;
      tally.count(`party enqueue: ${outcomeOf(heard.answer)}`);
      if (heard.answer.ok) checkers.acknowledged.ticket(durable, heard.answer.value.ticketId);
    },
  );
};

export const leaveParty: Act = (world) => {
  const { choice, tally } = world;
  const { durable, host } = anySeat(world);
  const party = anyOf(world, durable.parties.values());
  const playerId = choice.pick(party === undefined ? [] : memberIds(party));
  if (party === undefined || playerId === undefined) return;
  const isEnd = choice.chance(0.3);
  world.mention(isEnd ? `all of ${party.code}` : `${playerId} from ${party.code}`);
  host.call(
    async (region) =>
      isEnd ? await region.disbandParty(party.code, null) : await region.leaveParty(party.code, playerId),
    (heard) => {
      if (heard.type === "answered") tally.count(`leave: ${outcomeOf(heard.answer)}`);
    },
  );
};
