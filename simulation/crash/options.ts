import { Command, InvalidArgumentError, Option } from "commander";
import type { Climate } from "./faults.ts";
import type { Plant } from "./plants.ts";
import { PLANTS } from "./plants.ts";
import { parseSteps } from "./step-list.ts";

export interface CrashOptions {
  readonly seed: number;
  /** How many seeds, counting on from `seed`. */
  readonly seeds: number;
  readonly steps: number;
  /** Only these steps; null: the first `steps`. */
  readonly only: readonly number[] | null;
  /** Null: none. */
  readonly plant: Plant | null;
  /** Every planted bug must be found, one after the other. */
  readonly plants: boolean;
  readonly drain: boolean;
  readonly climate: Climate;
  /** Each history must go the same way twice. */
  readonly twice: boolean;
  /** Prints outcomes as one line of JSON each, and no more. */
  readonly json: boolean;
  readonly shrinkAttempts: number;
  readonly shrinkSeconds: number;
}

interface ParsedOptions extends Omit<CrashOptions, "only" | "plant" | "plants" | "twice" | "json" | "climate"> {
  readonly stormy?: true;
  readonly only?: readonly number[];
  readonly plant?: string;
  readonly plants?: true;
  readonly twice?: true;
  readonly json?: true;
}

export function parseCrashOptions(args: readonly string[]): CrashOptions {
  const parsed = new Command()
    .name("npm run simulate:crash --")
    .description(
      "Plays random histories of two regions, the queue, its consumers and D1 on a simulated platform that crashes, loses, doubles, delays and hangs, and checks the invariants at every commit.",
    )
    .option("--seed <number>", "all chance follows from it", wholeNumber, 1)
    .option("--seeds <count>", "so many seeds, counting on", wholeNumber, 1)
    .option("--steps <count>", "steps of each history", wholeNumber, 20_000)
    .option("--only <list>", "only these steps, as in 3,7-9: a history that was shortened", stepList)
    .option("--no-drain", "do not wait at the end until everything has come to rest without faults")
    .option("--stormy", "much more goes wrong: for short histories")
    .option("--twice", "play each history twice: both must go the same way")
    .addOption(new Option("--plant <name>", "plant a bug, to see it found").choices(PLANTS.map(({ name }) => name)))
    .option("--plants", "plant every known bug, one after the other: each must be found")
    .option("--shrink-attempts <count>", "attempts at most to shorten a history that fails", wholeNumber, 500)
    .option("--shrink-seconds <count>", "and no longer than this", wholeNumber, 300)
    .option("--json", "print outcomes as one line of JSON each, and shorten nothing")
    .parse(args, { from: "user" })
    .opts<ParsedOptions>();
  return {
    ...parsed,
    only: parsed.only ?? null,
    climate: parsed.stormy === true ? "stormy" : "usual",
    plant: PLANTS.find(({ name }) => name === parsed.plant) ?? null,
    plants: parsed.plants === true,
    twice: parsed.twice === true,
    json: parsed.json === true,
  };
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError("A whole number is needed.");
}

function stepList(text: string): readonly number[] {
  const steps = parseSteps(text);
  if (steps !== null) return steps;
  throw new InvalidArgumentError("Steps in ascending order are needed, as in 3,7-9.");
}
