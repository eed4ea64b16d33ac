import fc from "fast-check";
import { expect, it } from "vitest";
import { callerOfAddress } from "../../../src/http/caller-address.ts";

const group = fc.integer({ min: 0, max: 0xffff });
const subnet = fc.tuple(group, group, group, group);
const host = fc.tuple(group, group, group, group);

/** An address in full, each group with its leading zeros or without. */
function written(groups: readonly number[], isPadded: boolean): string {
  return groups.map((value) => value.toString(16).padStart(isPadded ? 4 : 1, "0")).join(":");
}

it("all addresses of a /64 are one caller, however they are written", () => {
  fc.assert(
    fc.property(subnet, host, host, (net, one, other) => {
      const first = callerOfAddress(written([...net, ...one], false));
      expect(callerOfAddress(written([...net, ...other], true).toUpperCase())).toBe(first);
    }),
  );
});

it("those of two /64 are two", () => {
  fc.assert(
    fc.property(subnet, subnet, host, (one, other, rest) => {
      fc.pre(one.join() !== other.join());
      expect(callerOfAddress(written([...one, ...rest], false))).not.toBe(
        callerOfAddress(written([...other, ...rest], false)),
      );
    }),
  );
});

it("zeros that were left out count", () => {
  expect(callerOfAddress("2001:db8::1")).toBe(callerOfAddress("2001:db8:0:0:0:0:0:2"));
  expect(callerOfAddress("2001:db8:1::1")).not.toBe(callerOfAddress("2001:db8::1:0:0:1"));
  expect(callerOfAddress("::1")).toBe("0:0:0:0::/64");
  expect(callerOfAddress("fe80::1%eth0")).toBe("fe80:0:0:0::/64");
});

it("an IPv4 address is itself, also inside of IPv6", () => {
  expect(callerOfAddress("192.0.2.1")).toBe("192.0.2.1");
  expect(callerOfAddress("::ffff:192.0.2.1")).toBe("192.0.2.1");
  expect(callerOfAddress("0:0:0:0:0:FFFF:192.0.2.1")).toBe("192.0.2.1");
});
