import fc from "fast-check";

/** `polled`: the system asked where they stand. */
type Personal = "connect" | "disconnect" | "seen" | "polled" | "cancel" | "accept" | "decline";

/** What happens around leases, so many milliseconds after the event before. Players are numbers. */
export type LeaseEvent = { readonly afterMs: number } & (
  | { readonly type: Personal; readonly player: number }
  /** `other`: on the same ticket, if it is another one. */
  | {
      readonly type: "enqueue";
      readonly player: number;
      readonly other: number;
      readonly mode: "2v2" | "1v1";
      readonly by: "socket" | "http" | "system" | "system_leased";
    }
  | { readonly type: "tick" }
  /** The object comes back from its storage; after a kill without its sockets. */
  | { readonly type: "restart"; readonly isKilled: boolean }
);

export const LEASE_PLAYERS = 7;
const player = fc.nat({ max: LEASE_PLAYERS - 1 });
const afterMs = fc.constantFrom(0, 1, 250, 999, 1_000, 3_000, 5_000, 11_000);

const personal = (type: Personal, weight: number) => ({
  weight,
  arbitrary: fc.record({ type: fc.constant(type), player, afterMs }),
});

export const leaseEvents: fc.Arbitrary<LeaseEvent[]> = fc.array(
  fc.oneof(
    {
      weight: 10,
      arbitrary: fc.record({
        type: fc.constant("enqueue" as const),
        player,
        other: player,
        mode: fc.constantFrom("2v2" as const, "1v1" as const),
        by: fc.constantFrom("socket" as const, "http" as const, "system" as const, "system_leased" as const),
        afterMs,
      }),
    },
    { weight: 10, arbitrary: fc.record({ type: fc.constant("tick" as const), afterMs }) },
    { weight: 3, arbitrary: fc.record({ type: fc.constant("restart" as const), isKilled: fc.boolean(), afterMs }) },
    personal("connect", 8),
    personal("disconnect", 8),
    personal("seen", 4),
    personal("polled", 2),
    personal("accept", 5),
    personal("decline", 1),
    personal("cancel", 1),
  ),
  { minLength: 20, maxLength: 60, size: "max" },
);
