/** Every explicit limit of the region, in one place. Going past one is a refusal, never a slow death. */
export const LIMITS = {
  /** Players who wait in one region, whatever mode; its object has 128 MB, a player alone takes about 500 bytes. */
  waitingPlayers: 100_000,
  /** The rest is for those who come back because their match got no server: nobody new from here on … */
  fullPlayers: 95_000,
  /** … until there are fewer than this. */
  roomyPlayers: 90_000,
  /** Milliseconds that ticks run late, and how many in a row, before nobody new is let in; see `LoadShedder`. */
  lateTickMs: 3_000,
  lateTicks: 3,
  /** Milliseconds of lateness that are uneasy still, and of calm before people are let in again. */
  uneasyTickMs: 1_000,
  calmForMs: 10_000,
  /** Players whose profiles, or last matches, are being read from D1 at once: more are not waited for. */
  playersBeingRead: 10_000,
  /** Running matches that ask for players, in one region; one takes about 300 bytes and is looked at by every tick. */
  backfillsPerRegion: 5_000,
  /** Profiles kept warm in a region's memory. */
  warmProfiles: 50_000,
  /** Players that one ticket may avoid. */
  avoidedPlayers: 50,
  /** Parties that players made, in one region; one takes about 500 bytes. */
  partiesPerRegion: 20_000,
  /** Characters of one attribute value, as a ticket or a mode names it. */
  attributeCharacters: 64,
  /** Milliseconds that a ticket may say of a location. */
  latencyMs: 60_000,
  /** Seconds that the system may ask to keep a place in line without a sign of life. */
  shortestLeaseS: 5,
  longestLeaseS: 86_400,
  /** Of a game server's connection: bytes as JSON, members, and how deep it may be. */
  connectionBytes: 4_096,
  connectionMembers: 32,
  connectionDepth: 8,
  /** Bytes of an allocator's answer, and calls to it at once: the platform gives six connections, others need some. */
  allocatorAnswerBytes: 16_384,
  allocatorCalls: 4,
  /** Cancelled matches that a region keeps: while no server is to be had, the same players make new ones all the time. */
  cancelledMatches: 2_000,
  /** Characters of a request's address, and of any header that is read. */
  urlCharacters: 4_096,
  headerCharacters: 8_192,
  /** Bytes of one request body. */
  bodyBytes: 16_384,
  /** Sockets of one player, and of one region (its object takes 32,768). */
  socketsPerPlayer: 8,
  socketsPerRegion: 20_000,
  /** Bytes of one frame that a socket sends. */
  frameBytes: 16_384,
  /** Messages that a socket may send at once, and a second. */
  socketBurst: 20,
  socketMessagesPerS: 5,
  /** Players whose last rated match is kept in a region's memory; one takes about 300 bytes. */
  lastMatches: 40_000,
  /** Players in one read of last matches from D1. */
  lastMatchesPerRead: 500,
  /** Matches in one export statement, and the bytes of its one JSON parameter (D1 takes 2 MB). */
  exportMatches: 500,
  exportBytes: 1_000_000,
  /** Failed matches that one call redrives: each is a row, written in one transaction. */
  redrivenPerCall: 1_000,
  /**
   * Of a run of the audit: records that it reads at once, pages of each walk (four statements each, of 1,000 that an
   * invocation may make), and milliseconds after which it begins no other page: so long of 30 s of CPU it has used at most.
   */
  auditMatchesPerPage: 100,
  auditChangesPerPage: 250,
  auditPagesPerRun: 50,
  auditRunMs: 20_000,
  /** How far back the audit looks again and again: longer than most matches take. */
  auditRecentMs: 2 * 3_600_000,
  /** Results in one call to the queue (its own limit: 100 messages, 256 KB). */
  resultsPerSend: 25,
} as const;

/** How long a match keeps a player who came into it from queueing again when the system asks; see `Queue.enqueue`. */
export const RELEASE_AFTER_MS = 10_000;

/** How long a party is kept after its last activity; see `Parties`. */
export const PARTY_EXPIRES_AFTER_MS = 4 * 3_600_000;

/**
 * How long a result is sent again and again without being confirmed, from its report or from an operator's order to rate
 * it again. After that it waits for an operator, as one that cannot be rated.
 */
export const CONFIRMED_WITHIN_MS = 24 * 3_600_000;

/** How long an abandoned match can still be reported, and a cancelled one is kept. */
export const REPORTABLE_AFTER_ABANDON_MS = 24 * 3_600_000;
