import { describe, expect, it } from "vitest";
import { newSecret } from "../../../src/region/new-secret.ts";
import { addressOfParty } from "../../../src/region/party-code.ts";

const REGIONS = ["EUW", "LAS", "O_1"];

describe("a party's code", () => {
  it("names its region", () => {
    expect(addressOfParty("LAS-7K3M9XQ2TD", REGIONS)).toEqual({ region: "LAS", code: "LAS-7K3M9XQ2TD" });
  });

  it("may be typed in lower case, with o for 0 and with i or l for 1, in its secret only", () => {
    expect(addressOfParty("las-o7i3l9xq2t", REGIONS)).toEqual({ region: "LAS", code: "LAS-071319XQ2T" });
    expect(addressOfParty("o_1-7k3m9xq2td", REGIONS)).toEqual({ region: "O_1", code: "O_1-7K3M9XQ2TD" });
  });

  it.each([
    "",
    "LAS",
    "LAS-",
    "-7K3M9XQ2TD",
    "LAS7K3M9XQ2TD",
    "LAS-7K3M",
    "LAS-7K3M9XQ2T!",
    "LAS-7K3M9XQ2TD\n",
    `LAS-${"A".repeat(33)}`,
    "EUNE-7K3M9XQ2TD",
    "EUW-LAS-7K3M9XQ2TD",
  ])("is none in %j", (text) => {
    expect(addressOfParty(text, REGIONS)).toBeNull();
  });

  it("is read back as it was made", () => {
    for (let count = 0; count < 1_000; count += 1) {
      const code = `EUW-${newSecret()}`;
      expect(addressOfParty(code, REGIONS)).toEqual({ region: "EUW", code });
    }
  });
});

describe("a party's secret", () => {
  it("has ten digits of Crockford's base32, each of them as likely as another", () => {
    const counts = new Map<string, number>();
    for (let count = 0; count < 10_000; count += 1) {
      const secret = newSecret();
      expect(secret).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
      for (const digit of secret) counts.set(digit, (counts.get(digit) ?? 0) + 1);
    }
    expect(counts.size).toBe(32);
    // 3,125 expected of each, standard deviation 55: eight of them is never by chance.
    for (const count of counts.values()) expect(Math.abs(count - 3_125)).toBeLessThan(8 * 55);
  });
});
