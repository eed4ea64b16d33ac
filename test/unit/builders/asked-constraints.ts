import fc from "fast-check";
import type { AttributeValue } from "../../../src/core/attribute.ts";
import type { AskedConstraints, TicketPlayer } from "../../../src/core/ticket.ts";
import { aPlayer } from "./a-player.ts";

/** One to three players, who may have said roles of their own, with ratings that a rating gap may keep apart. */
export const tickets: fc.Arbitrary<TicketPlayer[]> = fc
  .array(
    fc.record({
      mu: fc.constantFrom(25, 25, 27, 31, 60),
      roles: fc.constantFrom(undefined, undefined, ["tank"], ["healer"], ["healer", "tank"]),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((members) =>
    members.map(({ mu, roles }, index) => ({ ...aPlayer(`p${index}`, mu), ...(roles !== undefined && { roles }) })),
  );

const roleList = fc.array(fc.constantFrom("tank", "tank", "healer", "healer", "mage"), { maxLength: 3 });

const attributeValue: fc.Arbitrary<AttributeValue> = fc.oneof(
  fc.array(fc.constantFrom("dust", "mirage", "moon"), { maxLength: 3 }),
  fc.constantFrom("1.4.2", "dust"),
  fc.constantFrom(-1, 0, 20, 100, 101, Number.NaN),
  fc.boolean(),
  fc.record({ min: fc.constantFrom(-1, 0, 20), max: fc.constantFrom(10, 30, 101) }),
);

/** What fits the hunt, half of the time. */
const fittingAttributes = fc.record(
  {
    build: fc.constantFrom("1.4.2", "1.5.0"),
    map: fc.subarray(["dust", "mirage", "inferno"], { minLength: 1 }),
    crossplay: fc.boolean(),
    stakes: fc.constantFrom<AttributeValue>(20, { min: 0, max: 100 }, { min: 10, max: 10 }),
  },
  { requiredKeys: ["build"] },
);
const anyAttributes = fc.dictionary(
  fc.constantFrom("map", "build", "crossplay", "stakes", "a/b", "m~n"),
  attributeValue,
  {
    maxKeys: 3,
  },
);

/** Everything that a call may ask for in the hunt, sensible and not. */
export const askedConstraints: fc.Arbitrary<AskedConstraints> = fc.record(
  {
    attributes: fc.oneof({ weight: 4, arbitrary: fittingAttributes }, { weight: 1, arbitrary: anyAttributes }),
    maxRatingGap: fc.constantFrom(0, 4, 10, 100),
    avoid: fc.array(fc.constantFrom("zed", "yan", "xia", "p1"), { maxLength: 3 }),
    roles: fc.oneof(roleList, fc.dictionary(fc.constantFrom("p0", "p1", "p9"), roleList)),
    latencyMs: fc.dictionary(fc.constantFrom("EUW", "NA", "EUNE", "MOON"), fc.constantFrom(10, 30, 80, 200), {
      maxKeys: 3,
    }),
  },
  { requiredKeys: ["attributes"] },
);

/** Who comes with a ticket, by their ratings, and what they ask for. */
export interface HuntWish extends AskedConstraints {
  readonly mus: readonly number[];
}

/**
 * Nearly always possible, and often in somebody's way. Two tickets of three are solo, the others friends of about one
 * strength.
 */
export const huntWishes: fc.Arbitrary<HuntWish> = fc
  .record(
    {
      mu: fc.integer({ min: 18, max: 34 }),
      friends: fc.constantFrom<readonly number[]>([], [], [], [], [2], [-3, 4]),
      attributes: fc.record(
        {
          build: fc.constantFrom("1.4.2", "1.4.2", "1.4.2", "1.5.0"),
          map: fc.subarray(["dust", "mirage", "inferno"], { minLength: 1 }),
          stakes: fc.constantFrom<AttributeValue>(20, { min: 0, max: 100 }, { min: 10, max: 30 }),
        },
        { requiredKeys: ["build"] },
      ),
      maxRatingGap: fc.constantFrom(5, 10, 20, 100),
      avoid: fc.uniqueArray(fc.constantFrom("x1", "p3-0", "p7-0"), { maxLength: 2 }),
      roles: fc.subarray(["tank", "healer"], { minLength: 1 }),
      latencyMs: fc.constantFrom({ EUW: 20, EUNE: 70 }, { EUNE: 30, NA: 60 }, { EUW: 90, EUNE: 80 }),
    },
    { requiredKeys: ["mu", "friends", "attributes"] },
  )
  .map(({ mu, friends, ...asked }) => ({ ...asked, mus: [mu, ...friends.map((distance) => mu + distance)] }));
