import { expect, it } from "vitest";
import { LIMITS } from "../../../src/core/limits.ts";
import type { RegionProfile } from "../../../src/db/region-profiles.ts";
import { Profiles } from "../../../src/region/profiles.ts";

const MODE = "2v2";

function aProfile(playerId: string, seq: number): RegionProfile {
  return { playerId, region: "EUW", ratings: new Map([[MODE, { mu: 20 + seq, sigma: 5, seq }]]) };
}

function aRating(playerId: string, seq: number) {
  return { playerId, mu: 20 + seq, sigma: 5, seq };
}

function seqOf(profile: RegionProfile | null | undefined): number | undefined {
  return profile?.ratings.get(MODE)?.seq;
}

it("a rating never goes back to a lower sequence number", async () => {
  const profiles = new Profiles(async (ids) => ids.map((id) => aProfile(id, 3)), 10);
  await profiles.find("anna");
  profiles.apply(MODE, [aRating("anna", 5)]);
  profiles.apply(MODE, [aRating("anna", 4)]);
  expect(seqOf(profiles.warm("anna"))).toBe(5);
});

it("a rating that arrives while the profile is being read is not lost to the older one that was read", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const profiles = new Profiles(async (ids) => {
    await promise;
    return ids.map((id) => aProfile(id, 1));
  }, 10);
  const found = profiles.find("anna");
  profiles.apply(MODE, [aRating("anna", 2)]);
  resolve();
  expect(seqOf(await found)).toBe(2);
  expect(seqOf(profiles.warm("anna"))).toBe(2);
});

it("players asked for during a read go together with the next one, and each only once", async () => {
  const reads: string[][] = [];
  const profiles = new Profiles(async (ids) => {
    reads.push([...ids]);
    await Promise.resolve();
    return ids.map((id) => aProfile(id, 1));
  }, 10);
  const found = await Promise.all(["a", "b", "c", "b"].map((id) => profiles.find(id)));
  expect(found.map((profile) => profile?.playerId)).toEqual(["a", "b", "c", "b"]);
  expect(reads).toEqual([["a"], ["b", "c"]]);
});

it("whoever asked first has the answer as soon as it is read, however many came meanwhile", async () => {
  const profiles = new Profiles(async (ids) => {
    if (ids.includes("late")) await new Promise(() => {});
    return ids.map((id) => aProfile(id, 1));
  }, 10);
  const first = profiles.find("first");
  const late = profiles.find("late");
  expect((await first)?.playerId).toBe("first");
  expect(await Promise.race([late, Promise.resolve("still being read")])).toBe("still being read");
});

it("a failed read fails for those who waited for it, and the next one is tried anew", async () => {
  let isDown = true;
  const profiles = new Profiles(async (ids) => {
    if (isDown) throw new Error("D1 is down");
    return ids.map((id) => aProfile(id, 1));
  }, 10);
  await expect(profiles.find("anna")).rejects.toThrow("D1 is down");
  isDown = false;
  expect(seqOf(await profiles.find("anna"))).toBe(1);
});

it("an unknown player is null and is asked for again next time", async () => {
  let reads = 0;
  const profiles = new Profiles(async () => {
    reads += 1;
    return [];
  }, 10);
  expect(await profiles.find("nobody")).toBeNull();
  expect(await profiles.find("nobody")).toBeNull();
  expect(reads).toBe(2);
});

it("forgets the least recently used first when it is full", async () => {
  const profiles = new Profiles(async (ids) => ids.map((id) => aProfile(id, 1)), 2);
  await profiles.find("a");
  await profiles.find("b");
  profiles.warm("a");
  await profiles.find("c");
  expect(profiles.warm("b")).toBeUndefined();
  expect(profiles.warm("a")).toBeDefined();
  expect(profiles.warm("c")).toBeDefined();
});

it("several players are read together, but for those in memory, and come in the order they were asked for", async () => {
  const reads: string[][] = [];
  const profiles = new Profiles(async (ids) => {
    reads.push([...ids]);
    return ids.filter((id) => id !== "nobody").map((id) => aProfile(id, 1));
  }, 10);
  await profiles.find("b");
  const found = await profiles.findAll(["c", "b", "nobody", "a"]);
  expect(found.map((profile) => profile?.playerId ?? null)).toEqual(["c", "b", null, "a"]);
  expect(reads).toEqual([["b"], ["c", "nobody", "a"]]);
});

it("a read that fails fails for all who were asked for together, and the next one is tried anew", async () => {
  let isBroken = true;
  const profiles = new Profiles(async (ids) => {
    if (isBroken) throw new Error("D1 is out");
    return ids.map((id) => aProfile(id, 1));
  }, 10);
  await expect(profiles.findAll(["a", "b"])).rejects.toThrow("D1 is out");
  isBroken = false;
  expect((await profiles.findAll(["a", "b"])).map((profile) => profile?.playerId)).toEqual(["a", "b"]);
});

it("no more players are read at once than the limit, and again when D1 has answered", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const profiles = new Profiles(async (ids) => {
    await promise;
    return ids.map((id) => aProfile(id, 1));
  }, 10);
  const ids = Array.from({ length: LIMITS.playersBeingRead }, (_, index) => `p${index}`);
  const first = profiles.findAll(ids.slice(1));
  expect(profiles.canRead()).toBe(true);
  const last = profiles.find("p0");
  expect(profiles.canRead()).toBe(false);
  resolve();
  await Promise.all([first, last]);
  expect(profiles.canRead()).toBe(true);
});
