import { expect, it } from "vitest";
import { ArrivalDensities } from "../../../../src/core/matching/arrival-densities.ts";
import { aModeDefinition, aModeTable } from "../../builders/a-mode.ts";
import { aSolo } from "../../builders/a-ticket.ts";

const modes = aModeTable(aModeDefinition({ name: "2v2" }));
const mode = modes.defaultMode;

it("a restart counts the tickets that came after the last save, and those before it only once", () => {
  const before = aSolo("one", 25, { ticketId: "1", mode: "2v2", enqueuedAtMs: 1_000 });
  const after = aSolo("two", 25, { ticketId: "2", mode: "2v2", enqueuedAtMs: 9_000 });
  const running = new ArrivalDensities({}, [], modes);
  running.arrived(before);
  running.at(mode, 5_000);
  const saved = running.toSave();
  running.arrived(after);

  const restored = new ArrivalDensities(saved, [before, after], modes);
  expect(restored.at(mode, 10_000)).toEqual(running.at(mode, 10_000));
});

it("forgets the densities of removed modes", () => {
  const running = new ArrivalDensities({}, [aSolo("one", 25, { mode: "2v2" })], modes);
  const others = aModeTable(aModeDefinition({ name: "1v1" }));
  expect(new ArrivalDensities(running.toSave(), [aSolo("one", 25, { mode: "2v2" })], others).toSave()).toEqual({});
});
