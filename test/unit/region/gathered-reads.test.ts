import { describe, expect, it } from "vitest";
import { GatheredReads } from "../../../src/region/gathered-reads.ts";

/** A database that answers when it is told to, with each key's length. */
class SlowReads {
  readonly asked: (readonly string[])[] = [];
  #under: PromiseWithResolvers<ReadonlyMap<string, number>> | null = null;

  readonly read = (keys: readonly string[]): Promise<ReadonlyMap<string, number>> => {
    this.asked.push(keys);
    this.#under = Promise.withResolvers();
    return this.#under.promise;
  };

  answer(): void {
    const known = (this.asked.at(-1) ?? []).filter((key) => key !== "nobody");
    this.#under?.resolve(new Map(known.map((key) => [key, key.length])));
  }

  fail(): void {
    this.#under?.reject(new Error("away"));
  }
}

describe("gathered reads", () => {
  it("ask once for all who came while another read was under way", async () => {
    const slow = new SlowReads();
    const reads = new GatheredReads(slow.read, 10);
    const first = reads.find("a");
    const others = [reads.find("bb"), reads.find("ccc"), reads.find("bb"), reads.find("nobody")];
    slow.answer();
    expect(await first).toBe(1);
    slow.answer();
    expect(await Promise.all(others)).toEqual([2, 3, 2, null]);
    expect(slow.asked).toEqual([["a"], ["bb", "ccc", "nobody"]]);
  });

  it("ask for no more keys at once than they may", async () => {
    const slow = new SlowReads();
    const reads = new GatheredReads(slow.read, 2);
    const found = ["a", "b", "c", "d"].map((key) => reads.find(key));
    for (const one of [found[0], found[1], found[3]]) {
      slow.answer();
      await one;
    }
    expect(slow.asked).toEqual([["a"], ["b", "c"], ["d"]]);
  });

  it("tell a failure to those who waited for it, and go on", async () => {
    const slow = new SlowReads();
    const reads = new GatheredReads(slow.read, 10);
    const [first, second] = [reads.find("a"), reads.find("b")];
    slow.fail();
    await expect(first).rejects.toThrow("away");
    slow.answer();
    expect(await second).toBe(1);
    const again = reads.find("a");
    slow.answer();
    expect(await again).toBe(1);
  });
});
