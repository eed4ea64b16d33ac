import type { Mode, ModeTable } from "../core/mode.ts";
import type { Party, PartyMember } from "../core/party.ts";
import { leaderOf, memberIds } from "../core/party.ts";
import type { JoinPartyRefusal } from "../core/party-calls.ts";
import type { PartyRequest, PlayerState } from "../core/queue-calls.ts";
import type { Result } from "../core/result.ts";
import { accept, refuse } from "../core/result.ts";
import type { TicketPlayer } from "../core/ticket.ts";
import type { RegionProfile } from "../db/region-profiles.ts";
import type { LoadGuard } from "./load-guard.ts";
import type { Profiles } from "./profiles.ts";
import type { QueueAccess } from "./queue-access.ts";
import type {
  CreateCallRefusal,
  EnqueueCall,
  EnqueueCallRefusal,
  EnqueuePartyCall,
  ProfileRefusal,
  TicketReceipt,
} from "./rpc.ts";
import { receiptOf } from "./ticket-receipt.ts";

export interface EntranceSettings extends QueueAccess {
  readonly modes: ModeTable;
  readonly profiles: Profiles;
  readonly guard: Pick<LoadGuard, "refusalOf">;
}

/**
 * How players come into the region: it finds out what must be known of them, and then asks the queue. Finding out may
 * wait for D1, and meanwhile anything can happen, so nothing that was seen before is relied upon after: the queue
 * decides. While the region has too much to do nobody new is let in; whoever has a place keeps it.
 */
export class Entrance {
  readonly #settings: EntranceSettings;

  constructor(settings: EntranceSettings) {
    this.#settings = settings;
  }

  /** See `RegionRpc.enqueue`. */
  async enqueue(call: EnqueueCall): Promise<Result<TicketReceipt, EnqueueCallRefusal>> {
    const { now, queue, event } = this.#settings;
    const { playerId, constraints, isSystem, release } = call;
    const lease = call.lease === undefined ? {} : { lease: call.lease };
    const waiting = queue().stateOf(playerId);
    const mode = this.#modeOf(call.mode, waiting);
    if (mode === undefined) return refuse({ reason: "unknown_mode" });
    const shed = waiting.type === "queued" ? null : this.#settings.guard.refusalOf("enqueue");
    if (shed !== null) return refuse(shed);
    // Whoever waits already has their ticket again, whether their party made it or the system.
    const party = waiting.type === "queued" ? undefined : queue().parties.of(playerId, now());
    if (party !== undefined && party.members.length > 1 && leaderOf(party) === playerId) {
      return this.#enqueueTogether(memberIds(party), { mode, constraints, code: party.code, isSystem, ...lease });
    }
    const player = this.#knownPlayer(playerId, mode, waiting) ?? (await this.#findPlayer(playerId, mode));
    if (!player.ok) return player;
    const request = { player: player.value, mode, constraints, isSystem, release, ...lease };
    return receiptOf(event((queue, nowMs) => queue.enqueue(request, nowMs)));
  }

  /** See `RegionRpc.enqueueParty`. */
  async enqueueParty(call: EnqueuePartyCall): Promise<Result<TicketReceipt, EnqueueCallRefusal>> {
    const asker = this.#settings.queue().stateOf(call.playerIds[0] ?? "");
    const mode = this.#modeOf(call.mode, asker);
    if (mode === undefined) return refuse({ reason: "unknown_mode" });
    const shed = asker.type === "queued" ? null : this.#settings.guard.refusalOf("enqueue");
    if (shed !== null) return refuse(shed);
    const { playerIds, constraints } = call;
    const lease = call.lease === undefined ? {} : { lease: call.lease };
    return this.#enqueueTogether(playerIds, { mode, constraints, code: null, isSystem: true, ...lease });
  }

  async createParty(member: PartyMember): Promise<Result<Party, CreateCallRefusal>> {
    const { queue, now, guard } = this.#settings;
    const shed = queue().parties.of(member.playerId, now()) === undefined ? guard.refusalOf("party") : null;
    if (shed !== null) return refuse(shed);
    const found = await this.#findAtHome([member.playerId]);
    return found.ok ? this.#settings.event((queue, nowMs) => queue.parties.create(member, nowMs)) : found;
  }

  /** A code that nobody made is refused before anything is read, so that guessing costs D1 nothing. */
  async joinParty(code: string, member: PartyMember): Promise<Result<Party, JoinPartyRefusal | ProfileRefusal>> {
    const { queue, now, event } = this.#settings;
    if (queue().parties.find(code, now()) === undefined) return refuse({ reason: "unknown_party" });
    const found = await this.#findAtHome([member.playerId]);
    if (found.ok) return event((queue, nowMs) => queue.parties.join(code, member, nowMs));
    if (found.refusal.reason !== "elsewhere") return found;
    return refuse({ reason: "party_in_other_region", playerIds: [member.playerId] });
  }

  /** @param playerIds the one who asks first */
  async #enqueueTogether(
    playerIds: readonly string[],
    terms: Omit<PartyRequest, "players">,
  ): Promise<Result<TicketReceipt, EnqueueCallRefusal>> {
    const players = await this.#findPlayers(playerIds, terms.mode);
    if (!players.ok) return players;
    const request = { ...terms, players: players.value };
    return receiptOf(this.#settings.event((queue, nowMs) => queue.enqueueParty(request, nowMs)));
  }

  #modeOf(name: string | undefined, asker: PlayerState): Mode | undefined {
    const { byName, defaultMode } = this.#settings.modes;
    return byName.get(name ?? (asker.type === "queued" ? asker.ticket.mode : defaultMode.name));
  }

  /** Whoever waits already is answered from the ticket, also while D1 is out; else from memory. */
  #knownPlayer(playerId: string, mode: Mode, state: PlayerState): Result<TicketPlayer, ProfileRefusal> | null {
    const waiting = waitingPlayer(playerId, state);
    if (waiting !== undefined) return accept(waiting);
    const profile = this.#settings.profiles.warm(playerId);
    if (profile === undefined) return null;
    if (profile.region !== this.#settings.region) return refuse({ reason: "elsewhere", region: profile.region });
    return accept(ticketPlayer(profile, mode));
  }

  async #findPlayer(playerId: string, mode: Mode): Promise<Result<TicketPlayer, ProfileRefusal>> {
    const found = await this.#findPlayers([playerId], mode);
    if (!found.ok) return found;
    const [player] = found.value;
    return player === undefined ? refuse({ reason: "unknown_player" }) : accept(player);
  }

  async #findPlayers(
    playerIds: readonly string[],
    mode: Mode,
  ): Promise<Result<readonly TicketPlayer[], ProfileRefusal>> {
    const waiting = playerIds.map((playerId) => waitingPlayer(playerId, this.#settings.queue().stateOf(playerId)));
    const others = playerIds.filter((_, index) => waiting[index] === undefined);
    const found = await this.#findAtHome(others, playerIds[0]);
    if (!found.ok) return found;
    const profiles = new Map(found.value.map((profile) => [profile.playerId, profile]));
    return accept(
      playerIds.flatMap((playerId, index) => {
        const profile = profiles.get(playerId);
        return waiting[index] ?? (profile === undefined ? [] : ticketPlayer(profile, mode));
      }),
    );
  }

  /**
   * The profiles of players who all belong here, in their order.
   *
   * @param askerId whose region is to be asked if it is not this one; of any other player that says nothing
   */
  async #findAtHome(
    playerIds: readonly string[],
    askerId = playerIds[0],
  ): Promise<Result<readonly RegionProfile[], ProfileRefusal>> {
    const { region, profiles, log } = this.#settings;
    const isCold = playerIds.some((playerId) => profiles.warm(playerId) === undefined);
    if (isCold && !profiles.canRead()) return refuse({ reason: "profile_unavailable" });
    try {
      const found = await profiles.findAll(playerIds);
      const known = found.filter((profile) => profile !== null);
      const unknown = playerIds.filter((_, index) => found[index] === null);
      if (unknown.length > 0) return refuse({ reason: "unknown_player", playerIds: unknown });
      const asker = known.find(({ playerId }) => playerId === askerId);
      if (asker !== undefined && asker.region !== region) return refuse({ reason: "elsewhere", region: asker.region });
      const foreign = known.filter((profile) => profile.region !== region).map(({ playerId }) => playerId);
      if (foreign.length > 0) return refuse({ reason: "party_in_other_region", playerIds: foreign });
      return accept(known);
    } catch (error) {
      log.error("profile_read_failed", error, { player_ids: playerIds });
      return refuse({ reason: "profile_unavailable" });
    }
  }
}

function waitingPlayer(playerId: string, state: PlayerState): TicketPlayer | undefined {
  return state.type === "queued" ? state.ticket.players.find((player) => player.playerId === playerId) : undefined;
}

function ticketPlayer({ playerId, ratings }: RegionProfile, mode: Mode): TicketPlayer {
  const { mu, sigma } = ratings.get(mode.name) ?? mode.rating;
  return { playerId, mu, sigma };
}
