import { register } from "../http-support.ts";
import { regionObject } from "../region-support.ts";
import { registerPlayers } from "../results-support.ts";
import type { Dice } from "./dice.ts";
import type { Racer } from "./draw-race.ts";
import type { RaceRecord } from "./race-record.ts";
import { RacingListener } from "./racing-listener.ts";

const WITH_SOCKETS = 3;
const ALONE = 7;
const SPARES = 200;

/**
 * Who races in a region: some over sockets, some without, and a party that players made. Whoever is gone for good is
 * replaced by somebody whom the region has never heard of, and whose profile it must ask D1 for.
 */
export class Racers {
  readonly listeners = new Map<string, RacingListener>();
  readonly #region: string;
  readonly #record: RaceRecord;
  readonly #spares: string[] = [];
  #all: Racer[] = [];

  constructor(region: string, record: RaceRecord) {
    this.#region = region;
    this.#record = record;
  }

  async connect(): Promise<void> {
    for (let count = 0; count < WITH_SOCKETS; count += 1) {
      const { player_id, access_token } = await register(this.#region);
      this.listeners.set(player_id, await RacingListener.connect(access_token));
      this.#all.push({ playerId: player_id, hasSocket: true, party: null });
    }
  }

  get all(): readonly Racer[] {
    return this.#all;
  }

  /** Takes away the players of a match that was reported: by their new ratings they would be hard to match. */
  retire(matchId: string): void {
    const players = this.#record.matches.get(matchId)?.teams.flat() ?? [];
    this.#all = this.#all.filter((racer) => players.every(({ playerId }) => playerId !== racer.playerId));
  }

  /** Takes away somebody who is alone and not in line, and who may never have been. */
  retireOne(dice: Dice): void {
    const idle = this.#all.filter(({ playerId, hasSocket, party }) => {
      return !hasSocket && party === null && !this.#record.holderOf(playerId).startsWith("ticket");
    });
    const [gone] = dice.some(idle, 1, 1);
    this.#all = this.#all.filter((racer) => racer !== gone);
  }

  /** Everybody's places are filled again. A party in a match cannot be released from it, so another one comes. */
  async fillUp(): Promise<void> {
    const inParty = this.#all.filter(({ party }) => party !== null);
    const isPartyFree = inParty.every(({ playerId }) => !this.#record.holderOf(playerId).startsWith("match"));
    if (inParty.length !== 2 || !isPartyFree) {
      this.#all = [...this.#all.filter(({ party }) => party === null), ...(await this.#newParty())];
    }
    while (this.#all.length < WITH_SOCKETS + ALONE + 2) {
      this.#all.push({ playerId: await this.#spare(), hasSocket: false, party: null });
    }
  }

  async #newParty(): Promise<[Racer, Racer]> {
    const [leader, member] = [await this.#spare(), await this.#spare()];
    const region = regionObject(this.#region);
    const made = await region.createParty({ playerId: leader });
    if (!made.ok) throw new Error(`no party: ${made.refusal.reason}`);
    const joined = await region.joinParty(made.value.code, { playerId: member });
    if (!joined.ok) throw new Error(`no second member: ${joined.refusal.reason}`);
    return [
      { playerId: leader, hasSocket: false, party: "leader" },
      { playerId: member, hasSocket: false, party: "member" },
    ];
  }

  async #spare(): Promise<string> {
    if (this.#spares.length === 0) this.#spares.push(...(await registerPlayers(SPARES, this.#region)));
    return this.#spares.pop() ?? "";
  }
}
