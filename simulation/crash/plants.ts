import type { ObjectStorageSettings } from "./platform/object-storage.ts";
import type { SimulatedD1Settings } from "./platform/simulated-d1.ts";
import {
  admitWhoIsLockedOut,
  bookTwice,
  dependOnTheMachine,
  forgetWhoComesBack,
  neverSendAgain,
  neverSetTheAlarm,
  splitParties,
} from "./production-plants.ts";

/** A bug planted into the production code or into what surrounds it, to see whether it is found. */
export interface Plant {
  readonly name: string;
  /** The number of the design's invariant that it breaks; null: another promise. */
  readonly breaks: number | null;
  /** Which checkers may be the first to find it. */
  readonly foundBy: readonly string[];
  readonly storage?: Pick<ObjectStorageSettings, "altered" | "alteredRows" | "openGate">;
  readonly d1?: Pick<SimulatedD1Settings, "altered">;
  /** Changes the production code of this process. @returns how to change it back */
  readonly production?: () => () => void;
  /** The region's own ledger says nothing, so that somebody else has to find it. */
  readonly isLedgerMute?: true;
  /** It only shows when the same history is played again. */
  readonly isPlayedTwice?: true;
}

const NOT_RATED = "AND matches.rated = 0";

export const PLANTS: readonly Plant[] = [
  {
    // A player who waits is taken for one who does not, and gets a second ticket.
    name: "double-book-a-player",
    breaks: 1,
    foundBy: ["ledger"],
    production: bookTwice,
  },
  {
    name: "double-book-without-a-ledger",
    breaks: 1,
    foundBy: ["occupancy"],
    production: bookTwice,
    isLedgerMute: true,
  },
  {
    // Who left a match is in it again after a restart.
    name: "lose-a-released-slot",
    breaks: 1,
    foundBy: ["occupancy", "memory", "storage", "ledger", "no errors"],
    storage: {
      altered: (query, bindings) => {
        const isRelease =
          query.includes("INTO matches") && bindings.some((one) => String(one).includes('"released":true'));
        return isRelease ? null : query;
      },
    },
  },
  {
    // A ticket whose ready check failed never comes back into line.
    name: "lose-a-ticket-on-the-way",
    breaks: 2,
    foundBy: ["ledger"],
    production: forgetWhoComesBack,
  },
  {
    name: "drop-a-ticket-on-restart",
    breaks: 2,
    foundBy: ["memory", "occupancy"],
    storage: { alteredRows: (query, rows) => (query.includes("FROM tickets") ? rows.slice(1) : rows) },
  },
  {
    name: "split-a-party",
    breaks: 3,
    foundBy: ["ledger"],
    production: splitParties,
  },
  {
    name: "split-a-party-without-a-ledger",
    breaks: 3,
    foundBy: ["whole matches"],
    production: splitParties,
    isLedgerMute: true,
  },
  {
    // Callers are answered before what they are told is safe.
    name: "ack-before-write",
    breaks: 4,
    foundBy: ["acknowledged"],
    storage: { openGate: "answers" },
  },
  {
    // A new ticket is answered for and never written.
    name: "ack-without-write",
    breaks: 4,
    foundBy: ["memory", "storage"],
    storage: { altered: (query) => (query.includes("INSERT INTO tickets") ? null : query) },
  },
  {
    // Neither the flag is read nor does the check hold a second rating back.
    name: "no-exactly-once-guard",
    breaks: 5,
    foundBy: ["rated once"],
    d1: { altered: (query) => query.replace('CHECK("matches"."rated" <= 1)', "CHECK(1)").replace("m.rated = 1", "0") },
  },
  {
    name: "rate-twice-as-much",
    breaks: 5,
    foundBy: ["rated once"],
    d1: { altered: (query) => query.replace("matches = ratings.matches + 1", "matches = ratings.matches + 2") },
  },
  {
    name: "export-over-a-finished-match",
    breaks: 5,
    foundBy: ["rated once"],
    d1: { altered: (query) => query.replace(NOT_RATED, "").replace("excluded.rev > matches.rev", "true") },
  },
  {
    name: "forget-to-send-again",
    breaks: 5,
    foundBy: ["liveness"],
    production: neverSendAgain,
  },
  {
    // Players hear of what may still be lost.
    name: "notify-before-commit",
    breaks: 6,
    foundBy: ["told"],
    storage: { openGate: "frames" },
  },
  {
    name: "depend-on-the-machine",
    breaks: 7,
    foundBy: ["determinism"],
    production: dependOnTheMachine,
    isPlayedTwice: true,
  },
  {
    name: "let-in-who-is-locked-out",
    breaks: null,
    foundBy: ["locked out"],
    production: admitWhoIsLockedOut,
  },
  {
    // Nobody is woken, so nothing that was promised for later ever happens.
    name: "never-set-the-alarm",
    breaks: null,
    foundBy: ["liveness"],
    production: neverSetTheAlarm,
  },
];
