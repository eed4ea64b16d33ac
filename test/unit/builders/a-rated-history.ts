import fc from "fast-check";
import { auditChanges, type Chain } from "../../../src/core/audit/audit-changes.ts";
import { auditMatch } from "../../../src/core/audit/audit-match.ts";
import {
  type AuditCheck,
  addUnverifiable,
  type Finding,
  type UnverifiableCounts,
} from "../../../src/core/audit/finding.ts";
import type { AuditedMatch, StoredChange, StoredRating } from "../../../src/core/audit/stored-records.ts";
import { changeInMatch } from "../../../src/core/audit/stored-records.ts";
import type { Placements } from "../../../src/core/match.ts";
import type { Mode, ModeTable } from "../../../src/core/mode.ts";
import { conservativeRating, type SequencedRating } from "../../../src/core/rating/player-rating.ts";
import { ratedBy } from "../../../src/core/rating/rated-by.ts";
import { rateMessage } from "../../../src/results/rate-message.ts";
import { aModeTable } from "./a-mode.ts";

/** Duels, teams and three sides, each with numbers of its own. */
export const PLAYED_MODES = aModeTable(
  { name: "2v2", teams: 2, teamSize: 2 },
  { name: "1v1", teams: 2, teamSize: 1, rating: { mu: 1_500, sigma: 500, beta: 250, tau: 5, drawProbability: 0 } },
  { name: "trio", teams: 3, teamSize: 1 },
);

/** One result, as chance has it. Numbers are taken round and round, so any will do. */
export interface Played {
  readonly mode: number;
  readonly players: number;
  readonly places: readonly number[];
  /** Somebody came into it while it was running. */
  readonly isFilledIn: boolean;
}

export const anyPlayed: fc.Arbitrary<Played> = fc.record({
  mode: fc.nat(2),
  players: fc.nat(11),
  places: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 3 }),
  isFilledIn: fc.boolean(),
});

/** What the database holds after results were rated by production's rater. Can be changed, to see what is found. */
export class RatedHistory {
  matches: AuditedMatch[] = [];
  changes: StoredChange[] = [];
  readonly ratings = new Map<string, StoredRating>();
  readonly #modes: ModeTable;

  constructor(modes: ModeTable = PLAYED_MODES) {
    this.#modes = modes;
  }

  /** @param modes as they are now; those of the beginning unless said otherwise */
  play(played: readonly Played[], modes: ModeTable = this.#modes): this {
    for (const one of played) this.#rate(one, modes);
    return this;
  }

  /** What an audit says that reads so many changes at a time. */
  audit(changesPerPage = 1_000, modes: Pick<ModeTable, "byName"> = this.#modes) {
    const findings: Finding[] = [];
    let unverifiable: UnverifiableCounts = {};
    const byKey = new Map(this.changes.map((change) => [keyOf(change), change]));
    for (const match of this.matches) {
      const seqOf = new Map(match.teams?.flatMap(({ players }) => players.map((p) => [p.playerId, p.after?.seq ?? 0])));
      const changeOf = (playerId: string) => byKey.get(`${playerId} ${match.mode} ${seqOf.get(playerId)}`);
      const verdict = auditMatch(match, changeOf, modes);
      findings.push(...verdict.findings);
      unverifiable = addUnverifiable(unverifiable, verdict.unverifiable);
    }
    const matchOf = new Map(this.matches.map((match) => [match.matchId, match]));
    const changes = this.changes
      .map((change) => {
        const match = matchOf.get(change.matchId ?? "");
        return { ...change, inMatch: match === undefined ? null : changeInMatch(match, change.playerId) };
      })
      .sort((a, b) => a.playerId.localeCompare(b.playerId) || a.mode.localeCompare(b.mode) || a.seq - b.seq);
    let carried: Chain | null = null;
    for (let from = 0, isLast = false; !isLast; from += changesPerPage) {
      const page = changes.slice(from, from + changesPerPage);
      isLast = page.length < changesPerPage;
      const ratingOf = (playerId: string, mode: string) => this.ratings.get(`${playerId} ${mode}`);
      const verdict = auditChanges({ changes: page, isLast, ratingOf }, carried, modes);
      findings.push(...verdict.findings);
      unverifiable = addUnverifiable(unverifiable, verdict.unverifiable);
      carried = verdict.carried;
    }
    return { findings, unverifiable };
  }

  /** The checks that found something, each once. */
  checks(changesPerPage?: number): ReadonlySet<AuditCheck> {
    return new Set(this.audit(changesPerPage).findings.map(({ check }) => check));
  }

  #rate({ mode: modeIndex, players, places, isFilledIn }: Played, modes: ModeTable): void {
    const known = [...modes.byName.values()];
    const mode = known[modeIndex % known.length] as Mode;
    const playerIds = Array.from(
      { length: mode.teams * mode.teamSize },
      (_, index) => `player-${(players + index) % 12}`,
    );
    const teams = Array.from({ length: mode.teams }, (_, team) => ({
      name: `team${"ABC"[team]}`,
      players: playerIds.slice(team * mode.teamSize, (team + 1) * mode.teamSize).map((playerId) => ({
        playerId,
        mu: mode.rating.mu,
        sigma: mode.rating.sigma,
      })),
    }));
    const matchId = `match-${String(this.matches.length).padStart(5, "0")}`;
    const placements: Placements = Object.fromEntries(teams.map(({ name }, index) => [name, places[index] ?? 1]));
    const came = { playerId: "late", mu: mode.rating.mu, sigma: mode.rating.sigma };
    const message = {
      version: 1,
      matchId,
      rev: 2,
      region: "EUW",
      mode: mode.name,
      quality: 0.4,
      createdAtMs: 0,
      reportedAtMs: 1,
      teams,
      placements,
      ...(isFilledIn && { filledIn: [{ name: "teamA", players: [came] }] }),
    } as const;
    const rated = rateMessage(message, mode, (playerId) => this.#ratingOf(playerId, mode.name));
    if (!rated.ok) throw new Error(rated.refusal.reason);
    const ids = { matchId, mode: mode.name };
    this.matches.push({
      ...ids,
      status: "finished",
      isRated: true,
      teams: rated.value.teams.map((team) => ({
        name: team.name,
        players: team.players.map(({ player_id, filled_in, before, after }) => ({
          playerId: player_id,
          isStarter: filled_in !== true,
          ...(before !== undefined && { before }),
          ...(after !== undefined && { after }),
        })),
      })),
      placements,
      ratedBy: ratedBy(mode.rating),
    });
    for (const { playerId, before, after, hasWon } of rated.value.changes) {
      this.changes.push({ ...ids, playerId, seq: after.seq, kind: "match", before, after });
      const key = `${playerId} ${mode.name}`;
      const { matches = 0, wins = 0 } = this.ratings.get(key) ?? {};
      this.ratings.set(key, {
        ...after,
        conservative: conservativeRating(after),
        matches: matches + 1,
        wins: wins + (hasWon ? 1 : 0),
      });
    }
  }

  #ratingOf(playerId: string, mode: string): SequencedRating | null {
    return this.ratings.get(`${playerId} ${mode}`) ?? null;
  }
}

function keyOf({ playerId, mode, seq }: StoredChange): string {
  return `${playerId} ${mode} ${seq}`;
}
