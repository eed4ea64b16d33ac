import { expect, it } from "vitest";
import { BookingLedger } from "../../../simulation/booking-ledger.ts";

it("has nothing against a player who queues, plays and queues again", () => {
  const ledger = new BookingLedger();
  for (const matchId of ["m1", "m2"]) {
    ledger.queued("ada");
    ledger.toldStatus("ada", true, null);
    ledger.started(matchId, ["ada"]);
    ledger.toldStatus("ada", false, matchId);
    ledger.ended(matchId, ["ada"]);
  }
  expect(ledger.faults).toEqual([]);
});

it("finds a player in two unfinished matches at once", () => {
  const ledger = new BookingLedger();
  ledger.queued("ada");
  ledger.started("m1", ["ada"]);
  ledger.started("m2", ["ada"]);
  expect(ledger.faults).toEqual(["player ada is in match m2 while still in match m1"]);
});

it("finds a player in a match who had not queued", () => {
  const ledger = new BookingLedger();
  ledger.started("m1", ["ada"]);
  expect(ledger.faults).toEqual(["player ada is in match m1 without having queued"]);
});

it("finds a player in a match who had left", () => {
  const ledger = new BookingLedger();
  ledger.queued("ada");
  ledger.left("ada", true);
  ledger.started("m1", ["ada"]);
  expect(ledger.faults).toEqual(["player ada is in match m1 without having queued"]);
});

it("finds a player who is told of a match and of a place in line at once", () => {
  const ledger = new BookingLedger();
  ledger.queued("ada");
  ledger.toldStatus("ada", true, "m1");
  expect(ledger.faults).toEqual(["player ada is told of match m1 while still queued"]);
});

it("finds a ticket that has vanished", () => {
  const ledger = new BookingLedger();
  ledger.queued("ada");
  ledger.toldStatus("ada", false, null);
  expect(ledger.faults).toEqual(["player ada queued and is now neither queued nor in a match"]);
});

it("finds a ticket that was gone when its player wanted to leave", () => {
  const ledger = new BookingLedger();
  ledger.queued("ada");
  ledger.left("ada", false);
  expect(ledger.faults).toEqual(["player ada queued and was not in line when leaving"]);
});

it("does not take the end of an earlier match for the end of the present one", () => {
  const ledger = new BookingLedger();
  ledger.queued("ada");
  ledger.started("m2", ["ada"]);
  ledger.ended("m1", ["ada"]);
  ledger.started("m3", ["ada"]);
  expect(ledger.faults).toEqual(["player ada is in match m3 while still in match m2"]);
});

it("finds a party whose members are told of different matches", () => {
  const ledger = new BookingLedger();
  ledger.toldWithLeader("ben", "m1", "m1");
  ledger.toldWithLeader("cleo", "m1", null);
  expect(ledger.faults).toEqual(["player cleo is told of match null, their party's leader of match m1"]);
});
