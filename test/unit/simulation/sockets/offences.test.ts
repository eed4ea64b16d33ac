import { expect, it } from "vitest";
import type { Ending } from "../../../../simulation/sockets/offences.ts";
import { Offences } from "../../../../simulation/sockets/offences.ts";
import { aCoolDown, at } from "../builders/a-server-message.ts";

const DECLINED: Ending = { isTheirDoing: true, wasShown: true, isCertain: true, isToldAtOnce: true, costS: 30 };

it("expects the next step of the scale each time, and the last one for ever", () => {
  const offences = new Offences([30, 120]);
  expect(offences.nextS).toBe(30);
  expect(offences.told(aCoolDown(at(0), 30, 1), DECLINED)).toBeNull();
  expect(offences.nextS).toBe(120);
  expect(offences.told(aCoolDown(at(60), 120, 2), { ...DECLINED, costS: 120 })).toBeNull();
  expect(offences.nextS).toBe(120);
  expect(offences.punished).toBe(2);
});

it("wants the price that was told, and one offence more than before", () => {
  expect(new Offences([30]).told(aCoolDown(at(0), 60, 1), DECLINED)).toBe(
    "is out of the queue for 60 s and was told 30 s",
  );
  expect(new Offences([30]).told(aCoolDown(at(0), 30, 2), DECLINED)).toBe("has 2 offences after 0");
});

it("is told of the same cool-down again without counting it again", () => {
  const offences = new Offences([30]);
  offences.told(aCoolDown(at(0)), DECLINED);
  const later = { ...aCoolDown(at(0)), seconds: 12 };
  expect(
    offences.told(later, { isTheirDoing: false, wasShown: false, isCertain: false, isToldAtOnce: false, costS: 0 }),
  ).toBeNull();
  expect(offences.punished).toBe(1);
});

it("expects nothing of a mode that lets the first offence pass", () => {
  expect(new Offences([0, 30]).told(null, { ...DECLINED, costS: 0 })).toBeNull();
});

it("lets a part of it have passed for whoever was away when it began, and never more than it costs remain", () => {
  const away = { ...DECLINED, isToldAtOnce: false };
  expect(new Offences([30]).told(aCoolDown(at(0), 25, 1), away)).toBeNull();
  expect(new Offences([30]).told(aCoolDown(at(0), 25, 1), DECLINED)).not.toBeNull();
  expect(new Offences([30]).told(aCoolDown(at(0), 35, 1), away)).not.toBeNull();
});
