import fc from "fast-check";
import { expect, test } from "vitest";
import { WaitingLine } from "../../../../src/core/matching/waiting-line.ts";

const MOST = 12;

/** The same by looking through a set. */
class PlainLine {
  readonly waiting: Set<number>;

  constructor(count: number) {
    this.waiting = new Set(Array.from({ length: count }, (_, position) => position));
  }

  higher(position: number): number | null {
    return this.positions().find((other) => other > position) ?? null;
  }

  lower(position: number): number | null {
    return this.positions().findLast((other) => other < position) ?? null;
  }

  positions(): number[] {
    return [...this.waiting].sort((a, b) => a - b);
  }
}

test("after any taking and giving back, everybody finds the neighbours that looking through a set finds", () => {
  const histories = fc.record({
    count: fc.integer({ min: 0, max: MOST }),
    // Whoever is named is taken if there, given back if not.
    named: fc.array(fc.nat({ max: MOST - 1 }), { maxLength: 40 }),
  });
  fc.assert(
    fc.property(histories, ({ count, named }) => {
      const line = new WaitingLine(count);
      const model = new PlainLine(count);
      for (const position of named.filter((position) => position < count)) {
        if (model.waiting.delete(position)) line.take(position);
        else {
          model.waiting.add(position);
          line.giveBack(position);
        }
        expect([...line.positions()]).toEqual(model.positions());
        expect(line.higher(-1)).toBe(model.higher(-1));
        for (let other = 0; other < count; other += 1) {
          expect(line.has(other)).toBe(model.waiting.has(other));
          if (!model.waiting.has(other)) continue;
          expect(line.higher(other)).toBe(model.higher(other));
          expect(line.lower(other)).toBe(model.lower(other));
        }
      }
    }),
    { numRuns: 1_000 },
  );
});

test("a line of nobody has nobody", () => {
  const line = new WaitingLine(0);
  expect([...line.positions()]).toEqual([]);
  expect(line.higher(-1)).toBeNull();
});
