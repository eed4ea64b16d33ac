import type { Act } from "./act.ts";
import { anySeat } from "./queue-acts.ts";

export const crash: Act = (world) => {
  if (!world.faults.isCrashDue()) return;
  const { host } = anySeat(world);
  world.mention(host.name);
  host.crash();
};

/** At one of the next calls of the platform: between any two lines that matter. */
export const crashSoon: Act = (world) => {
  if (!world.faults.isCrashDue()) return;
  const { host } = anySeat(world);
  const calls = world.choice.below(25);
  world.tally.count("crash planned");
  world.mention(`${host.name}, ${calls} calls from now`);
  host.crashSoon(calls);
};

export const sleep: Act = (world) => {
  const { host } = anySeat(world);
  world.mention(host.name);
  if (host.sleep()) world.tally.count("region slept");
};

export const ringTwice: Act = (world) => {
  if (!world.faults.isOn) return;
  const { host } = anySeat(world);
  world.tally.count("alarm twice");
  world.mention(host.name);
  host.alarm.ringTwice();
};

export const nothing: Act = () => {};
