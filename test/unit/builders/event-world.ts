import { aModeDefinition, aModeTable } from "./a-mode.ts";
import { aPlayer } from "./a-player.ts";

const PLAIN = [
  aModeDefinition({ name: "2v2", matchTimeoutMs: 60_000 }),
  aModeDefinition({ name: "1v1", teamSize: 1, pointsPerSecond: 0.02, matchTimeoutMs: 20_000 }),
  aModeDefinition({
    name: "trio",
    teams: 3,
    teamSize: 1,
    isBackfillPreferred: false,
    matchTimeoutMs: 60_000,
    assignWithinS: 15,
  }),
];

const ASKING = [
  aModeDefinition({
    name: "asking",
    pointsPerSecond: 10,
    matchTimeoutMs: 60_000,
    readyCheck: { ackS: 4, coolDownsS: [10, 30], forgivenAfterS: 60 },
  }),
  aModeDefinition({
    name: "asking-duel",
    teamSize: 1,
    matchTimeoutMs: 20_000,
    readyCheck: { acceptS: 5, repairS: 20, coolDownsS: [0, 10] },
    assignWithinS: 15,
  }),
];

/** Where whole parties come back into line. */
const HOSTED = aModeDefinition({ name: "hosted", matchTimeoutMs: 60_000, assignWithinS: 15 });

/**
 * Few players and short timeouts, so that events often meet: a choosy 1v1, 2v2 and a game of three; 2v2 and 1v1 with a
 * ready check; 2v2 that needs a server, as the game of three and the 1v1 with a ready check do too.
 */
export const EVENT_DEFINITIONS = [...PLAIN, ...ASKING, HOSTED];
export const EVENT_MODES = aModeTable(...EVENT_DEFINITIONS);
export const PLAIN_MODES = PLAIN.map(({ name }) => name);
export const ASKING_MODES = ASKING.map(({ name }) => name);

/** The best and the worst are far apart, so that some groups have to wait. */
export const EVENT_PLAYERS = [25, 25, 25, 25, 27, 31, 40, 5].map((mu, index) => aPlayer(`p${index}`, mu, 8 - index));
