import { randomUUID } from "node:crypto";
import { Command, InvalidArgumentError, Option } from "commander";
import type { PartyMix } from "./lab/party-mix.ts";
import { PARTY_MIXES } from "./lab/party-mix.ts";
import type { SimulationOptions } from "./run-simulation.ts";
import type { BehaviourRates } from "./sockets/behaviour.ts";
import type { SocketOptions } from "./sockets/socket-crowd.ts";
import { wholeNumber } from "./whole-number.ts";

export interface CommandOptions extends SimulationOptions {
  /** Where to write the summary as JSON; null: nowhere. */
  readonly json: string | null;
}

interface ParsedOptions {
  readonly url: string;
  readonly apiKey: string;
  readonly players: number;
  readonly games: number;
  readonly concurrency: number;
  readonly regions: readonly string[];
  readonly mode?: string;
  readonly partyMix: PartyMix;
  readonly seed: number;
  readonly draws: number;
  readonly gameSeconds: number;
  readonly restSeconds: number;
  readonly timeout: number;
  readonly json?: string;
}

interface ParsedSocketOptions extends BehaviourRates {
  readonly transport: "http" | "ws";
  readonly longestCoolDown: number;
}

const REGIONS = "EUW EUNE NA CHN JPN KR OCE BR LAS LAN";

/** Flags, or the environment variables that the original's simulation took; a flag wins. */
export function parseOptions(args: readonly string[]): CommandOptions {
  const command = new Command()
    .name("npm run simulate --")
    .description("Plays against a Muster service as its players and its game server would, and checks what it sees.")
    .addOption(option("--url <address>", "the service", "API_URL").default("http://127.0.0.1:8787"))
    .addOption(option("--api-key <key>", "the game server's key", "API_KEY").default("dev"))
    .addOption(option("--players <count>", "players", "N_PLAYERS").argParser(wholeNumber(1)).default(200))
    .addOption(
      option("--games <count>", "games each player plays", "GAMES_PER_PLAYER").argParser(wholeNumber(1)).default(5),
    )
    .addOption(
      option("--concurrency <count>", "requests in flight", "CONCURRENCY").argParser(wholeNumber(1)).default(50),
    )
    .addOption(
      option("--regions <names>", "where they play", "REGIONS").argParser(words).default(words(REGIONS), REGIONS),
    )
    .option("--mode <name>", "what they play (default: the service's default mode)")
    .addOption(
      new Option("--party-mix <name>", `who plays with whom: ${[...PARTY_MIXES.keys()].join(", ")}`)
        .argParser(partyMix)
        .default(partyMix("solo"), "solo"),
    )
    .option("--seed <number>", "of skills, pauses and performances", wholeNumber(0), 1)
    .option("--draws <probability>", "chance of a draw between even teams", fraction, 0)
    .option("--game-seconds <seconds>", "the longest a game lasts", seconds, 0.5)
    .option("--rest-seconds <seconds>", "how long a player rests between games", seconds, 0)
    .option("--timeout <seconds>", "cut the run short after this", seconds, 600)
    .option("--json <file>", "write the summary to this file");
  addSocketOptions(command).parse(args, { from: "user" });
  const parsed = command.opts<ParsedOptions>();
  // Tells the players of one run from those of another.
  const runTag = randomUUID().slice(0, 8);
  return {
    url: parsed.url,
    apiKey: parsed.apiKey,
    players: parsed.players,
    nameOf: (index) => `sim-${runTag}-${String(index + 1).padStart(3, "0")}`,
    games: parsed.games,
    concurrency: parsed.concurrency,
    regions: parsed.regions,
    mode: parsed.mode ?? null,
    partyMix: parsed.partyMix,
    seed: parsed.seed,
    drawProbability: parsed.draws,
    longestGameSeconds: parsed.gameSeconds,
    restSeconds: parsed.restSeconds,
    lastCallSeconds: null,
    sockets: socketOptionsOf(command),
    timeoutSeconds: parsed.timeout,
    json: parsed.json ?? null,
  };
}

function addSocketOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--transport <name>", "players ask over HTTP, or hear over a socket each")
        .choices(["http", "ws"])
        .default("http"),
    )
    .option("--declines <rate>", "of the prompts, with ws: shown and declined", rate, 0)
    .option("--lapses <rate>", "of the prompts, with ws: shown and never answered", rate, 0)
    .option("--ghosts <rate>", "of the prompts, with ws: neither shown nor answered", rate, 0)
    .option(
      "--disconnects <rate>",
      "of the searches, with ws: the connection breaks; one in ten never comes back",
      rate,
      0,
    )
    .option("--longest-cool-down <seconds>", "whoever is out of the queue for longer leaves, with ws", seconds, 60);
}

function socketOptionsOf(command: Command): SocketOptions | null {
  const { transport, longestCoolDown, ...parsed } = command.opts<ParsedSocketOptions>();
  const { declines, lapses, ghosts, disconnects } = parsed;
  if (transport === "ws") {
    if (declines + lapses + ghosts > 1) command.error("error: --declines, --lapses and --ghosts exceed 1 together");
    return { rates: { declines, lapses, ghosts, disconnects }, longestCoolDownSeconds: longestCoolDown };
  }
  if (declines + lapses + ghosts + disconnects > 0) command.error("error: those rates need --transport ws");
  return null;
}

function option(flags: string, description: string, variable: string): Option {
  return new Option(flags, description).env(variable);
}

function fraction(text: string): number {
  const value = Number(text);
  if (value >= 0 && value < 1) return value;
  throw new InvalidArgumentError("A number from 0 to below 1 is needed.");
}

function rate(text: string): number {
  const value = Number(text);
  if (value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError("A number from 0 to 1 is needed.");
}

function seconds(text: string): number {
  const value = Number(text);
  if (value >= 0 && value <= 86_400) return value;
  throw new InvalidArgumentError("A number of seconds from 0 to 86400 is needed.");
}

function partyMix(name: string): PartyMix {
  const mix = PARTY_MIXES.get(name);
  if (mix !== undefined) return mix;
  throw new InvalidArgumentError(`There are: ${[...PARTY_MIXES.keys()].join(", ")}.`);
}

function words(text: string): readonly string[] {
  const names = text.split(/[\s,]+/).filter((word) => word !== "");
  if (names.length > 0) return names;
  throw new InvalidArgumentError("At least one region is needed.");
}
