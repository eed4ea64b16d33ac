import type { Act } from "./act.ts";
import { anyOf } from "./act.ts";
import { anySeat } from "./queue-acts.ts";

const TOKEN_MS = 3_600_000;

export const connect: Act = (world) => {
  const { choice, tally, time } = world;
  const { host, playerIds } = anySeat(world);
  const playerId = choice.pick(playerIds) ?? "";
  world.mention(playerId);
  const headers = new Map([
    ["x-muster-player", playerId],
    ["x-muster-issued-at-ms", String(time.nowMs)],
    ["x-muster-expires-at-ms", String(time.nowMs + TOKEN_MS)],
  ]);
  const request = { headers } as unknown as Request;
  host.call(
    (region) => region.fetch(request),
    (heard) => tally.count(heard.type === "answered" ? `connect: ${heard.answer.status}` : "connect: unknown"),
  );
};

/** The other end goes; the region hears of it, or never does. */
export const disconnect: Act = (world) => {
  const { choice } = world;
  const { host } = anySeat(world);
  const socket = anyOf(world, host.sockets.of());
  if (socket === undefined) return;
  world.mention(socket.playerId);
  host.sockets.remove(socket);
  if (choice.chance(0.9)) host.enterSocket((region) => region.webSocketClose(socket as unknown as WebSocket, 1006));
};

/** A frame that means something where its player stands, or nothing. */
export const sendFrame: Act = (world) => {
  const { choice, tally } = world;
  const { host, durable } = anySeat(world);
  const socket = anyOf(world, host.sockets.of());
  if (socket === undefined) return;
  const type = choice.weighted([
    ["enqueue", 8],
    ["cancel", 2],
    ["ack", 3],
    ["accept", 6],
    ["decline", 1],
  ]);
  const proposal = [...durable.proposals.values()].find(({ seats }) =>
    seats.some(({ ticketId }) =>
      durable.tickets.get(ticketId)?.players.some(({ playerId }) => playerId === socket.playerId),
    ),
  );
  const answer = { match_id: proposal?.matchId ?? "none", round: proposal?.round ?? 1 };
  const rest = type === "enqueue" ? { mode: choice.chance(0.5) ? "asking" : "pairs" } : type === "cancel" ? {} : answer;
  tally.count(`frame: ${type}`);
  world.mention(`${socket.playerId}: ${type}`);
  const frame = JSON.stringify({ type, ...rest, ref: "r" });
  host.enterSocket((region) => region.webSocketMessage(socket as unknown as WebSocket, frame));
};
