import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../../simulation/random.ts";
import type { Channel } from "./channel.ts";
import type { GameServer } from "./game-server.ts";
import type { History, Standing } from "./history.ts";
import type { Player } from "./service.ts";

const ASK_AGAIN_AFTER_MS = 200;

export interface Habits {
  /** Between two games. */
  readonly restMs: readonly [least: number, most: number];
  /** Of the looks at a place in line: the player leaves it instead. */
  readonly leavingShare: number;
}

const RESTLESS: Habits = { restMs: [0, 300], leavingShare: 0.08 };

export interface LifeSettings {
  readonly player: Player;
  readonly mode: string;
  readonly games: number;
  readonly channel: Channel;
  readonly gameServer: GameServer;
  readonly history: History;
  readonly random: Random;
  /** Aborted: play what has begun, and queue no more. */
  readonly leaving: AbortSignal;
  /** Absent: no pause to speak of, and now and then out of the line. */
  readonly habits?: Habits;
}

/** One player from the first game to the last: queues, waits, now and then leaves, plays. One thing after the other. */
export async function live(settings: LifeSettings): Promise<void> {
  const { player, mode, games, channel, gameServer, history, random, leaving, habits = RESTLESS } = settings;
  let standing = await look(settings);
  for (let played = 0; ; ) {
    if (standing.type === "matched") {
      await gameServer.play(standing.matchId, player);
      played += 1;
      await sleep(random.between(...habits.restMs));
      standing = await look(settings);
    } else if (standing.type === "queued") {
      standing = await waitInLine(settings);
    } else if (played >= games || leaving.aborted) {
      break;
    } else {
      const answer = await channel.enqueue(mode);
      history.add(player.playerId, { did: "enqueue", answer });
      standing = answer.type === "unknown" ? await look(settings) : answer;
    }
  }
  channel.close();
}

async function waitInLine(settings: LifeSettings): Promise<Standing> {
  const { player, channel, history, random, leaving, habits = RESTLESS } = settings;
  if (!leaving.aborted && random.between(0, 1) >= habits.leavingShare) {
    await channel.wait();
    return look(settings);
  }
  const answer = await channel.cancel();
  history.add(player.playerId, { did: "cancel", answer });
  if (answer.type === "dequeued" || answer.type === "unknown") return look(settings);
  return answer;
}

/** Until there is an answer. */
async function look({ player, channel, history }: LifeSettings): Promise<Standing> {
  for (;;) {
    const answer = await channel.look();
    if (answer !== null) {
      history.add(player.playerId, { did: "look", answer });
      return answer;
    }
    await sleep(ASK_AGAIN_AFTER_MS);
  }
}
