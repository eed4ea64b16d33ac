import fc from "fast-check";
import pLimit from "p-limit";
import { Connection } from "../http/connection.ts";
import type { Secrets } from "../http/request-of.ts";
import { Stirrer } from "../http/stir.ts";
import { World } from "../world.ts";
import { Bystander } from "./bystander.ts";
import { burst } from "./draw-burst.ts";
import { expectedAnswer } from "./expected.ts";
import type { PlannedBurst } from "./planned-burst.ts";
import type { PlayedBurst } from "./play-burst.ts";
import { playBurst } from "./play-burst.ts";

export interface FrameFuzzSettings {
  readonly url: string;
  readonly secrets: Secrets;
  readonly seed: number;
  readonly frames: number;
  readonly progress: (done: number) => void;
}

export interface FrameFuzzReport {
  readonly sockets: number;
  readonly frames: number;
  /** Frames by what they are answered with. */
  readonly kinds: ReadonlyMap<string, number>;
  readonly faults: number;
  /** One paragraph for each distinct fault, with the smallest burst. */
  readonly findings: readonly string[];
}

const OPEN_AT_ONCE = 12;
/** How many bursts between two calls that bring new ready checks and matches about. */
const STIR_EVERY = 24;
const SHRUNK_FAULTS = 5;
const SHRINK_BURSTS = 60;
/** Nobody refers to these: the world's last players, whom no burst and no call of the backend's means. */
const BYSTANDERS = ["EUW", "NA"];

/** Sends frames drawn from the protocol over many sockets of many players, and judges all that each of them hears. */
export async function fuzzFrames(settings: FrameFuzzSettings): Promise<FrameFuzzReport> {
  const { url, secrets, seed, frames, progress } = settings;
  const world = new World();
  const connection = new Connection(url, OPEN_AT_ONCE);
  const stirrer = new Stirrer(world, connection, secrets);
  await stirrer.register();
  const bystanders = await Promise.all(
    BYSTANDERS.map(async (region) => new Bystander(url, await tokenIn(url, region))),
  );

  const first = new Map<string, { readonly run: number; readonly fault: string }>();
  const kinds = new Map<string, number>();
  let faults = 0;
  let sent = 0;
  const play = async (planned: PlannedBurst, run: number) => {
    const played = await playBurst(url, planned, world);
    for (const frame of played.frames) {
      const expected = expectedAnswer(frame);
      const kind = expected.kind === "problem" ? expected.reason : expected.kind;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    for (const fault of played.faults) {
      faults += 1;
      if (!first.has(signatureOf(fault))) first.set(signatureOf(fault), { run, fault });
    }
    sent += played.frames.length;
    progress(sent);
  };
  const planned = enoughBursts(seed, frames);
  const limit = pLimit(OPEN_AT_ONCE);
  for (let start = 0; start < planned.length; start += STIR_EVERY) {
    await stirrer.stir();
    const part = planned.slice(start, start + STIR_EVERY);
    await Promise.all(part.map((one, index) => limit(() => play(one, start + index))));
  }

  const findings = (await Promise.all(bystanders.map((bystander) => bystander.leave()))).flat();
  faults += findings.length;
  for (const { run, fault } of [...first.values()].slice(0, SHRUNK_FAULTS)) {
    const smallest = await smallestBurst(settings, world, run, fault);
    findings.push(described(fault, run, seed, smallest));
  }
  await connection.close();
  return { sockets: planned.length, frames: sent, kinds, faults, findings };
}

function enoughBursts(seed: number, frames: number): PlannedBurst[] {
  const drawn = fc.sample(burst, { seed, numRuns: frames });
  let total = 0;
  return drawn.filter((planned) => {
    const isNeeded = total < frames;
    total += planned.frames.length;
    return isNeeded;
  });
}

/** @returns null: it did not happen again */
async function smallestBurst(
  { url, seed }: FrameFuzzSettings,
  world: World,
  run: number,
  fault: string,
): Promise<PlayedBurst | null> {
  let smallest: PlayedBurst | null = null;
  let left = SHRINK_BURSTS;
  const property = fc.asyncProperty(burst, async (planned) => {
    left -= 1;
    if (left < 0) return true;
    const played = await playBurst(url, planned, world);
    const isSame = played.faults.some((other) => signatureOf(other) === signatureOf(fault));
    if (isSame) smallest = played;
    return !isSame;
  });
  await fc.check(property, { seed, path: String(run), numRuns: 1 });
  return smallest;
}

function described(fault: string, run: number, seed: number, smallest: PlayedBurst | null): string {
  const where = `${fault}\n  burst ${run} of seed ${seed}`;
  if (smallest === null) return `${where}; it did not happen again`;
  const frames = smallest.frames.map((frame) =>
    typeof frame === "string"
      ? `    ${frame.slice(0, 500)}`
      : `    ${frame.length} bytes: ${Buffer.from(frame).toString("hex")}`,
  );
  return [`${where}, the smallest that does it:`, ...frames].join("\n");
}

/** Faults that differ only in numbers and ids are one. */
function signatureOf(fault: string): string {
  return fault.split(/[:(]/)[0]?.replaceAll(/\d+/g, "#") ?? fault;
}

async function tokenIn(url: string, region: string): Promise<string> {
  const answer = await fetch(`${url}/players/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "bystander", region }),
  });
  const body: unknown = await answer.json();
  if (typeof body === "object" && body !== null && "access_token" in body) return String(body.access_token);
  throw new Error(`registering was answered with ${answer.status}`);
}
