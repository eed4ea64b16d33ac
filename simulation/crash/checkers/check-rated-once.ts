import type { SQLInputValue } from "node:sqlite";
import type { Placements } from "../../../src/core/match.ts";
import { winnerOf } from "../../../src/core/match.ts";
import type { ModeTable } from "../../../src/core/mode.ts";
import { rateTeams } from "../../../src/core/rating/trueskill.ts";
import type { StoredTeam } from "../../../src/db/match-row.ts";
import type { BoundStatement } from "../platform/simulated-d1.ts";
import type { Violations } from "./violations.ts";

type Row = Record<string, SQLInputValue>;
type Read = (query: string, ...bindings: SQLInputValue[]) => Row[];

interface KnownRating {
  readonly mu: number;
  readonly sigma: number;
  readonly seq: number;
  readonly matches: number;
  readonly wins: number;
}

export interface RatedOnceSettings {
  readonly violations: Violations;
  readonly modes: ModeTable;
  /** Reads D1 as it is. */
  readonly read: Read;
  /** What a match's region holds as its result; null: none; undefined: no such match. */
  readonly resultOf: (matchId: string) => Placements | null | undefined;
  readonly rated: () => void;
}

/**
 * Invariant 5: a reported match is rated exactly once, and D1 says what re-rating the results in the order in which
 * they were committed says. The checker keeps ratings of its own and looks at the rows that a statement touched.
 */
export class RatedOnceChecker {
  readonly #settings: RatedOnceSettings;
  readonly #ratings = new Map<string, KnownRating>();
  /** The revision of each rated match's row. */
  readonly #rated = new Map<string, number>();
  #changes = 0;

  constructor(settings: RatedOnceSettings) {
    this.#settings = settings;
  }

  has(matchId: string): boolean {
    return this.#rated.has(matchId);
  }

  /** Statements took effect in D1. */
  executed(statements: readonly BoundStatement[]): void {
    for (const { query, bindings } of statements) {
      if (!query.includes("INSERT INTO matches")) continue;
      const [first] = bindings;
      if (query.includes("'finished'")) this.#finished(String(first));
      else this.#exported(JSON.parse(String(first)) as readonly { readonly matchId: string }[]);
    }
  }

  /** Everything in D1 is as it should be; takes as long as there are players and matches. */
  checkAll(): void {
    const { read } = this.#settings;
    const [count] = read("SELECT count(*) AS changes FROM rating_changes");
    this.#expect(
      count?.changes === this.#changes,
      "all",
      `${count?.changes} rating changes, of ${this.#changes} rated`,
    );
    for (const row of read("SELECT * FROM ratings")) this.#checkRating(String(row.player_id), String(row.mode), "all");
    for (const { match_id } of read("SELECT match_id FROM matches WHERE rated <> 0")) {
      this.#expect(this.#rated.has(String(match_id)), String(match_id), "is rated, and never was");
    }
  }

  #finished(matchId: string): void {
    const { read, resultOf, modes, rated } = this.#settings;
    this.#expect(!this.#rated.has(matchId), matchId, "is rated twice");
    const [row] = read("SELECT * FROM matches WHERE match_id = ?", matchId);
    if (row === undefined) {
      this.#expect(false, matchId, "is rated and has no row");
      return;
    }
    const placements = JSON.parse(String(row.placements)) as Placements;
    const known = JSON.stringify(resultOf(matchId));
    this.#expect(JSON.stringify(placements) === known, matchId, `is rated by ${row.placements}; reported: ${known}`);
    this.#expect(row.rated === 1 && row.status === "finished", matchId, `rated ${row.rated}, ${row.status}`);
    const mode = modes.byName.get(String(row.mode));
    if (mode === undefined) {
      this.#expect(false, matchId, `is of no mode: ${row.mode}`);
      return;
    }
    const teams = JSON.parse(String(row.teams)) as readonly StoredTeam[];
    const started = teams.map((team) => team.players.filter((player) => player.filled_in !== true));
    const before = started.map((players) =>
      players.map(({ player_id }) => this.#ratings.get(`${player_id} ${mode.name}`) ?? { ...mode.rating, ...NEW }),
    );
    const places = teams.map(({ name }) => placements[name] ?? 0);
    const after = rateTeams(before, places, mode.rating);
    const winner = winnerOf(placements);
    started.forEach((players, team) => {
      players.forEach(({ player_id }, index) => {
        const old = before[team]?.[index];
        const rating = after[team]?.[index];
        if (old === undefined || rating === undefined) throw new Error("a rating for each player");
        const wins = old.wins + (teams[team]?.name === winner ? 1 : 0);
        const { mu, sigma } = rating;
        this.#ratings.set(`${player_id} ${mode.name}`, { mu, sigma, seq: old.seq + 1, matches: old.matches + 1, wins });
        this.#changes += 1;
        this.#checkRating(player_id, mode.name, matchId);
        this.#checkChange(player_id, mode.name, matchId);
      });
    });
    this.#rated.set(matchId, Number(row.rev));
    rated();
  }

  /** Rows that were rated stay as they are, whatever is exported. */
  #exported(records: readonly { readonly matchId: string }[]): void {
    for (const { matchId } of records) {
      const rev = this.#rated.get(matchId);
      if (rev === undefined) continue;
      const [row] = this.#settings.read("SELECT rev, rated, status FROM matches WHERE match_id = ?", matchId);
      const isKept = row?.status === "finished" && row.rated === 1 && row.rev === rev;
      this.#expect(isKept, matchId, `was rated; after an export: ${JSON.stringify(row)}`);
    }
  }

  #checkRating(playerId: string, mode: string, matchId: string): void {
    const query = "SELECT mu, sigma, seq, matches, wins FROM ratings WHERE player_id = ? AND mode = ?";
    const [row] = this.#settings.read(query, playerId, mode);
    const known = this.#ratings.get(`${playerId} ${mode}`);
    if (known === undefined) {
      // Registration makes a row before the first match.
      this.#expect(row?.seq === 0, matchId, `${playerId} has ${JSON.stringify(row)}`);
      return;
    }
    const isSame =
      row?.mu === known.mu &&
      row.sigma === known.sigma &&
      row.seq === known.seq &&
      row.matches === known.matches &&
      row.wins === known.wins;
    this.#expect(isSame, matchId, `${playerId} has ${JSON.stringify(row)}; re-rated: ${JSON.stringify(known)}`);
  }

  #checkChange(playerId: string, mode: string, matchId: string): void {
    const known = this.#ratings.get(`${playerId} ${mode}`);
    const query =
      "SELECT match_id, mu_after, sigma_after FROM rating_changes WHERE player_id = ? AND mode = ? AND seq = ?";
    const [row] = this.#settings.read(query, playerId, mode, known?.seq ?? 0);
    const isSame = row?.match_id === matchId && row.mu_after === known?.mu && row.sigma_after === known?.sigma;
    this.#expect(isSame, matchId, `change ${known?.seq} of ${playerId} is ${JSON.stringify(row)}`);
  }

  #expect(isSo: boolean, matchId: string, detail: string): void {
    this.#settings.violations.expect(isSo, "rated once", () => `${matchId}: ${detail}`);
  }
}

const NEW = { seq: 0, matches: 0, wins: 0 } as const;
