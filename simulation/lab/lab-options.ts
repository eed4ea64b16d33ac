import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { CLAIRVOYANT_SETTINGS } from "./clairvoyant-contest.ts";
import type { GameShape } from "./game-shape.ts";
import { GAME_SHAPES, shapeNamed } from "./game-shape.ts";
import { REFERENCE_SETTINGS } from "./lab-modes.ts";
import type { PartyMix } from "./party-mix.ts";
import { PARTY_MIXES } from "./party-mix.ts";
import type { PolicyEntry } from "./policy-table.ts";
import { POLICIES, policyNamed } from "./policy-table.ts";
import type { TraceName } from "./trace-kinds.ts";
import { TRACE_NAMES } from "./trace-kinds.ts";

/** What the lab is asked to do: hold the matcher to its limits, compare policies in one of three ways, or ready checks. */
export type LabTask = "limits" | "contest" | "clairvoyant" | "closed-loop" | "ready-check";

export interface LabOptions {
  readonly task: LabTask;
  readonly shape: GameShape;
  readonly concurrentPlayers: number;
  readonly seeds: number;
  readonly policies: readonly PolicyEntry[];
  readonly trace: TraceName;
  readonly partyMix: PartyMix;
  /** Empty: the mode's usual. */
  readonly pointsPerSecond: readonly number[];
  readonly equity: number;
  readonly capS: number | null;
  readonly balanceWeight: number;
  /** Where to write what; null: nowhere. */
  readonly json: string | null;
  readonly html: string | null;
  readonly svg: string | null;
}

interface ParsedOptions {
  readonly mode: GameShape;
  readonly concurrent: number;
  readonly seeds: number;
  readonly policy: readonly PolicyEntry[];
  readonly trace: TraceName;
  readonly parties?: PartyMix;
  readonly pointsPerSecond: readonly number[];
  readonly equity: number;
  readonly cap?: number;
  readonly balanceWeight?: number;
  readonly clairvoyant?: true;
  readonly closedLoop?: true;
  readonly readyCheck?: true;
  readonly json?: string;
  readonly html?: string;
  readonly svg?: string;
}

/** These do not ask for a contest. */
const TASKLESS = new Set(["seeds", "json"]);

/** Elsewhere these would have no effect, and whoever gives one is to hear of it. */
const CONTEST_ONLY = ["trace", "parties", "html", "svg"];
const NOT_FOR_CLAIRVOYANT = [...CONTEST_ONLY, "mode", "concurrent", "pointsPerSecond", "closedLoop"];
const FOR_READY_CHECK = [...TASKLESS, "svg", "readyCheck"];

export function parseLabOptions(args: readonly string[]): LabOptions {
  const command = createCommand().parse(args, { from: "user" });
  const parsed = command.opts<ParsedOptions>();
  const given = command.options.map((option) => option.attributeName()).filter((name) => wasGiven(command, name));
  const usualSettings = parsed.clairvoyant ? CLAIRVOYANT_SETTINGS : REFERENCE_SETTINGS;
  const task = given.every((name) => TASKLESS.has(name)) ? "limits" : "contest";
  return {
    task: specialTaskOf(parsed) ?? task,
    shape: parsed.mode,
    concurrentPlayers: parsed.concurrent,
    seeds: parsed.seeds,
    policies: parsed.policy,
    trace: parsed.trace,
    partyMix: parsed.parties ?? readMix(parsed.mode.teamSize >= 5 ? "p5" : "solo"),
    pointsPerSecond: parsed.pointsPerSecond,
    equity: parsed.equity,
    capS: parsed.cap ?? null,
    balanceWeight: parsed.balanceWeight ?? usualSettings.balanceWeight,
    json: parsed.json ?? null,
    html: parsed.html ?? null,
    svg: parsed.svg ?? null,
  };
}

function specialTaskOf({ clairvoyant, closedLoop, readyCheck }: ParsedOptions): LabTask | null {
  if (readyCheck) return "ready-check";
  if (clairvoyant) return "clairvoyant";
  return closedLoop ? "closed-loop" : null;
}

function createCommand(): Command {
  const policyNames = POLICIES.map(({ name, description, origin }) => {
    return `  ${name.padEnd(20)}${description}${origin === null ? "" : ` (${origin})`}`;
  });
  const command = new Command()
    .name("npm run lab --")
    .description(
      "Lets several ways of making matches serve the same line of tickets, and measures them.\n" +
        "Without options: holds Muster's matcher to its limits.",
    )
    .addOption(
      new Option("--mode <name>", `what is played: ${namesOf(GAME_SHAPES)}`)
        .argParser(readMode)
        .default(readMode("2v2"), "2v2"),
    )
    .option("--concurrent <players>", "how many play or queue at one time", numberWithin(10, 1_000_000, true), 1_000)
    .option("--seeds <count>", "how many traces of each kind", numberWithin(1, 1_000, true), 5)
    .addOption(
      new Option("--policy <names>", "which policies, comma separated")
        .argParser(readPolicies)
        .default(POLICIES, "all"),
    )
    .option("--trace <name>", `the line: ${TRACE_NAMES.join(", ")}`, readTrace, "reference")
    .option("--parties <mix>", "solo or p5 (default: p5 from teams of five on, else solo)", readMix)
    .addOption(
      new Option("--points-per-second <a>", "of ripe-windows and greedy-windows, comma separated")
        .argParser(readNumbers)
        .default([], "the mode's usual"),
    )
    .option("--equity <gamma>", "of ripe-windows, 0 to 1", numberWithin(0, 1, false), REFERENCE_SETTINGS.equity)
    .option("--cap <seconds>", "of ripe-windows: overdue at the latest then", numberWithin(1, 86_400, false))
    .option("--balance-weight <w>", "of ripe-windows (default: 4; with --clairvoyant 0)", numberWithin(0, 100, false))
    .addOption(
      new Option("--clairvoyant", "compare with somebody who knows the future (1v1, 1,000 concurrent)").conflicts(
        NOT_FOR_CLAIRVOYANT,
      ),
    )
    .addOption(
      new Option("--closed-loop", "let the players' ratings follow from their results").conflicts(CONTEST_ONLY),
    )
    .option("--json <file>", "write every figure of every seed to this file", readFilePath)
    .option("--html <file>", "write a report with charts to this file", readFilePath)
    .option("--svg <folder>", "write the charts as files into this folder")
    .addHelpText("after", `\nPolicies:\n${policyNames.join("\n")}`);
  const others = command.options.map((option) => option.attributeName());
  return command.addOption(
    new Option(
      "--ready-check",
      "compare ready checks that repair and that dissolve (5v5, p5, 1,000 concurrent)",
    ).conflicts(others.filter((name) => !FOR_READY_CHECK.includes(name))),
  );
}

function wasGiven(command: Command, name: string): boolean {
  const source = command.getOptionValueSource(name);
  return source !== undefined && source !== "default";
}

function readMode(text: string): GameShape {
  return known(shapeNamed(text), `No mode ${text}. Known: ${namesOf(GAME_SHAPES)}.`);
}

function readPolicies(text: string): readonly PolicyEntry[] {
  return text
    .split(",")
    .map((name) => known(policyNamed(name.trim()), `No policy ${name.trim()}. Known: ${namesOf(POLICIES)}.`));
}

function readTrace(text: string): TraceName {
  const trace = TRACE_NAMES.find((name) => name === text);
  return known(trace, `No trace ${text}. Known: ${TRACE_NAMES.join(", ")}.`);
}

function readMix(text: string): PartyMix {
  return known(PARTY_MIXES.get(text), `No party mix ${text}. Known: ${[...PARTY_MIXES.keys()].join(", ")}.`);
}

/** Asked at once: a folder that is not there must not cost minutes of figures. */
function readFilePath(text: string): string {
  const folder = dirname(resolve(text));
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return text;
  throw new InvalidArgumentError(`There is no folder ${folder}.`);
}

function known<Value>(value: Value | undefined, refusal: string): Value {
  if (value === undefined) throw new InvalidArgumentError(refusal);
  return value;
}

function namesOf(entries: readonly { readonly name: string }[]): string {
  return entries.map(({ name }) => name).join(", ");
}

function numberWithin(least: number, most: number, isWhole: boolean): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (value >= least && value <= most && (!isWhole || Number.isInteger(value))) return value;
    throw new InvalidArgumentError(`A ${isWhole ? "whole " : ""}number from ${least} to ${most} is needed.`);
  };
}

function readNumbers(text: string): readonly number[] {
  return text.split(",").map(numberWithin(1e-6, 1_000, false));
}
