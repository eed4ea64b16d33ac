import type { Backfill } from "./backfill.ts";
import type { CoolDown } from "./cool-downs.ts";
import type { Learned } from "./learned.ts";
import { NOTHING_LEARNED } from "./learned.ts";
import type { LeaseClock } from "./lease-clock.ts";
import type { Match } from "./match.ts";
import type { Party } from "./party.ts";
import type { Proposal } from "./proposal.ts";
import type { Revocation } from "./revocations.ts";
import type { Ticket } from "./ticket.ts";

/** Everything a region must remember. What `Queue` holds beyond this is derived from it on waking. */
export interface QueueState {
  readonly tickets: readonly Ticket[];
  /** Of their players, by ticket id; none are known of a ticket that is not in it. */
  readonly clocks: Readonly<Record<string, readonly LeaseClock[]>>;
  readonly matches: readonly Match[];
  readonly parties: readonly Party[];
  readonly proposals: readonly Proposal[];
  readonly backfills: readonly Backfill[];
  readonly coolDowns: readonly CoolDown[];
  /** Absent: of none. */
  readonly revocations?: readonly Revocation[];
  readonly learned: Learned;
  /** A revision that no match has gone past; keeps revisions growing after matches are forgotten. */
  readonly highestRev: number;
}

export const EMPTY_QUEUE_STATE: QueueState = {
  tickets: [],
  clocks: {},
  matches: [],
  parties: [],
  proposals: [],
  backfills: [],
  coolDowns: [],
  learned: NOTHING_LEARNED,
  highestRev: 0,
};
