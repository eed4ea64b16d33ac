import { waitUntil } from "cloudflare:workers";
import type { Context } from "hono";
import { readRevocations } from "../../db/revocations.ts";
import type { Config } from "../../env.ts";
import { withTimeout } from "../../with-timeout.ts";
import type { AppEnv } from "../app-env.ts";
import type { ProblemResponse } from "../problem.ts";
import { problem } from "../problem.ts";
import type { TokenHolder } from "./caller.ts";
import { RevocationList } from "./revocation-list.ts";

/** Longer nobody waits for the list; then they are let in by what is known. */
const WAIT_AT_MOST_MS = 1_000;
/** A refresh behind the calls' back may take its time, but not for ever. */
const REFRESH_TIMEOUT_MS = 8_000;

const lists = new WeakMap<Config, RevocationList>();

/** This isolate's list. */
export function revocationListOf(config: Config): RevocationList {
  const known = lists.get(config);
  if (known !== undefined) return known;
  const list = new RevocationList();
  lists.set(config, list);
  return list;
}

/**
 * Whether a verified token was taken back since. To be asked after any verifier, whoever made the token. A warm call
 * waits for nothing: see `RevocationList`.
 *
 * @returns null: it is as good as it was
 */
export function refuseRevoked(
  c: Context<AppEnv>,
  holder: TokenHolder,
  nowMs: number,
): RevokedResponse | null | Promise<RevokedResponse | null> {
  const list = revocationListOf(c.get("config"));
  if (list.isOutOfDate(nowMs)) return readFirst(c, list, nowMs).then(() => answer(c, list, holder));
  if (list.takeTurn(nowMs)) waitUntil(refresh(c, list, nowMs, REFRESH_TIMEOUT_MS));
  return answer(c, list, holder);
}

type RevokedResponse = ProblemResponse<"player_revoked"> | ProblemResponse<"invalid_credentials">;

function answer(c: Context<AppEnv>, list: RevocationList, holder: TokenHolder): RevokedResponse | null {
  const refusal = list.refusalOf(holder.playerId, holder.issuedAtMs);
  if (refusal === null) return null;
  c.get("notes").player_id = holder.playerId;
  if (refusal === "locked_out") return problem(c, "player_revoked", { player_ids: [holder.playerId] });
  return problem(c, "invalid_credentials", { detail: TAKEN_BACK });
}

/** Those who come while nobody has read yet each read for themselves: one call's reading ends with that call. */
async function readFirst(c: Context<AppEnv>, list: RevocationList, nowMs: number): Promise<void> {
  list.takeTurn(nowMs);
  await refresh(c, list, nowMs, WAIT_AT_MOST_MS);
}

/** Never throws: what is known goes on to hold. */
async function refresh(c: Context<AppEnv>, list: RevocationList, nowMs: number, timeoutMs: number): Promise<void> {
  const read = list.refresh((after, limit) => readRevocations(c.env.DB, after, limit), nowMs);
  try {
    await withTimeout(read, timeoutMs, "D1");
  } catch (error) {
    list.stopWaiting();
    c.get("metrics").revocationReadErrors.inc();
    c.get("log").error("revocations_unread", error, { request_id: c.get("requestId") });
  }
}

export const TAKEN_BACK = "This token was taken back. The game's server can ask for a fresh one.";
