import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatSteps, parseSteps } from "../../../../simulation/crash/step-list.ts";

describe("numbers of steps as text", () => {
  it("joins steps that follow each other", () => {
    expect(formatSteps([3, 7, 8, 9, 12])).toBe("3,7-9,12");
  });

  it("comes back as it was", () => {
    const ascending = fc.uniqueArray(fc.nat(200), { minLength: 1 }).map((steps) => steps.toSorted((a, b) => a - b));
    fc.assert(
      fc.property(ascending, (steps) => {
        expect(parseSteps(formatSteps(steps))).toEqual(steps);
      }),
    );
  });

  it.each(["", "a", "3,2", "5-3", "1,1", "1--2", "-4"])("refuses %j", (text) => {
    expect(parseSteps(text)).toBeNull();
  });
});
