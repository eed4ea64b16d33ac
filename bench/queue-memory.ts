import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { assert } from "../src/core/assert.ts";
import { LIMITS } from "../src/core/limits.ts";
import type { Mode, ModeTable } from "../src/core/mode.ts";
import { resolveModes } from "../src/core/mode-definition.ts";
import { Queue } from "../src/core/queue.ts";
import { EMPTY_QUEUE_STATE } from "../src/core/queue-state.ts";
import type { TicketPlayer } from "../src/core/ticket.ts";
import { fillPool } from "./tick-worker/pool.ts";

export interface QueueMemory {
  readonly tickets: number;
  /** Live heap of the full queue, in MB, with Node's pointers of 8 bytes; workerd's have 4. */
  readonly waitingMb: number;
  /** The process was given no more heap than this and lived through the tick that matches everybody. */
  readonly heapLimitMb: number;
}

const START_MS = 1_800_000_000_000;
const HEAP_LIMIT_MB = 160;
const EVERYBODY_OVERDUE_MS = 61_000;

/** The most tickets that a region takes, in a process of its own: enqueued one by one, then all matched in one tick. */
export function measureQueueMemory(): QueueMemory {
  const flags = ["--expose-gc", `--max-old-space-size=${HEAP_LIMIT_MB}`, "--max-semi-space-size=4"];
  const output = execFileSync("node", [...flags, fileURLToPath(import.meta.url)], { encoding: "utf8" });
  const waitingMb = Number(output);
  assert(waitingMb > 0, `the measuring process answers with a number: ${output}`);
  return { tickets: LIMITS.waitingPlayers, waitingMb, heapLimitMb: HEAP_LIMIT_MB };
}

function fillAndTick(): number {
  const modes = modeTable();
  const queue = new Queue(
    { region: "EUW", modes, locations: ["EUW"], newId: countingIds(), newSecret: () => "" },
    EMPTY_QUEUE_STATE,
    START_MS,
  );
  const players = fillPool({ shape: "2v2", tickets: LIMITS.waitingPlayers, partyShares: [1] }).flatMap(
    (ticket) => ticket.players,
  );
  while (players.length > 0) {
    for (const player of players.splice(-1_000)) enqueue(queue, player, modes.defaultMode);
    queue.takeChanges();
  }
  globalThis.gc?.();
  const waitingMb = process.memoryUsage().heapUsed / 1e6;
  queue.tick(START_MS + EVERYBODY_OVERDUE_MS);
  assert(queue.waitingTickets("2v2") < 100, "nearly everybody was matched");
  return waitingMb;
}

function modeTable(): ModeTable {
  const modes = resolveModes([{ name: "2v2", teams: 2, teamSize: 2 }], 0.1);
  assert(modes.ok, "2v2 is a possible mode");
  return modes.value;
}

function enqueue(queue: Queue, player: TicketPlayer, mode: Mode): void {
  const outcome = queue.enqueue({ player, mode, constraints: {}, isSystem: false, release: false }, START_MS);
  assert(outcome.ok, "there is room for everybody");
}

/** As long as real ones. */
function countingIds(): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `01JBZ8M3T2X4V6C8B0${String(last).padStart(8, "0")}`;
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(fillAndTick().toFixed(1));
