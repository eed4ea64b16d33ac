import { expect, it } from "vitest";
import { afterClose } from "../../../client/after-close.ts";
import { CLOSINGS } from "../../../src/region/socket-constants.ts";

const LONGEST_MS = 10_000;
const CANNOT_RENEW = false;
const CAN_RENEW = true;

it.each([1000, 1001, 1005, 1006, 1011, 1012, CLOSINGS.silent.code])("%i is a broken connection", (code) => {
  expect(afterClose(code, CANNOT_RENEW, LONGEST_MS)).toEqual({ isFinal: false, leastMs: 0 });
});

it("whoever sent too much waits at least as long as the longest wait", () => {
  expect(afterClose(CLOSINGS.flooding.code, CANNOT_RENEW, LONGEST_MS)).toEqual({ isFinal: false, leastMs: LONGEST_MS });
});

it.each(["token_expired", "moved", "region_closed"] as const)("%s needs a fresh token, or it is over", (name) => {
  const { code } = CLOSINGS[name];
  expect(afterClose(code, CAN_RENEW, LONGEST_MS)).toEqual({ isFinal: false, leastMs: 0 });
  expect(afterClose(code, CANNOT_RENEW, LONGEST_MS)).toMatchObject({ isFinal: true, error: { reason: name } });
});

it("a socket that others took the place of does not fight for it", () => {
  const next = afterClose(CLOSINGS.replaced.code, CAN_RENEW, LONGEST_MS);
  expect(next).toMatchObject({ isFinal: true, error: { reason: "replaced", detail: CLOSINGS.replaced.reason } });
});
