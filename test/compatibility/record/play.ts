import type { Player, ServiceCalls } from "./service-calls.ts";
import type { Service } from "./start-service.ts";

/** Who and what is where when the region's tables are written down. */
export interface Scene {
  readonly pending: { readonly matchId: string; readonly players: readonly Player[] };
  readonly seeking: { readonly matchId: string; readonly players: readonly Player[] };
  readonly reporting: { readonly matchId: string; readonly players: readonly Player[] };
  readonly failed: { readonly matchId: string; readonly players: readonly Player[] };
  readonly abandoned: { readonly matchId: string; readonly players: readonly Player[] };
  readonly finished: { readonly matchId: string; readonly players: readonly Player[] };
  readonly unhosted: { readonly matchId: string; readonly players: readonly Player[] };
  readonly hosted: { readonly matchId: string; readonly players: readonly Player[] };
  /** The first two have accepted. */
  readonly asked: { readonly matchId: string; readonly players: readonly Player[] };
  /** The last one has declined, and another player is looked for. */
  readonly repairing: { readonly matchId: string; readonly players: readonly Player[] };
  readonly alone: Player;
  readonly together: readonly Player[];
  /** A party of their own, in line. */
  readonly friends: readonly Player[];
  /** A party of their own that is not in line. */
  readonly idlers: { readonly code: string; readonly players: readonly Player[] };
  /** Known, and never seen. */
  readonly newcomers: readonly Player[];
}

type Match = Scene["pending"];

/** Plays until the region holds every kind of row: tickets, parties, ready checks, matches of every status, backfills. */
export async function play(service: Service, calls: ServiceCalls): Promise<Scene> {
  const finished = await aMatch(calls, "2v2", 4);
  await report(calls, finished.matchId, { winner_team: "teamA" });
  await calls.status(finished.matchId, "finished");
  await playHunt(calls);
  await playBackfilled(calls);
  const failed = await playUnratable(service, calls);
  const abandoned = await aMatch(calls, "sprint", 2);
  await calls.status(abandoned.matchId, "abandoned");
  await playWithoutServer(calls);
  await calls.holdResults(true);
  return { finished, failed, abandoned, ...(await liveMatches(calls)), ...(await whoWaits(calls)) };
}

async function liveMatches(
  calls: ServiceCalls,
): Promise<Pick<Scene, "pending" | "seeking" | "reporting" | "unhosted" | "hosted" | "asked" | "repairing">> {
  const reporting = await aMatch(calls, "2v2", 4);
  await report(calls, reporting.matchId, { placements: { teamA: 2, teamB: 1 } });
  const pending = await aMatch(calls, "2v2", 4);
  const seeking = await aMatch(calls, "2v2", 4);
  await calls.post(`/matchmaking/match/${seeking.matchId}/backfill`, { replaces: [seeking.players[3]?.id] });
  const hosted = await aMatch(calls, "hosted", 2);
  await calls.post(`/matchmaking/match/${hosted.matchId}/assignment`, { connection: { host: "203.0.113.7", port: 1 } });
  const unhosted = await aMatch(calls, "hosted", 2);
  const asked = await aReadyCheck(calls, async (clients, prompt) => {
    await Promise.all(clients.slice(0, 2).map((client) => client.accept(prompt)));
  });
  const repairing = await aReadyCheck(calls, async (clients, prompt) => {
    await clients.at(-1)?.decline(prompt);
  });
  return { pending, seeking, reporting, unhosted, hosted, asked, repairing };
}

async function whoWaits(
  calls: ServiceCalls,
): Promise<Pick<Scene, "alone" | "together" | "friends" | "idlers" | "newcomers">> {
  const [alone, released, lost] = await three(calls);
  // Whoever says another build is matched with none of the others.
  const wish = (build: string) => ({ mode: "hunt", constraints: { attributes: { build } } });
  const roles = { roles: ["tank"], max_rating_gap: 12, latency_ms: { NA: 30 }, avoid: [released.id] };
  const attributes = { build: "a", map: ["dust", "inferno"], stakes: { min: 10, max: 50 } };
  await calls.post(
    "/matchmaking/queue",
    { player_id: alone.id, mode: "hunt", constraints: { ...roles, attributes } },
    alone,
  );
  const together = await calls.players(2);
  const [first, second] = together as [Player, Player];
  await calls.queue(first.id, { ...wish("b"), party: [first.id, second.id], lease_s: 3_600 });
  const friends = await calls.players(2);
  const code = await aParty(calls, friends);
  await calls.post("/matchmaking/queue", { player_id: friends[0]?.id, ...wish("c") }, friends[0]);
  if (code === "") throw new Error("a party has a code");
  const mates = [released, ...(await calls.players(1))];
  for (const { id } of mates) await calls.queue(id, { mode: "1v1" });
  await calls.matchOf(released.id);
  await calls.queue(released.id, { ...wish("d"), release: true });
  const client = await calls.connect(lost);
  await client.enqueue({ mode: "hunt", constraints: { attributes: { build: "e" } } });
  const idlers = await calls.players(2);
  const idle = await aParty(calls, idlers);
  const newcomers = await calls.players(12);
  const [lockedOut] = await calls.players(1);
  // Release 4 had no such call, and answers that it has none.
  await calls.exchange("POST", `/players/player/${lockedOut?.id}/revoke`, {}, "system");
  client.close();
  return { alone, together, friends, idlers: { code: idle, players: idlers }, newcomers };
}

async function three(calls: ServiceCalls): Promise<[Player, Player, Player]> {
  return (await calls.players(3)) as [Player, Player, Player];
}

async function aMatch(calls: ServiceCalls, mode: string, size: number): Promise<Match> {
  const players = await calls.players(size);
  for (const { id } of players) await calls.queue(id, { mode });
  return { players, matchId: await calls.matchOf(players[0]?.id ?? "") };
}

async function report(calls: ServiceCalls, matchId: string, result: object): Promise<void> {
  await calls.post(`/matchmaking/match/${matchId}/result`, result);
}

/** A match that agreed on something, and whose players have roles. */
async function playHunt(calls: ServiceCalls): Promise<void> {
  const players = await calls.players(6);
  const roles = ["tank", "healer", "tank", "healer"];
  const latency_ms = { NA: 20, BR: 60 };
  const attributes = { build: "1.4.2", map: ["dust", "mirage"], stakes: { min: 5, max: 20 } };
  for (const [index, { id }] of players.entries()) {
    const role = roles[index];
    const constraints = { attributes, latency_ms, ...(role !== undefined && { roles: [role] }) };
    await calls.queue(id, { mode: "hunt", constraints });
  }
  const matchId = await calls.matchOf(players[0]?.id ?? "");
  await report(calls, matchId, { placements: { teamA: 1, teamB: 1 } });
  await calls.status(matchId, "finished");
}

/** A match that somebody left and somebody else came into. */
async function playBackfilled(calls: ServiceCalls): Promise<void> {
  const { matchId, players } = await aMatch(calls, "2v2", 4);
  await calls.post(`/matchmaking/match/${matchId}/backfill`, { replaces: [players[0]?.id] });
  const [newcomer] = await calls.players(1);
  await calls.queue(newcomer?.id ?? "", { mode: "2v2" });
  await calls.matchOf(newcomer?.id ?? "");
  await report(calls, matchId, { winner_team: "teamB" });
  await calls.status(matchId, "finished");
}

/** A result that cannot be rated, because a player is gone; afterwards they are there again, so that it could be. */
async function playUnratable(service: Service, calls: ServiceCalls): Promise<Match> {
  const match = await aMatch(calls, "2v2", 4);
  const gone = match.players[3]?.id ?? "";
  await service.runInD1("DELETE FROM players WHERE player_id = ?", gone);
  await report(calls, match.matchId, { winner_team: "teamA" });
  await calls.status(match.matchId, "rating_failed");
  await service.runInD1(
    "INSERT INTO players (player_id, username, region, created_at_ms) VALUES (?, 'back', 'NA', ?)",
    gone,
    Date.now(),
  );
  return match;
}

/** A match that was cancelled for want of a game server; its players give up. */
async function playWithoutServer(calls: ServiceCalls): Promise<void> {
  const { players, matchId } = await aMatch(calls, "hosted-brief", 2);
  await calls.status(matchId, "cancelled");
  for (const { id } of players) {
    await calls.until(async () => {
      const { body } = (await calls.exchange("DELETE", `/matchmaking/queue/${id}`, undefined, "system")).response;
      return (body as { status: unknown }).status === 409 ? null : true;
    });
  }
}

type Client = Awaited<ReturnType<ServiceCalls["connect"]>>;

/** Four who were asked over their sockets, and have seen the question. */
async function aReadyCheck(
  calls: ServiceCalls,
  answer: (clients: readonly Client[], prompt: { match_id: string; round: number }) => Promise<void>,
): Promise<Match> {
  const players = await calls.players(4);
  const clients: Client[] = [];
  for (const player of players) clients.push(await calls.connect(player));
  for (const client of clients) await client.enqueue({ mode: "asking" });
  const prompts = await Promise.all(clients.map((client) => calls.until(async () => client.state?.proposed ?? null)));
  clients.forEach((client, index) => {
    const prompt = prompts[index];
    if (prompt !== undefined) client.ack(prompt);
  });
  const [prompt] = prompts;
  if (prompt === undefined) throw new Error("nobody was asked");
  await answer(clients, prompt);
  return { matchId: prompt.match_id, players };
}

async function aParty(calls: ServiceCalls, [leader, ...others]: readonly Player[]): Promise<string> {
  if (leader === undefined) throw new Error("a party has a leader");
  const { code } = await calls.post("/parties", { roles: ["tank"] }, leader);
  for (const other of others) await calls.post(`/parties/${String(code)}/join`, {}, other);
  return String(code);
}
