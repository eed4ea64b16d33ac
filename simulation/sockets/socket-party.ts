import { HttpClient } from "../../client/http-client.ts";
import type { Party } from "../party.ts";
import type { PlayerRecord } from "./player-record.ts";
import type { SocketPlayer } from "./socket-player.ts";

/** Players who queue together, each over a socket of their own; most are alone. */
export class SocketParty {
  readonly party: Party;
  readonly leader: SocketPlayer;
  readonly members: readonly SocketPlayer[];
  readonly #gone = new AbortController();

  /** @param makePlayer makes one of its players; `fellows` and `isGone` are for their settings */
  constructor(
    party: Party,
    makePlayer: (
      player: Party["leader"],
      settings: { fellows: () => readonly PlayerRecord[]; isGone: () => void },
    ) => SocketPlayer,
  ) {
    const settings = {
      fellows: () => this.members.map(({ record }) => record),
      isGone: () => this.#vanish(),
    };
    this.party = party;
    this.leader = makePlayer(party.leader, settings);
    this.members = [this.leader, ...party.others.map((player) => makePlayer(player, settings))];
  }

  /** Aborted when they are gone for good. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Opens their sockets; those who are not alone make the party that they queue as. */
  async connect(url: string): Promise<void> {
    await Promise.all(this.members.map((member) => member.connect()));
    const [leader, ...others] = this.members.map(({ player }) => new HttpClient({ url, token: player.token }));
    if (leader === undefined || others.length === 0) return;
    const { code } = await leader.createParty();
    await Promise.all(others.map((member) => member.joinParty(code)));
  }

  /** They go together: nobody can play for somebody else. */
  #vanish(): void {
    for (const member of this.members) member.vanish();
    this.#gone.abort();
  }
}
