import type { Random } from "../random.ts";

/** When tickets come: at a steady rate, or over a day with bursts. */
export type ArrivalCurve = "steady" | "burst";

/** How far the day's rate swings to either side of its mean. */
const DAY_SWING = 0.6;
const BURSTS = 4;
const BURST_LENGTH_S = 30;
/** A burst brings this share of the concurrent players. */
const BURST_SHARE = 0.1;

/**
 * Times of a Poisson process, ascending, in seconds from 0 to before `durationS`.
 *
 * 1. Draw exponential gaps at the highest rate that the curve reaches.
 * 2. Keep each with the probability rate(t) / highest rate (Lewis and Shedler 1979: thinning). A steady rate keeps all.
 * 3. `burst`: the rate is ratePerS × (1 + 0.6·sin(2πt / duration)), and after each fifth of the time a tenth of the
 *    concurrent players come within 30 s.
 *
 * @param ratePerS tickets per second, the mean over the whole time without the bursts
 * @param concurrentTickets tickets that the concurrent players make
 */
export function arrivalTimesS(
  curve: ArrivalCurve,
  ratePerS: number,
  concurrentTickets: number,
  durationS: number,
  random: Random,
): number[] {
  const swing = curve === "burst" ? DAY_SWING : 0;
  const highestRate = ratePerS * (1 + swing);
  const times: number[] = [];
  let timeS = 0;
  for (;;) {
    timeS += -Math.log(1 - random.between(0, 1)) / highestRate;
    if (timeS >= durationS) break;
    const rate = ratePerS * (1 + swing * Math.sin((2 * Math.PI * timeS) / durationS));
    if (swing === 0 || random.between(0, highestRate) < rate) times.push(timeS);
  }
  if (curve === "steady") return times;
  for (let burst = 1; burst <= BURSTS; burst += 1) {
    const startS = (durationS * burst) / (BURSTS + 1);
    const tickets = Math.round(BURST_SHARE * concurrentTickets);
    for (let ticket = 0; ticket < tickets; ticket += 1) times.push(startS + random.between(0, BURST_LENGTH_S));
  }
  return times.filter((time) => time < durationS).sort((a, b) => a - b);
}
