import { runInDurableObject } from "cloudflare:test";
import type { PlayerState } from "../../../src/core/queue-calls.ts";
import type { Region } from "../../../src/region/region.ts";
import { aCall, regionObject } from "../region-support.ts";
import { registerPlayers } from "../results-support.ts";
import type { Call } from "./cancel-judge.ts";
import { falseAnswers } from "./cancel-judge.ts";
import { Dice } from "./dice.ts";
import { drawRace } from "./draw-race.ts";
import type { MadeCall } from "./race-calls.ts";
import { makeCalls, socketAnswer } from "./race-calls.ts";
import type { RaceClock } from "./race-clock.ts";
import { insideEntry, outsideEntry } from "./race-entries.ts";
import type { JournalEntry } from "./race-journal.ts";
import { RaceJournal } from "./race-journal.ts";
import type { Holder } from "./race-record.ts";
import { RaceRecord } from "./race-record.ts";
import { Racers } from "./racers.ts";

/** Nobody else waits for the same build, so they wait for ever. */
const BYSTANDERS = 6;

/** A region, those who race in it, and the record of what happened there. */
export class RaceRegion {
  readonly name: string;
  readonly record = new RaceRecord();
  readonly racers: Racers;
  bystanders: readonly string[] = [];
  readonly #clock: RaceClock;
  readonly #dice: Dice;
  #races = 0;

  constructor(name: string, seed: number, clock: RaceClock) {
    this.name = name;
    this.racers = new Racers(name, this.record);
    this.#clock = clock;
    this.#dice = new Dice(seed);
  }

  async open(): Promise<void> {
    await runInDurableObject(regionObject(this.name), (_, state) => new RaceJournal(state.storage.sql).open());
    this.bystanders = await registerPlayers(BYSTANDERS, this.name);
    for (const playerId of this.bystanders) {
      const constraints = { attributes: { build: playerId } };
      await regionObject(this.name).enqueue(aCall(playerId, { mode: "hunt", constraints }));
    }
    await this.racers.connect();
  }

  /** @returns what everybody was told, and what of it is not so */
  async race(): Promise<{ readonly calls: readonly Call[]; readonly problems: readonly string[] }> {
    await this.racers.fillUp();
    this.#races += 1;
    const events = drawRace(this.#dice, {
      racers: this.racers.all,
      holderOf: (playerId) => this.record.holderOf(playerId),
      reportable: () => this.#reportable(),
    });
    const inside = events.filter(({ way }) => way === "direct" || way === "frame");
    const outside = events.filter(({ way }) => way === "rpc" || way === "socket");
    const fromOutside = outsideEntry(this.name, this.racers.listeners, this.#clock, this.record.position);
    const made = await Promise.all([
      runInDurableObject(regionObject(this.name), (region: Region, state) =>
        makeCalls(inside, insideEntry(region, state, this.#clock), String(this.#races)),
      ),
      makeCalls(outside, fromOutside, String(this.#races)),
    ]);
    const calls = await Promise.all(made.flat().map((one) => this.#answered(one)));
    const { holders, entries } = await this.#look();
    this.record.follow(entries);
    const problems = [...this.record.breaches, ...falseAnswers(calls, this.record), ...this.#differences(holders)];
    for (const event of events) if (event.do === "report") this.racers.retire(event.matchId);
    this.racers.retireOne(this.#dice);
    return { calls, problems };
  }

  /** What memory says of all racers, and what storage has written since, at one and the same moment. */
  async #look(): Promise<{ holders: ReadonlyMap<string, Holder>; entries: readonly JournalEntry[] }> {
    const playerIds = this.racers.all.map(({ playerId }) => playerId);
    return runInDurableObject(regionObject(this.name), async (region: Region, state) => {
      const states = playerIds.map((playerId) => region.stateOf(playerId).then(holderIn));
      const entries = new RaceJournal(state.storage.sql).take();
      const holders = await Promise.all(states);
      return { holders: new Map(playerIds.map((playerId, index) => [playerId, holders[index] ?? "nothing"])), entries };
    });
  }

  #differences(holders: ReadonlyMap<string, Holder>): string[] {
    return [...holders].flatMap(([playerId, holder]) => {
      const stored = this.record.holderOf(playerId);
      return holder === stored ? [] : [`${holder} holds ${playerId} in memory, and ${stored} in storage`];
    });
  }

  async #answered({ call, answer }: MadeCall): Promise<Call> {
    if (!("ref" in answer)) return { ...call, answer };
    const listener = this.racers.listeners.get(call.playerIds[0] ?? "");
    if (listener === undefined) throw new Error("only players with a socket are drawn to call by it");
    return { ...call, answer: socketAnswer(await listener.answerTo(answer.ref)) };
  }

  /** Matches of players who can be replaced. */
  #reportable(): string[] {
    const { listeners } = this.racers;
    return [...this.record.matches.values()]
      .filter(({ status, teams }) => {
        const players = teams.flat();
        return status === "pending" && players.every(({ playerId, released }) => !released && !listeners.has(playerId));
      })
      .map(({ matchId }) => matchId);
  }
}

export function holderIn(state: PlayerState): Holder {
  if (state.type === "queued") return `ticket ${state.ticket.ticketId}`;
  return state.type === "matched" ? `match ${state.match.matchId}` : "nothing";
}
