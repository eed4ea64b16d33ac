import { styleText } from "node:util";
import type { MatchAnswer } from "../simulation/answers.ts";
import { CallLog } from "../simulation/call-log.ts";
import { runSimulation } from "../simulation/run-simulation.ts";
import type { Player } from "../simulation/service.ts";
import { Service } from "../simulation/service.ts";
import { awaitFinished } from "../simulation/settle.ts";
import type { Summary } from "../simulation/summary.ts";
import { Transport } from "../simulation/transport.ts";
import { leaderboardLines } from "./demo/leaderboard-lines.ts";
import { endedLine, formedLine } from "./demo/match-lines.ts";
import { playerName } from "./demo/player-names.ts";
import { startLocalStack } from "./local-stack/start-local-stack.ts";
import { stopSignal } from "./local-stack/stop-signal.ts";
import type { TemporaryPlace } from "./local-stack/temporary-place.ts";
import { makeTemporaryPlace } from "./local-stack/temporary-place.ts";
import { applyMigrations } from "./local-stack/wrangler.ts";

const REGIONS = ["EUW", "NA"];
const PLAYERS = 40;
const GAMES = 4;
const LAST_CALL_SECONDS = 30;
const API_KEY = "dev";

const stop = stopSignal();
const place = await makeTemporaryPlace();
try {
  await showMuster(place, stop);
} catch (error) {
  process.exitCode = stop.aborted ? 130 : 1;
  if (!stop.aborted) console.error(error instanceof Error ? error.message : error);
} finally {
  place.remove();
}

async function showMuster(place: TemporaryPlace, signal: AbortSignal): Promise<void> {
  console.log(`
  Muster on this machine, with ${PLAYERS} simulated players in ${REGIONS.join(" and ")}.
  Each is given a true skill that only they play by. The service sees nothing but who wins.

  Starting ...
`);
  await applyMigrations(place.stateDir, signal);
  const stack = await startLocalStack({ ...place, logs: false, onLine: (line) => console.log(line), signal });
  try {
    await playGames(stack.url, signal);
  } finally {
    await stack.stop();
  }
  console.log("  Everything has been stopped. To keep it running: npm run dev\n");
}

async function playGames(url: string, signal: AbortSignal): Promise<void> {
  const startMs = performance.now();
  const say = (line: string) => {
    const seconds = ((performance.now() - startMs) / 1_000).toFixed(1).padStart(5);
    if (!signal.aborted) console.log(`  ${styleText("dim", `${seconds} s`)}  ${line}`);
  };
  const service = new Service(new Transport(url, 10, new CallLog(), signal), API_KEY);
  let players: readonly Player[] = [];
  const nameOf = (playerId: string) => players.find((player) => player.playerId === playerId)?.username ?? playerId;
  const endings: Promise<void>[] = [];
  const sayEnding = async ({ match_id: matchId }: MatchAnswer) => {
    await awaitFinished(service, [matchId], 15_000, signal);
    say(endedLine(await service.match(matchId), nameOf));
  };

  const summary = await runSimulation(
    {
      url,
      apiKey: API_KEY,
      players: PLAYERS,
      nameOf: playerName,
      games: GAMES,
      concurrency: 20,
      regions: REGIONS,
      mode: null,
      partyMix: [1],
      seed: 1,
      drawProbability: 0,
      longestGameSeconds: 2,
      restSeconds: 3,
      lastCallSeconds: LAST_CALL_SECONDS,
      sockets: null,
      timeoutSeconds: 120,
    },
    {
      registered: (everybody) => {
        players = everybody;
      },
      matchFormed: (match) => say(formedLine(match, nameOf)),
      matchReported: (match) => endings.push(sayEnding(match)),
    },
    signal,
  );
  signal.throwIfAborted();
  await Promise.all(endings);
  console.log(`\n${leaderboardLines(await service.leaderboard(10), players).join("\n")}`);
  console.log(closingWords(summary));
  if (!summary.ok) throw new Error(summary.failures.join("\n"));
}

function closingWords({ matches, waits_s: waits, rank_correlation: correlation }: Summary): string {
  return `
  ${matches.finished} matches. Half the players waited at most ${waits.p50?.toFixed(1)} s. Rank correlation of rating and true skill: ${correlation?.toFixed(2)}.`;
}
