import type { AttributeRule } from "./attribute.ts";
import { LIMITS } from "./limits.ts";
import type { Mode } from "./mode.ts";
import { MAX_PLAYERS_PER_MATCH, MAX_TEAMS, playersPerMatch } from "./mode.ts";

export interface ModeProblem {
  /** Where in the list of definitions, such as `modes[1].teamSize`. */
  readonly path: string;
  readonly detail: string;
}

/** Roles and values are compared as bits of one machine word; every subset of the roles is looked at. */
const MOST_ROLES = 6;
const MOST_VALUES = 31;
const NAME = /^[a-z0-9][a-z0-9_-]{0,31}$/;
/** Tickets can say no others. */
const TEXT_DETAIL = `1 to ${LIMITS.attributeCharacters} characters`;
const NAME_DETAIL = "1 to 32 of a-z, 0-9, _ and -";

type Check = (isRight: boolean, field: string, detail: string) => void;

/** Everything that is wrong with a mode, each with the path of its field and what is allowed there. */
export function problemsOfMode(mode: Mode, path: string): ModeProblem[] {
  const problems: ModeProblem[] = [];
  const check: Check = (isRight, field, detail) => {
    if (!isRight) problems.push({ path: `${path}.${field}`, detail });
  };
  checkShape(mode, check);
  // What must fit into a team is judged by a team that there can be.
  if (isWithin(mode.teamSize, 1, MAX_PLAYERS_PER_MATCH, true)) {
    checkParties(mode, check);
    checkRoles(mode, check);
  }
  checkKnobs(mode, check);
  checkWaits(mode, check);
  for (const [name, rule] of Object.entries(mode.attributes)) checkAttribute(name, rule, check);
  checkRating(mode, check);
  return problems;
}

function checkShape(mode: Mode, check: Check): void {
  const { teams, teamSize } = mode;
  check(NAME.test(mode.name), "name", NAME_DETAIL);
  check(isWithin(teams, 2, MAX_TEAMS, true), "teams", `a whole number from 2 to ${MAX_TEAMS}`);
  check(isWithin(teamSize, 1, MAX_PLAYERS_PER_MATCH, true), "teamSize", "a whole number of at least 1");
  check(
    playersPerMatch(mode) <= MAX_PLAYERS_PER_MATCH,
    "teamSize",
    `teams × teamSize may be at most ${MAX_PLAYERS_PER_MATCH}`,
  );
}

function checkParties({ teamSize, partySizes }: Mode, check: Check): void {
  partySizes.forEach((size, index) => {
    const isRising = index === 0 || size > (partySizes[index - 1] ?? 0);
    check(isWithin(size, 1, teamSize, true), `partySizes[${index}]`, `a whole number from 1 to the team's ${teamSize}`);
    check(isRising, `partySizes[${index}]`, "each size once, in ascending order");
  });
  check(canFill(teamSize, partySizes), "partySizes", `sizes that can fill a team of ${teamSize}`);
}

/** Whether tickets of these sizes can add up to a team. */
function canFill(teamSize: number, sizes: readonly number[]): boolean {
  const reached = [true];
  for (let players = 1; players <= teamSize; players += 1) {
    reached[players] = sizes.some((size) => size > 0 && (reached[players - size] ?? false));
  }
  return reached[teamSize] ?? false;
}

function checkKnobs(mode: Mode, check: Check): void {
  const { overdue, targetWaitS, maxRatingGap, maxLatencyMs } = mode;
  check(isWithin(mode.pointsPerSecond, 1e-6, 1_000), "pointsPerSecond", "a number above 0, at most 1000");
  check(targetWaitS === null || isWithin(targetWaitS, 0.5, 3_600), "targetWaitS", "seconds from 0.5 to 3600, or null");
  check(isWithin(mode.equity, 0, 1), "equity", "a number from 0 to 1");
  check(isWithin(overdue.naturalWaits, 0, 1_000), "overdue.naturalWaits", "a number from 0 to 1000");
  check(isWithin(overdue.mostS, 0, 86_400), "overdue.mostS", "seconds from 0 to 1 day");
  check(isWithin(overdue.leastS, 0, overdue.mostS), "overdue.leastS", "seconds from 0 to overdue.mostS");
  check(isWithin(mode.sigmaWeight, 0, 100), "sigmaWeight", "a number from 0 to 100");
  check(isWithin(mode.balanceWeight, 0, 100), "balanceWeight", "a number from 0 to 100");
  check(isWithin(mode.partyParityWeight, 0, 100), "partyParityWeight", "a number from 0 to 100");
  check(maxRatingGap === null || isWithin(maxRatingGap, 0, 10_000), "maxRatingGap", "a number of at least 0, or null");
  check(maxLatencyMs === null || isWithin(maxLatencyMs, 1, 10_000), "maxLatencyMs", "1 to 10000, or null");
  check(isWithin(mode.tickPeriodMs, 100, 60_000, true), "tickPeriodMs", "milliseconds from 100 to 60000");
  check(isWithin(mode.matchTimeoutMs, 1_000, 604_800_000, true), "matchTimeoutMs", "milliseconds from 1 s to 7 days");
}

/** What is waited for besides other players: answers, signs of life, a server. */
function checkWaits({ readyCheck, socketGraceS, httpLeaseS, assignWithinS, matchTimeoutMs }: Mode, check: Check): void {
  check(isWithin(socketGraceS, 1, 3_600), "socketGraceS", "seconds from 1 to 3600");
  check(isWithin(httpLeaseS, 5, 86_400), "httpLeaseS", "seconds from 5 to 1 day");
  check(
    assignWithinS === null || isWithin(assignWithinS, 1, 3_600),
    "assignWithinS",
    "seconds from 1 to 3600, or null",
  );
  check((assignWithinS ?? 0) * 1_000 <= matchTimeoutMs, "assignWithinS", "at most matchTimeoutMs, or null");
  if (readyCheck === null) return;
  const { acceptS, ackS, repairS, coolDownsS, forgivenAfterS } = readyCheck;
  check(isWithin(acceptS, 1, 300), "readyCheck.acceptS", "seconds from 1 to 300");
  check(ackS === null || isWithin(ackS, 1, 300), "readyCheck.ackS", "seconds from 1 to 300, or null");
  check(isWithin(repairS, 0, 300), "readyCheck.repairS", "seconds from 0 (nobody is replaced) to 300");
  check(isWithin(coolDownsS.length, 0, 10), "readyCheck.coolDownsS", "a list of at most 10");
  coolDownsS.forEach((coolDownS, index) => {
    check(isWithin(coolDownS, 0, 604_800), `readyCheck.coolDownsS[${index}]`, "seconds from 0 to 7 days");
  });
  check(isWithin(forgivenAfterS, 0, 31_536_000), "readyCheck.forgivenAfterS", "seconds from 0 to a year");
}

function checkRoles({ roles, teamSize }: Mode, check: Check): void {
  const counts = Object.entries(roles);
  let places = 0;
  for (const [role, count] of counts) {
    check(NAME.test(role), `roles.${role}`, `a name of ${NAME_DETAIL}`);
    check(isWithin(count, 1, teamSize, true), `roles.${role}`, `a whole number from 1 to the team's ${teamSize}`);
    places += count;
  }
  check(places <= teamSize, "roles", `together at most the team's ${teamSize} places; they ask for ${places}`);
  check(counts.length <= MOST_ROLES, "roles", `at most ${MOST_ROLES} roles`);
}

function checkAttribute(name: string, rule: AttributeRule, check: Check): void {
  const field = `attributes.${name}`;
  check(NAME.test(name), field, `a name of ${NAME_DETAIL}`);
  switch (rule.rule) {
    case "overlap":
      check(isWithin(rule.values.length, 1, MOST_VALUES), `${field}.values`, `1 to ${MOST_VALUES} values`);
      check(new Set(rule.values).size === rule.values.length, `${field}.values`, "each value once");
      rule.values.forEach((value, index) => {
        check(isWithin(value.length, 1, LIMITS.attributeCharacters), `${field}.values[${index}]`, TEXT_DETAIL);
      });
      break;
    case "range":
      check(Number.isFinite(rule.min) && Number.isFinite(rule.max), `${field}.min`, "finite numbers");
      check(rule.min <= rule.max, `${field}.max`, "at least min");
      break;
    case "same":
      if (typeof rule.default === "string") {
        check(isWithin(rule.default.length, 1, LIMITS.attributeCharacters), `${field}.default`, TEXT_DETAIL);
      } else if (typeof rule.default === "number") {
        check(Number.isFinite(rule.default), `${field}.default`, "a finite number");
      }
      break;
    default:
      check(false, `${field}.rule`, "one of overlap, same, range");
      rule satisfies never;
  }
}

function checkRating(mode: Mode, check: Check): void {
  const { mu, sigma, beta, tau, drawProbability } = mode.rating;
  check(isWithin(mu, 1e-6, 10_000), "rating.mu", "a number above 0");
  check(isWithin(sigma, 1e-6, 10_000), "rating.sigma", "a number above 0");
  check(isWithin(beta, 1e-6, 10_000), "rating.beta", "a number above 0");
  check(isWithin(tau, 0, 10_000), "rating.tau", "a number of at least 0");
  check(drawProbability >= 0 && drawProbability < 1, "rating.drawProbability", "from 0 to below 1");
}

function isWithin(value: number, least: number, most: number, isWhole = false): boolean {
  return value >= least && value <= most && (!isWhole || Number.isInteger(value));
}
