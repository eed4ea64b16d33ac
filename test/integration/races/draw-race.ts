import type { Dice } from "./dice.ts";
import { sortedByPlace } from "./dice.ts";
import type { Holder } from "./race-record.ts";

/**
 * How a call reaches the region: `direct` and `frame` call the object's own methods and handlers from within, so that
 * they begin at exactly the drawn moment; `rpc` and `socket` come in from outside as in production.
 */
export type Way = "direct" | "frame" | "rpc" | "socket";

/** What is waited for before an event, which lets others in. */
export type Pause = "nothing" | "microtask" | "turn" | "read";

export type RaceEvent = { readonly way: Way; readonly pause: Pause } & (
  | { readonly do: "enqueue"; readonly playerId: string; readonly mode: string; readonly release: boolean }
  | { readonly do: "enqueue_party"; readonly playerIds: readonly string[]; readonly mode: string }
  | { readonly do: "cancel"; readonly playerId: string; readonly isSystem: boolean }
  | { readonly do: "tick" }
  | { readonly do: "report"; readonly matchId: string }
  | { readonly do: "look"; readonly playerId: string }
);

/** Somebody who takes part in a region's races. */
export interface Racer {
  readonly playerId: string;
  readonly hasSocket: boolean;
  /** Of a party that players made: only its leader queues. */
  readonly party: "leader" | "member" | null;
}

/** What there is to draw a race from. */
export interface Situation {
  readonly racers: readonly Racer[];
  readonly holderOf: (playerId: string) => Holder;
  /** Matches that may be reported. */
  readonly reportable: () => readonly string[];
}

/**
 * One race: its events in the order in which they begin.
 *
 * 1. Enough players for a match or two queue, each alone or two of them as a party. Whoever is in a match is released
 *    from it by the system.
 * 2. Several of them cancel, some twice, also in the name of their party or by the system's hand.
 * 3. The tick comes, sometimes twice; now and then a match is reported, or somebody looks where they stand.
 * 4. Each event has its place on a line, drawn from a span: first most enqueues, then cancels and ticks among each other.
 *    So every order occurs, and those most often in which there is something to decide.
 */
export function drawRace(dice: Dice, situation: Situation): RaceEvent[] {
  const mode = dice.isLucky(0.15) ? "1v1" : "2v2";
  const actors = drawActors(dice, situation.racers, mode);
  const events = [
    ...drawEnqueues(dice, situation, actors, mode),
    ...drawCancels(dice, situation.racers, actors),
    ...drawTicks(dice),
    ...drawOthers(dice, situation, actors),
  ];
  return sortedByPlace(events);
}

interface Placed {
  readonly one: RaceEvent;
  readonly place: number;
}

function drawActors(dice: Dice, racers: readonly Racer[], mode: string): Racer[] {
  const isPartyIn = mode === "2v2" && dice.isLucky(0.4);
  const candidates = racers.filter(({ party }) => party === null || (party === "leader" && isPartyIn));
  return mode === "2v2" ? dice.some(candidates, 4, 7) : dice.some(candidates, 2, 4);
}

function drawEnqueues(dice: Dice, { holderOf }: Situation, actors: readonly Racer[], mode: string): Placed[] {
  const free = actors.filter(({ playerId, party }) => party === null && holderOf(playerId) === "nothing");
  const [one, other] = mode === "2v2" && dice.isLucky(0.5) ? free : [];
  const together = one === undefined || other === undefined ? [] : [one, other];
  const alone = actors.filter((actor) => !together.includes(actor));
  const enqueues = alone.map((actor): RaceEvent => {
    const { playerId, party } = actor;
    const release = party === null && holderOf(playerId).startsWith("match");
    const way = release ? drawWayWithoutSocket(dice) : drawWay(dice, actor);
    return { do: "enqueue", playerId, mode, release, way, pause: drawPause(dice) };
  });
  if (together.length > 0) {
    const playerIds = together.map(({ playerId }) => playerId);
    enqueues.push({ do: "enqueue_party", playerIds, mode, way: drawWayWithoutSocket(dice), pause: drawPause(dice) });
  }
  return enqueues.map((one) => ({ one, place: dice.between(0, 1) }));
}

function drawCancels(dice: Dice, racers: readonly Racer[], actors: readonly Racer[]): Placed[] {
  const isPartyIn = actors.some(({ party }) => party === "leader");
  const companions = racers.filter(({ party }) => isPartyIn && party === "member");
  return dice.some([...actors, ...companions], 2, 5).flatMap((racer) => {
    const place = dice.between(0.2, 1.4);
    const cancel = (): RaceEvent => ({
      do: "cancel",
      playerId: racer.playerId,
      isSystem: dice.isLucky(0.2),
      way: drawWay(dice, racer),
      pause: drawPause(dice),
    });
    const first = { one: cancel(), place };
    if (dice.isLucky(0.6)) return [first];
    const isAtOnce = dice.isLucky(0.5);
    const second: Placed = isAtOnce
      ? { one: { ...cancel(), pause: "nothing" }, place }
      : { one: cancel(), place: dice.between(0.2, 1.4) };
    return [first, second];
  });
}

function drawTicks(dice: Dice): Placed[] {
  const tick = (): Placed => ({
    one: { do: "tick", way: drawWayWithoutSocket(dice), pause: drawPause(dice) },
    place: dice.between(0.4, 1.2),
  });
  return dice.isLucky(0.2) ? [tick(), tick()] : [tick()];
}

function drawOthers(dice: Dice, { reportable }: Situation, [watched]: readonly Racer[]): Placed[] {
  const others: RaceEvent[] = [];
  const [matchId] = dice.isLucky(0.1) ? dice.some(reportable(), 1, 1) : [];
  if (matchId !== undefined)
    others.push({ do: "report", matchId, way: drawWayWithoutSocket(dice), pause: drawPause(dice) });
  if (watched !== undefined && dice.isLucky(0.2)) {
    others.push({ do: "look", playerId: watched.playerId, way: drawWayWithoutSocket(dice), pause: drawPause(dice) });
  }
  return others.map((one) => ({ one, place: dice.between(0, 1.4) }));
}

function drawWay(dice: Dice, { hasSocket }: Racer): Way {
  return hasSocket ? dice.pick(["direct", "direct", "frame", "frame", "rpc", "socket"]) : drawWayWithoutSocket(dice);
}

function drawWayWithoutSocket(dice: Dice): Way {
  return dice.pick(["direct", "direct", "direct", "rpc"]);
}

function drawPause(dice: Dice): Pause {
  return dice.pick(["nothing", "nothing", "nothing", "microtask", "microtask", "microtask", "turn", "read"]);
}
