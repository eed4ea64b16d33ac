import { expect, test } from "vitest";
import { BoundedMap } from "../../../src/http/bounded-map.ts";

test("a full map forgets what was put in first", () => {
  const map = new BoundedMap<string, number>(2);
  map.set("a", 1);
  map.set("b", 2);
  map.set("c", 3);
  expect([map.get("a"), map.get("b"), map.get("c")]).toEqual([undefined, 2, 3]);
  expect(map.size).toBe(2);
});

test("putting a key in again makes it the newest and forgets nobody", () => {
  const map = new BoundedMap<string, number>(2);
  map.set("a", 1);
  map.set("b", 2);
  map.set("a", 3);
  expect([map.get("a"), map.get("b")]).toEqual([3, 2]);
  map.set("c", 4);
  expect(map.get("b")).toBeUndefined();
});
