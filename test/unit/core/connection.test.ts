import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connectionOfJson } from "../../../src/core/connection.ts";

function textOf(value: unknown): string {
  const connection = connectionOfJson(value);
  if (!connection.ok) throw new Error(connection.refusal.detail);
  return connection.value;
}

function nested(levels: number): unknown {
  return levels === 0 ? 1 : { deeper: nested(levels - 1) };
}

/** An object as JSON, with its members in another order at every level. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).reverse();
  return Object.fromEntries(members.map(([name, member]) => [name, turned(member)]));
}

describe("a connection", () => {
  it("is kept as JSON that says the same", () => {
    const value = { host: "203.0.113.7", port: 7_777, tls: true, mirrors: ["a", null, { b: 1.5 }] };
    expect(JSON.parse(textOf(value))).toEqual(value);
  });

  it("of the same members in another order is the same text", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 8 }), (value) => {
        const parsed = JSON.parse(JSON.stringify(value));
        expect(textOf(turned(parsed))).toBe(textOf(parsed));
        expect(JSON.parse(textOf(parsed))).toEqual(parsed);
      }),
    );
  });

  it("that differs anywhere is another text", () => {
    expect(textOf({ port: 1, hosts: ["a", "b"] })).not.toBe(textOf({ port: 1, hosts: ["b", "a"] }));
  });

  it("has at most 32 members", () => {
    const withMembers = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${index}`, index]));
    expect(connectionOfJson(withMembers(32)).ok).toBe(true);
    expect(connectionOfJson(withMembers(33))).toMatchObject({ refusal: { detail: "Send at most 32 members." } });
  });

  it("has at most 4,096 bytes, of whatever characters", () => {
    const ofBytes = (bytes: number, character: string, size: number) => ({
      a: character.repeat(Math.floor((bytes - '{"a":""}'.length) / size)),
    });
    expect(connectionOfJson(ofBytes(4_096, "x", 1)).ok).toBe(true);
    expect(connectionOfJson(ofBytes(4_097, "x", 1)).ok).toBe(false);
    expect(connectionOfJson(ofBytes(4_100, "é", 2)).ok).toBe(false);
  });

  it("is at most eight levels deep, and one that is far deeper exhausts nothing", () => {
    expect(connectionOfJson(nested(8)).ok).toBe(true);
    expect(connectionOfJson(nested(9)).ok).toBe(false);
    expect(connectionOfJson(nested(5_000)).ok).toBe(false);
  });

  it.each([null, [], "text", 7, undefined, { a: Number.NaN }, { a: undefined }, { a: () => 1 }])(
    "is not %j",
    (value) => {
      expect(connectionOfJson(value).ok).toBe(false);
    },
  );
});
