import type { Act } from "./act.ts";
import { anyOf, outcomeOf } from "./act.ts";
import { anySeat } from "./queue-acts.ts";

/** Also once more, also with another result, also of matches that are long over. */
export const report: Act = (world) => {
  const { choice, tally, checkers, digest } = world;
  const { durable, host } = anySeat(world);
  const running = [...durable.matches.values()].filter(({ status }) => status === "pending" || status === "abandoned");
  const isRepeat = choice.chance(0.15);
  const matchId = isRepeat ? anyOf(world, durable.matches.keys()) : choice.pick(running)?.matchId;
  if (matchId === undefined) return;
  const result = choice.pick([
    { winnerTeam: "teamA" },
    { winnerTeam: "teamB" },
    { placements: { teamA: 1, teamB: 1 } },
  ] as const);
  if (result === undefined) return;
  const times = choice.chance(0.1) ? 2 : 1;
  world.mention(`${times} × ${matchId}: ${JSON.stringify(result)}`);
  for (let time = 0; time < times; time += 1) {
    host.call(
      (region) => region.report(matchId, result),
      (heard) => {
        if (heard.type === "unknown") return tally.count("report: unknown");
        const { answer } = heard;
        tally.count(`report: ${outcomeOf(answer)}`);
        digest.note(JSON.stringify(answer));
        if (answer.ok) checkers.acknowledged.reported(durable, matchId, answer.value.result?.placements ?? {});
        else if (answer.refusal.reason === "already_reported")
          checkers.acknowledged.reported(durable, matchId, answer.refusal.placements);
      },
    );
  }
};

export const assign: Act = (world) => {
  const { choice, tally, checkers } = world;
  const { durable, host } = anySeat(world);
  const waiting = [...durable.matches.values()].filter(
    ({ status, assignment }) => status === "pending" && assignment?.type === "awaiting",
  );
  const match = choice.chance(0.9) ? choice.pick(waiting) : anyOf(world, durable.matches.values());
  if (match === undefined) return;
  const connection = JSON.stringify({ address: `server-${choice.below(3)}` });
  world.mention(`${match.matchId} to ${connection}`);
  host.call(
    (region) => region.assign(match.matchId, connection),
    (heard) => {
      if (heard.type === "unknown") return;
      tally.count(`assign: ${outcomeOf(heard.answer)}`);
      if (heard.answer.ok) checkers.acknowledged.assigned(durable, match.matchId, connection);
    },
  );
};

export const askBackfill: Act = (world) => {
  const { choice, tally } = world;
  const { durable, host } = anySeat(world);
  const match = choice.pick(
    [...durable.matches.values()].filter(({ status, mode }) => status === "pending" && mode === "pairs"),
  );
  const leaver = choice.pick(choice.pick(match?.teams ?? [])?.players ?? []);
  if (match === undefined || leaver === undefined) return;
  world.mention(`${match.matchId} for ${leaver.playerId}`);
  host.call(
    (region) => region.askBackfill(match.matchId, { replaces: [leaver.playerId] }),
    (heard) => {
      if (heard.type === "answered") tally.count(`backfill: ${outcomeOf(heard.answer)}`);
    },
  );
};

export const cancelBackfill: Act = (world) => {
  const { tally } = world;
  const { durable, host } = anySeat(world);
  const match = anyOf(world, durable.matches.values());
  if (match === undefined) return;
  world.mention(match.matchId);
  host.call(
    (region) => region.cancelBackfill(match.matchId),
    (heard) => {
      if (heard.type === "answered") tally.count(`backfill cancelled: ${outcomeOf(heard.answer)}`);
    },
  );
};

/** An operator has failed ratings tried again. */
export const redrive: Act = (world) => {
  const { tally, checkers } = world;
  for (const { durable, host } of world.seats) {
    for (const { matchId, status } of durable.matches.values()) {
      if (status !== "rating_failed") continue;
      world.mention(matchId);
      host.call(
        (region) => region.redrive(matchId),
        (heard) => {
          if (heard.type === "unknown") return;
          tally.count(`redrive: ${outcomeOf(heard.answer)}`);
          if (heard.answer.ok) checkers.acknowledged.redriven(durable, matchId);
        },
      );
    }
  }
};
