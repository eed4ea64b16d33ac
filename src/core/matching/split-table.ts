/** Shapes with more splits than this are not looked at split by split: 8v8 has 6,435, 4×3 15,400, 9v9 24,310. */
const MOST_SPLITS = 16_000;
/** Units placed before the search ends: trios on teams of 16 have few splits, or none, and billions of dead ends. */
const MOST_PLACEMENTS = 200_000;
/** Sets of sizes that are remembered; 8v8 with parties of every size has fewer than 200. */
const MOST_TABLES = 500;

/** Every way to put units of given sizes on teams. */
export interface SplitTable {
  readonly count: number;
  /** Team of each unit, one split after the other. */
  readonly teamOf: Uint8Array;
  /** Of each split: bonds (a party of n has n − 1) of the team with most minus those of the team with fewest. */
  readonly bondDifferences: Uint8Array;
}

const tables = new Map<string, SplitTable | null>();

/**
 * 1. Place the units one after the other on every team that has room.
 * 2. Of several teams that are still empty try only the first: they are the same team under another name.
 *
 * Depends on nothing but the sizes, so it is worked out once for each set of them: 3 splits for 2v2, 10, 35, 126 for
 * 5v5, 462, 1,716, 6,435 for 8v8; 280 for 3×3.
 *
 * @param sizes players of each unit of a complete group, largest first
 * @returns null if there are more than 16,000, or if finding them takes more than 200,000 placements; a table without
 *   splits if the units cannot stand on the teams
 */
export function splitTable(sizes: readonly number[], teams: number, teamSize: number): SplitTable | null {
  // The single players are those whom the parties leave.
  let key = `${teams}x${teamSize}`;
  for (let unit = 0; (sizes[unit] ?? 0) > 1; unit += 1) key += `,${sizes[unit]}`;
  const known = tables.get(key);
  if (known !== undefined) return known;
  const table = new Splits(sizes, teams, teamSize).all();
  if (tables.size >= MOST_TABLES) tables.clear();
  tables.set(key, table);
  return table;
}

class Splits {
  readonly #sizes: readonly number[];
  readonly #teamSize: number;
  readonly #players: number[];
  readonly #bonds: number[];
  readonly #placed: number[] = [];
  readonly #teamOf: number[] = [];
  readonly #bondDifferences: number[] = [];
  #placements = 0;

  constructor(sizes: readonly number[], teams: number, teamSize: number) {
    this.#sizes = sizes;
    this.#teamSize = teamSize;
    this.#players = new Array<number>(teams).fill(0);
    this.#bonds = new Array<number>(teams).fill(0);
  }

  all(): SplitTable | null {
    if (!this.#place(0)) return null;
    return {
      count: this.#bondDifferences.length,
      teamOf: Uint8Array.from(this.#teamOf),
      bondDifferences: Uint8Array.from(this.#bondDifferences),
    };
  }

  /** False: there are too many. */
  #place(index: number): boolean {
    const size = this.#sizes[index];
    if (size === undefined) {
      this.#teamOf.push(...this.#placed);
      this.#bondDifferences.push(Math.max(...this.#bonds) - Math.min(...this.#bonds));
      return this.#bondDifferences.length <= MOST_SPLITS;
    }
    this.#placements += 1;
    if (this.#placements > MOST_PLACEMENTS) return false;
    for (let team = 0; team < this.#players.length; team += 1) {
      const players = this.#players[team] ?? 0;
      const bonds = this.#bonds[team] ?? 0;
      if (players + size <= this.#teamSize) {
        this.#players[team] = players + size;
        this.#bonds[team] = bonds + size - 1;
        this.#placed[index] = team;
        if (!this.#place(index + 1)) return false;
        this.#players[team] = players;
        this.#bonds[team] = bonds;
      }
      if (players === 0) break;
    }
    return true;
  }
}
