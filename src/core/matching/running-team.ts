import type { Team } from "../match.ts";
import { presentPlayers } from "../match.ts";
import type { Mode } from "../mode.ts";
import type { Ticket } from "../ticket.ts";
import { RolePlaces } from "./role-places.ts";
import { rolesNeeded } from "./roles-needed.ts";

/** One team of a running match: who is there, what is empty, what is asked for. */
export class RunningTeam {
  readonly #rolePlaces: RolePlaces;
  readonly #offers: number[] = [];
  /** Those who come, in the order in which they were taken. */
  readonly joining: Ticket[] = [];
  readonly #tickets: Set<string>;
  muSum = 0;
  players: number;
  /** Places that nobody is in. */
  empty: number;
  /** Those of them that are to be filled. */
  asked: number;

  constructor(team: Team, asked: number, mode: Mode) {
    const present = presentPlayers(team);
    for (const { mu } of present) this.muSum += mu;
    this.players = present.length;
    this.empty = Math.max(0, mode.teamSize - present.length);
    this.asked = Math.min(asked, this.empty);
    this.#tickets = new Set(present.map(({ ticketId }) => ticketId));
    this.#rolePlaces = new RolePlaces({ roles: rolesNeeded(present, mode), teamSize: this.empty });
  }

  /** A party of n that is there has n − 1 bonds; see `balance.ts`. */
  get bonds(): number {
    return this.players - this.#tickets.size;
  }

  /** Whether a ticket fits whole, with roles that leave those free for others which the team still needs. */
  hasPlaceFor(ticket: Ticket): boolean {
    if (ticket.players.length > this.asked) return false;
    return this.#rolePlaces.areOpen || this.#rolePlaces.canSeat([...this.#offers, ...this.#offersOf(ticket)], 1);
  }

  take(ticket: Ticket): void {
    this.#offers.push(...this.#offersOf(ticket));
    this.joining.push(ticket);
    this.#tickets.add(ticket.ticketId);
    for (const { mu } of ticket.players) this.muSum += mu;
    this.players += ticket.players.length;
    this.empty -= ticket.players.length;
    this.asked -= ticket.players.length;
  }

  #offersOf({ players }: Ticket): number[] {
    return players.map((player) => this.#rolePlaces.offerOf(player));
  }
}
