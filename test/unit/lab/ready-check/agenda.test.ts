import fc from "fast-check";
import { expect, it } from "vitest";
import { Agenda } from "../../../../simulation/lab/ready-check/agenda.ts";

it("gives what was put in order of time, and of one time in order of putting", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5 })), (times) => {
      const agenda = new Agenda<readonly [atMs: number, index: number]>();
      times.forEach((atMs, index) => {
        agenda.put(atMs, [atMs, index]);
      });
      const taken = times.map(() => agenda.take());
      const inOrder = times
        .map((atMs, index) => [atMs, index])
        .sort(([a = 0, i = 0], [b = 0, j = 0]) => a - b || i - j);
      expect(taken).toEqual(inOrder);
      expect(agenda.nextMs).toBe(Number.POSITIVE_INFINITY);
      expect(agenda.take()).toBeUndefined();
    }),
  );
});
