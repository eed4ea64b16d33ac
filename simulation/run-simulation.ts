import type { ModeAnswer } from "./answers.ts";
import { BookingLedger } from "./booking-ledger.ts";
import { CallLog } from "./call-log.ts";
import { readFinalState } from "./final-state.ts";
import { GameServer } from "./game-server.ts";
import type { PartyMix } from "./lab/party-mix.ts";
import type { SimulationObserver } from "./observer.ts";
import type { Party } from "./party.ts";
import { formParties, membersOf, mixOfSizes } from "./party.ts";
import { playGames } from "./play-games.ts";
import { createPopulation, expectedMatches } from "./population.ts";
import type { Random } from "./random.ts";
import { createRandom } from "./random.ts";
import { Roster } from "./roster.ts";
import { Service } from "./service.ts";
import type { SocketOptions } from "./sockets/socket-crowd.ts";
import { SocketCrowd } from "./sockets/socket-crowd.ts";
import type { PlayerWait, Summary } from "./summary.ts";
import { summarize } from "./summary.ts";
import { CallError, Transport } from "./transport.ts";

export interface SimulationOptions {
  readonly url: string;
  readonly apiKey: string;
  readonly players: number;
  /** Username of the player with this index, from 0. */
  readonly nameOf: (index: number) => string;
  /** Games that each player wants to play. */
  readonly games: number;
  /** Requests in flight. */
  readonly concurrency: number;
  readonly regions: readonly string[];
  /** Null: the service's default mode. */
  readonly mode: string | null;
  /** Who plays with whom: the sizes that the mode takes, in these proportions. */
  readonly partyMix: PartyMix;
  readonly seed: number;
  /** Chance of a draw between even teams. */
  readonly drawProbability: number;
  readonly longestGameSeconds: number;
  /** Between two games of a player; a result is usually rated after two. */
  readonly restSeconds: number;
  /** After this nobody queues any more; null: all go on until their games or opponents run out. */
  readonly lastCallSeconds: number | null;
  /** How players live on sockets; null: they ask over HTTP. */
  readonly sockets: SocketOptions | null;
  /** The run is cut short after this. */
  readonly timeoutSeconds: number;
}

/**
 * Plays all games against the service and looks at everything on the way. Throws only if it cannot even begin.
 *
 * @param stop cuts the run short
 */
export async function runSimulation(
  options: SimulationOptions,
  observer: SimulationObserver,
  stop: AbortSignal,
): Promise<Summary> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(options.timeoutSeconds * 1_000)]);
  const calls = new CallLog();
  const service = new Service(new Transport(options.url, options.concurrency, calls, signal), options.apiKey);
  const random = createRandom(options.seed);
  const mode = await chooseMode(service, options.mode);
  const sizes = mode.party_sizes ?? Array.from({ length: mode.team_size }, (_, index) => index + 1);
  const mix = mixOfSizes(options.partyMix, sizes);
  if (mix === null) throw new Error(`no party of that mix may play ${mode.name}; it takes ${sizes.join(", ")} players`);
  const people = createPopulation(options.players, options.regions, options.nameOf, random);
  const expected = expectedMatches(people, options.games, mode.teams.length * mode.team_size);

  const startMs = performance.now();
  const players = await Promise.all(people.map((person) => service.register(person)));
  observer.registered?.(players, expected);
  const parties = formParties(players, mix, sizes, random);
  const { url, concurrency, sockets } = options;
  const crowd = sockets && new SocketCrowd(parties, { ...sockets, url, mode, concurrency, calls, random });
  try {
    await crowd?.connect(signal);
    const games = await playAllGames(parties, { options, service, mode, crowd, random, observer, signal });
    const seconds = (performance.now() - startMs) / 1_000;
    const { requests } = calls;
    observer.gamesOver?.(crowd?.departuresRemainMs ?? 0);

    const { gameServer, roster, bookings, waits } = games;
    const look = readFinalState({ service, gameServer, players, mode: mode.name, crowd, signal });
    const finalState = await unlessGivenUp(look, signal);
    const profiles = finalState?.profiles ?? [];
    const heard = crowd?.faults(gameServer.matches, finalState?.finished ?? new Set(), profiles) ?? [];
    return summarize({
      players,
      partySizes: parties.map((party) => membersOf(party).length),
      seconds,
      requests,
      calls,
      expectedMatches: expected,
      matches: gameServer.matches,
      reported: gameServer.reportedMatchIds.size,
      unrated: finalState?.unrated ?? new Map(),
      waits,
      profiles,
      leftOver: players.filter((player) => roster.gamesLeft(player.playerId) > 0).length,
      faults: [...gameServer.faults, ...bookings.faults, ...heard, ...(finalState?.faults ?? [])],
      cutShort: finalState === null ? `cut short after ${seconds.toFixed(0)} s` : null,
      mode,
      sockets: crowd?.report() ?? null,
    });
  } finally {
    crowd?.close();
  }
}

async function chooseMode(service: Service, name: string | null): Promise<ModeAnswer> {
  const modes = await service.modes();
  const mode = modes.find((known) => (name === null ? known.is_default : known.name === name));
  if (mode === undefined) throw new Error(`no mode ${name}; there are: ${modes.map((known) => known.name).join(", ")}`);
  return mode;
}

interface GamesSettings {
  readonly options: SimulationOptions;
  readonly service: Service;
  readonly mode: ModeAnswer;
  readonly crowd: SocketCrowd | null;
  readonly random: Random;
  readonly observer: SimulationObserver;
  readonly signal: AbortSignal;
}

/** Lets everybody play until their games or their opponents have run out. */
async function playAllGames(parties: readonly Party[], settings: GamesSettings) {
  const { options, service, mode, crowd, random, observer, signal } = settings;
  const roster = new Roster(mode.teams.length, mode.team_size);
  for (const party of parties) roster.add(party, options.games);
  roster.begin();
  const bookings = new BookingLedger();
  const gameServer = new GameServer({
    service,
    mode,
    parties,
    bookings,
    roster,
    drawProbability: options.drawProbability,
    longestGameMs: options.longestGameSeconds * 1_000,
    random,
    observer,
    isGone: (playerId) => crowd?.isGone(playerId) ?? false,
    signal,
  });
  const waits: PlayerWait[] = [];
  const waited = (party: Party, seconds: number) => {
    const partySize = membersOf(party).length;
    for (let member = 0; member < partySize; member += 1) waits.push({ seconds, partySize });
  };
  const partySettings = {
    service,
    mode: mode.name,
    roster,
    bookings,
    gameServer,
    random,
    restMs: options.restSeconds * 1_000,
    waited,
    signal,
  };
  const lastCall =
    options.lastCallSeconds === null ? null : setTimeout(() => roster.closeAll(), options.lastCallSeconds * 1_000);
  await Promise.all(
    parties.map(async (party) => {
      const hasPlayed = await unlessGivenUp(
        (crowd?.play(party, partySettings) ?? playGames(party, partySettings)).then(() => true),
        signal,
      );
      if (hasPlayed === null) roster.remove(party);
    }),
  );
  if (lastCall !== null) clearTimeout(lastCall);
  return { roster, bookings, gameServer, waits };
}

/** Null after an error that the call log holds already, or after the time was over. */
async function unlessGivenUp<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof CallError || signal.aborted) return null;
    throw error;
  }
}
