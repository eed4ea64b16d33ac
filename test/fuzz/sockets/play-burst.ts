import { setTimeout as sleep } from "node:timers/promises";
import { BEARER_PROTOCOL_PREFIX, SOCKET_PROTOCOL } from "../../../src/region/socket-constants.ts";
import type { World } from "../world.ts";
import { BurstJudge } from "./burst-judge.ts";
import type { PlannedBurst, PlannedFrame } from "./planned-burst.ts";

const COMPLETE_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 5;
/** For an answer too many to come. */
const LISTEN_ON_MS = 20;

export interface PlayedBurst {
  readonly frames: readonly (string | Uint8Array)[];
  /** Empty: nothing is wrong. */
  readonly faults: readonly string[];
}

/** Opens a socket, sends everything at once, and listens until all of it is answered. */
export async function playBurst(url: string, planned: PlannedBurst, world: World): Promise<PlayedBurst> {
  const actor = world.player(planned.actor);
  const frames = planned.frames.map((frame) => frameOf(frame, planned, world));
  const judge = new BurstJudge(frames);
  const socket = openSocket(url, actor.token);
  socket.addEventListener("message", ({ data }) => {
    const message = judge.hears(data);
    // The next burst can answer what this one was asked.
    if (message !== null && "match_id" in message) world.own(actor.playerId, message.match_id);
  });
  socket.addEventListener("close", ({ code }) => judge.closed(code));
  socket.addEventListener("open", () => {
    for (const frame of frames) socket.send(frame);
  });
  for (const untilMs = Date.now() + COMPLETE_WITHIN_MS; !judge.isComplete && Date.now() < untilMs; ) {
    await sleep(LOOK_EVERY_MS);
  }
  await sleep(LISTEN_ON_MS);
  const faults = judge.verdict();
  socket.close(1000);
  return { frames, faults };
}

export function openSocket(url: string, token: string): WebSocket {
  const address = `${url.replace("http", "ws")}/matchmaking/ws`;
  return new WebSocket(address, [SOCKET_PROTOCOL, `${BEARER_PROTOCOL_PREFIX}${token}`]);
}

function frameOf(frame: PlannedFrame, { actor }: PlannedBurst, world: World): string | Uint8Array<ArrayBuffer> {
  if (frame.kind === "binary") return new Uint8Array(frame.bytes);
  if (frame.kind === "text") return frame.text.toWellFormed();
  return JSON.stringify(world.resolved(frame.value, world.player(actor)));
}
