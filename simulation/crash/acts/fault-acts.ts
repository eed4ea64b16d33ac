import type { Act } from "./act.ts";
import { anySeat } from "./queue-acts.ts";

export const crash: Act = (world) => {
  if (world.faults.isCrashDue()) anySeat(world).host.crash();
};

/** At one of the next calls of the platform: between any two lines that matter. */
export const crashSoon: Act = (world) => {
  if (!world.faults.isCrashDue()) return;
  world.tally.count("crash planned");
  anySeat(world).host.crashSoon(world.choice.below(25));
};

export const sleep: Act = (world) => {
  if (anySeat(world).host.sleep()) world.tally.count("region slept");
};

export const ringTwice: Act = (world) => {
  if (!world.faults.isOn) return;
  world.tally.count("alarm twice");
  anySeat(world).host.ringTwice();
};

export const nothing: Act = () => {};
