import type { Channel } from "../crash/channel.ts";
import type { TimedHistory } from "./timed-history.ts";

/** A channel whose enqueues are timed. One over a socket that is refused would show nowhere else. */
export function timed(channel: Channel, playerId: string, history: TimedHistory): Channel {
  return {
    enqueue: async (mode) => {
      const atMs = performance.now();
      history.wishes(playerId);
      const answer = await channel.enqueue(mode);
      history.enqueues.push({ atMs, tookMs: performance.now() - atMs, isInLine: answer.type !== "unknown" });
      return answer;
    },
    cancel: () => channel.cancel(),
    look: () => channel.look(),
    wait: () => channel.wait(),
    close: () => channel.close(),
  };
}
