import { Admission } from "./admission.ts";
import { Assignments } from "./assignments.ts";
import { Backfills } from "./backfills.ts";
import { ChangeLog } from "./change-log.ts";
import { CoolDowns } from "./cool-downs.ts";
import { Leases } from "./leases.ts";
import { Ledger } from "./ledger/ledger.ts";
import type { Violation } from "./ledger/violation.ts";
import { Line } from "./line.ts";
import { LiveMatches } from "./live-matches.ts";
import type { Match } from "./match.ts";
import { MatchLifecycle } from "./match-lifecycle.ts";
import { MatchMaker } from "./match-maker.ts";
import type { Seekers } from "./matchmaking.ts";
import { Matchmaking } from "./matchmaking.ts";
import type { ModeTable } from "./mode.ts";
import { largestPartySize } from "./mode.ts";
import { Occupancy } from "./occupancy.ts";
import { Parties } from "./parties.ts";
import type { PartyQueue } from "./party-calls.ts";
import { Pools } from "./pools.ts";
import type { QueueState } from "./queue-state.ts";
import { readmit } from "./readmit.ts";
import { ReadyChecks } from "./ready-checks.ts";
import { Revocations } from "./revocations.ts";

export interface QueueSettings {
  readonly region: string;
  readonly modes: ModeTable;
  /** Where servers can be; latencies are said by these names. */
  readonly locations: readonly string[];
  /** The operator has closed it: whoever waits is sent away, nobody comes in, and its matches go on to their end. */
  readonly isClosed?: boolean;
  /** A new id that sorts by time. */
  readonly newId: (nowMs: number) => string;
  /** A new text that nobody can guess, of Crockford's base32. */
  readonly newSecret: () => string;
}

/** What a queue consists of, wired together. */
export class QueueParts {
  readonly pools = new Pools();
  readonly occupancy = new Occupancy();
  readonly ledger: Ledger;
  readonly changes: ChangeLog;
  readonly matches: LiveMatches;
  readonly lifecycle: MatchLifecycle;
  readonly matchmaking: Matchmaking;
  readonly leases: Leases;
  readonly line: Line;
  readonly maker: MatchMaker;
  readonly coolDowns: CoolDowns;
  readonly readyChecks: ReadyChecks;
  readonly parties: Parties;
  readonly assignments: Assignments;
  readonly backfills: Backfills;
  readonly admission: Admission;
  readonly revocations: Revocations;

  /** @param queue what it is all for */
  constructor(
    settings: QueueSettings,
    queue: PartyQueue,
    state: QueueState,
    isConnected: (playerId: string) => boolean,
    nowMs: number,
  ) {
    const { modes, region, newSecret, isClosed = false } = settings;
    const ledger = new Ledger(state, modes, nowMs);
    this.ledger = ledger;
    this.changes = new ChangeLog((change) => ledger.book(change));
    const { pools, occupancy, changes } = this;
    this.matches = new LiveMatches(state.matches, state.highestRev);
    const changed = (match: Match, atMs: number) => this.backfills.matchChanged(match, atMs);
    this.lifecycle = new MatchLifecycle(this.matches, occupancy, changes, changed);
    const seekers: Seekers = {
      areThere: (mode) => this.readyChecks.hasEmptyPlaces(mode) || this.backfills.areOpen(mode),
      couldFind: (mode) => this.readyChecks.hasEmptyPlaces(mode) || this.backfills.isSeeking(mode),
    };
    this.matchmaking = new Matchmaking(modes, pools, state, seekers, nowMs);
    const poolChanged = (mode: string, atMs: number) => this.matchmaking.poolChanged(mode, atMs);
    const ticketOf = (playerId: string) => this.line.ticketOf(playerId);
    this.leases = new Leases({ modes, pools, changes, ticketOf, isConnected, poolChanged });
    this.line = new Line(pools, occupancy, this.matchmaking, this.leases, changes);
    this.maker = new MatchMaker(this.line, this.matchmaking, this.matches, this.lifecycle);
    this.coolDowns = new CoolDowns(changes, state.coolDowns, nowMs);
    this.readyChecks = new ReadyChecks({
      modes,
      line: this.line,
      coolDowns: this.coolDowns,
      changes,
      confirm: (teams, mode, matchId, atMs) => this.maker.make(teams, mode, matchId, atMs),
      isConnected,
      findOthers: (held, mode, atMs) => this.matchmaking.findOthers(held, mode, atMs),
      needChanged: poolChanged,
    });
    this.revocations = new Revocations(queue, () => this.parties, changes, state.revocations ?? []);
    const refusalOf = (playerIds: readonly string[]) => this.revocations.refusalOf(playerIds);
    const party = { region, newSecret, mostMembers: largestPartySize(modes), isClosed, refusalOf };
    this.parties = new Parties(party, queue, changes, state.parties);
    const isProposed = (matchId: string) => this.readyChecks.publicMatch(matchId) !== null;
    this.assignments = new Assignments({ ...settings, ...this, isProposed });
    this.backfills = new Backfills({ ...settings, ...this, isProposed });
    const playerCount = () => pools.playerCount;
    this.admission = new Admission({ ...settings, ...this, playerCount, stateOf: (id) => queue.stateOf(id) });
  }
}

/** Takes up what was stored: everybody is held again by what held them. */
export function takeUp(
  state: QueueState,
  settings: QueueSettings,
  { occupancy, line, readyChecks, backfills, matchmaking, parties }: QueueParts,
  nowMs: number,
): void {
  for (const match of state.matches) if (match.status === "pending") occupancy.holdByMatch(match);
  readmit(state, settings, line, nowMs);
  for (const proposal of state.proposals) readyChecks.restore(proposal, nowMs);
  for (const backfill of state.backfills) backfills.restore(backfill);
  if (settings.isClosed === true) parties.close();
  for (const mode of settings.modes.byName.keys()) matchmaking.poolChanged(mode, nowMs);
}

/** Compares the region's books with what its parts hold. */
export function compareBooks({ ledger, pools, occupancy, readyChecks, matches }: QueueParts): Violation[] {
  return ledger.compare({
    tickets: pools.ticketCount,
    players: pools.playerCount,
    setAside: pools.ticketCount - pools.inLineCount,
    asked: readyChecks.ticketCount,
    occupied: occupancy.size,
    matchesIn: (status) => matches.countOf(status),
    statusOf: (matchId) => matches.find(matchId)?.status,
    holdsTicket: (ticketId) => pools.get(ticketId) !== undefined,
    isStranded: (ticketId) => {
      const ticket = pools.get(ticketId);
      return ticket !== undefined && !pools.isInLine(ticket) && !readyChecks.isAsked(ticketId);
    },
  });
}
