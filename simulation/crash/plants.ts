import type { ObjectStorageSettings } from "./platform/object-storage.ts";
import type { SimulatedD1Settings } from "./platform/simulated-d1.ts";

/** A bug planted into what surrounds the production code, to see whether it is found. */
export interface Plant {
  readonly name: string;
  readonly storage?: Pick<ObjectStorageSettings, "altered" | "alteredRows" | "openGate">;
  readonly d1?: Pick<SimulatedD1Settings, "altered">;
  /** Results are sent once and never again. */
  readonly isSentOnce?: boolean;
}

const NOT_RATED = "AND matches.rated = 0";

export const PLANTS: readonly Plant[] = [
  {
    // Neither the flag is read nor does the check hold a second rating back.
    name: "no-exactly-once-guard",
    d1: { altered: (query) => query.replace('CHECK("matches"."rated" <= 1)', "CHECK(1)").replace("m.rated = 1", "0") },
  },
  {
    // Players hear of what may still be lost.
    name: "notify-before-commit",
    storage: { openGate: "frames" },
  },
  {
    // Callers are answered before what they are told is safe.
    name: "ack-before-write",
    storage: { openGate: "answers" },
  },
  {
    // A new ticket is answered for and never written.
    name: "ack-without-write",
    storage: { altered: (query) => (query.includes("INSERT INTO tickets") ? null : query) },
  },
  {
    name: "drop-a-ticket-on-restart",
    storage: { alteredRows: (query, rows) => (query.includes("FROM tickets") ? rows.slice(1) : rows) },
  },
  {
    name: "lose-a-released-slot",
    storage: {
      altered: (query, bindings) => {
        const isRelease =
          query.includes("INTO matches") && bindings.some((one) => String(one).includes('"released":true'));
        return isRelease ? null : query;
      },
    },
  },
  {
    name: "rate-twice-as-much",
    d1: { altered: (query) => query.replace("matches = ratings.matches + 1", "matches = ratings.matches + 2") },
  },
  { name: "forget-to-send-again", isSentOnce: true },
  {
    name: "export-over-a-finished-match",
    d1: { altered: (query) => query.replace(NOT_RATED, "").replace("excluded.rev > matches.rev", "true") },
  },
];
