import { expect, it } from "vitest";
import type { ServerMessage } from "../../../src/region/protocol.ts";
import { falseTellings } from "../../integration/races/false-tellings.ts";

const joined = (seq: number): ServerMessage => ({
  type: "queue.joined",
  seq,
  ticket_id: "A",
  mode: "1v1",
  enqueued_at: "2026-11-02T00:00:00.000Z",
  party: null,
});
const left = (seq: number): ServerMessage => ({
  type: "queue.left",
  seq,
  ticket_id: "A",
  mode: "1v1",
  reason: "cancelled",
  by: "ann",
  match_id: null,
  cool_down: null,
});
const receipt = (seq: number, outcome: "dequeued" | "not_queued"): ServerMessage => ({
  type: "cancel.receipt",
  seq,
  outcome,
  ticket_id: outcome === "dequeued" ? "A" : null,
  match: null,
  cool_down: null,
});

it("a socket that heard of everything in its order is believed", () => {
  const heard = [joined(1), left(2), receipt(3, "dequeued"), receipt(4, "not_queued")];
  expect(falseTellings(heard, ["joined A", "left A"])).toEqual([]);
});

it.each<[string, ServerMessage[], string]>([
  ["news that never came", [joined(1)], "what happened was"],
  ["news that came twice", [joined(1), left(2), left(3)], "what happened was"],
  ["a receipt before its news", [joined(1), receipt(2, "dequeued"), left(3)], "after joined A came"],
  ["not queued while in line", [joined(1), receipt(2, "not_queued"), left(3)], "after joined A came"],
  ["a running number that was there before", [joined(1), left(1)], "number 1 after 1"],
])("%s is found", (_, heard, words) => {
  expect(falseTellings(heard, ["joined A", "left A"])).toContainEqual(expect.stringContaining(words));
});
