import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HttpOptions } from "../../../client/http-client.ts";
import { HttpClient } from "../../../client/http-client.ts";
import { refusalOf } from "../builders/a-client.ts";
import type { Answer } from "../builders/a-fake-service.ts";
import { anAnswer, aProblem, aService } from "../builders/a-fake-service.ts";
import { HandClock, settled } from "../builders/a-hand-clock.ts";

/** A client of a service that answers so. */
function aCaller(answers: readonly Answer[], options: Partial<HttpOptions> = {}) {
  const clock = new HandClock();
  const { fetch, requests } = aService(...answers);
  const http = new HttpClient({ url: "https://muster.example/api", fetch, random: () => 0, ...options }, clock);
  return { http, clock, requests };
}

const PROMPT = { match_id: "01A-EUW", round: 2 };

describe("each call", () => {
  const calls: [name: string, call: (http: HttpClient) => Promise<unknown>, request: string, body?: unknown][] = [
    ["register", (http) => http.register({ username: "ann" }), "POST /players/register", { username: "ann" }],
    ["renewToken", (http) => http.renewToken(), "POST /players/token"],
    ["tokenOf", (http) => http.tokenOf("ann"), "POST /players/player/ann/token"],
    ["player", (http) => http.player("ann"), "GET /players/player/ann"],
    ["leaderboard", (http) => http.leaderboard({ limit: 3, mode: "2v2" }), "GET /players/leaderboard?limit=3&mode=2v2"],
    ["enqueue", (http) => http.enqueue({ player_id: "ann" }), "POST /matchmaking/queue", { player_id: "ann" }],
    ["queueStatus", (http) => http.queueStatus("ann"), "GET /matchmaking/queue/ann"],
    ["cancel", (http) => http.cancel("ann"), "DELETE /matchmaking/queue/ann"],
    ["accept", (http) => http.accept(PROMPT), "POST /matchmaking/match/01A-EUW/accept", { round: 2 }],
    [
      "decline",
      (http) => http.decline(PROMPT, "ann"),
      "POST /matchmaking/match/01A-EUW/decline",
      { round: 2, player_id: "ann" },
    ],
    ["match", (http) => http.match("01A-EUW"), "GET /matchmaking/match/01A-EUW"],
    ["latestMatches", (http) => http.latestMatches(), "GET /matchmaking/matches/latest"],
    [
      "assign",
      (http) => http.assign("01A-EUW", { port: 7_777 }),
      "POST /matchmaking/match/01A-EUW/assignment",
      { connection: { port: 7_777 } },
    ],
    [
      "backfill",
      (http) => http.backfill("01A-EUW", { replaces: ["ann"] }),
      "POST /matchmaking/match/01A-EUW/backfill",
      { replaces: ["ann"] },
    ],
    ["backfillStatus", (http) => http.backfillStatus("01A-EUW"), "GET /matchmaking/match/01A-EUW/backfill"],
    ["cancelBackfill", (http) => http.cancelBackfill("01A-EUW"), "DELETE /matchmaking/match/01A-EUW/backfill"],
    [
      "report",
      (http) => http.report("01A-EUW", { winner_team: "teamA" }),
      "POST /matchmaking/match/01A-EUW/result",
      { winner_team: "teamA" },
    ],
    ["modes", (http) => http.modes(), "GET /modes"],
    ["createParty", (http) => http.createParty({ roles: ["tank"] }), "POST /parties", { roles: ["tank"] }],
    ["joinParty", (http) => http.joinParty("EUW-A"), "POST /parties/EUW-A/join", {}],
    ["leaveParty", (http) => http.leaveParty("EUW-A"), "POST /parties/EUW-A/leave", {}],
    ["disbandParty", (http) => http.disbandParty("EUW-A"), "DELETE /parties/EUW-A"],
    ["party", (http) => http.party("EUW-A"), "GET /parties/EUW-A"],
  ];

  it.each(calls)("%s goes where it belongs and returns the body", async (_name, call, request, body) => {
    const { http, requests } = aCaller([anAnswer({ fine: true })]);
    expect(await call(http)).toEqual({ fine: true });
    const [sent] = requests;
    expect(`${sent?.method} ${sent?.url.replace("https://muster.example/api", "")}`).toBe(request);
    expect(sent?.body === undefined ? undefined : JSON.parse(sent.body)).toEqual(body);
    expect(sent?.headers["content-type"]).toBe(body === undefined ? undefined : "application/json");
  });

  it("keeps an id within its segment of the path, whatever it is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", minLength: 1 }), async (id) => {
        const { http, requests } = aCaller([anAnswer([])]);
        await http.party(id);
        const [, , , ...segments] = new URL(requests[0]?.url ?? "").pathname.split("/");
        // A URL has no segment "." or "..", in any spelling; the service then says that there is no such call.
        if (id !== "." && id !== "..") expect(segments.map(decodeURIComponent)).toEqual([id]);
      }),
    );
  });
});

describe("credentials", () => {
  it("are a player's token, the system's key, or both", async () => {
    const { http, requests } = aCaller([anAnswer({})], { token: async () => "token-1", apiKey: "key-1" });
    await http.modes();
    expect(requests[0]?.headers).toMatchObject({ authorization: "Bearer token-1", "x-api-key": "key-1" });
    const open = aCaller([anAnswer({})]);
    await open.http.modes();
    expect(Object.keys(open.requests[0]?.headers ?? {})).toEqual(["accept"]);
  });

  it("a token can be renewed that is not the client's own", async () => {
    const { http, requests } = aCaller([anAnswer({})], { token: "token-1" });
    await http.renewToken("token-2");
    expect(requests[0]?.headers.authorization).toBe("Bearer token-2");
  });
});

describe("what goes wrong", () => {
  it("is the service's problem, in all its parts", async () => {
    const problem = aProblem(409, "in_match", { match_id: "01A-EUW" });
    expect(await refusalOf(aCaller([problem]).http.cancel("ann"))).toMatchObject({
      reason: "in_match",
      status: 409,
      title: "Title",
      detail: "Detail.",
      requestId: "request-1",
      matchId: "01A-EUW",
      retryAfterS: undefined,
    });
  });

  it("is unreachable without a connection, with what was thrown as its cause", async () => {
    const cause = new TypeError("fetch failed");
    expect(await refusalOf(aCaller([cause]).http.modes())).toMatchObject({ reason: "unreachable", status: 0, cause });
  });

  it("is a timeout when nobody answers in time, and the request is called off", async () => {
    const { http, clock, requests } = aCaller(["silence"], { timeoutMs: 3_000 });
    const refusal = refusalOf(http.modes());
    await clock.pass(2_999);
    expect(requests[0]?.signal.aborted).toBe(false);
    await clock.pass(1);
    expect(await refusal).toMatchObject({ reason: "timeout" });
    expect(requests[0]?.signal.aborted).toBe(true);
  });

  it.each([
    [200, "text/html", "<html>"],
    [502, "text/html", "<html>"],
    [500, "application/json", '{"error":"no problem document"}'],
    [404, "application/problem+json", '{"type":"about:blank","title":"Not Found","detail":""}'],
  ])("is an unreadable answer when somebody else speaks: %i %s", async (status, type, body) => {
    const { http } = aCaller([{ status, body, headers: { "content-type": type } }]);
    expect(await refusalOf(http.modes())).toMatchObject({ reason: "unreadable_answer", status });
  });

  it("leaves no timer behind", async () => {
    const { http, clock } = aCaller([aProblem(404, "unknown_player"), anAnswer({})]);
    await refusalOf(http.player("ann"));
    await http.player("ann");
    expect(clock.pendingMs).toEqual([]);
  });
});

describe("a call that is turned away for a moment", () => {
  it.each([
    [429, "rate_limited"],
    [503, "region_unavailable"],
  ])("comes again after Retry-After (%i %s)", async (status, reason) => {
    const { http, clock, requests } = aCaller([aProblem(status, reason, {}, 2), anAnswer({ fine: true })]);
    const answer = http.queueStatus("ann");
    await clock.pass(1_999);
    expect(requests.length).toBe(1);
    await clock.pass(1);
    expect(await answer).toEqual({ fine: true });
  });

  it("comes somewhat later than it has to, so that not all come at once", async () => {
    const { http, clock, requests } = aCaller([aProblem(503, "wait", {}, 2), anAnswer({})], { random: () => 0.5 });
    void http.modes();
    await clock.pass(2_249);
    expect(requests.length).toBe(1);
    await clock.pass(1);
    expect(requests.length).toBe(2);
  });

  it("comes twice again and no more", async () => {
    const { http, clock, requests } = aCaller([aProblem(503, "wait", {}, 1)]);
    const refusal = refusalOf(http.modes());
    await clock.pass(60_000);
    expect((await refusal).reason).toBe("wait");
    expect(requests.length).toBe(3);
  });

  it.each([
    ["that says no time", aProblem(503, "wait")],
    ["that would take too long", aProblem(429, "rate_limited", {}, 60)],
    ["that is no such answer", aProblem(409, "in_match", {}, 1)],
    ["that is meant for the player", aProblem(429, "cooling_down", {}, 1)],
  ])("does not come again after an answer %s", async (_which, answer) => {
    const { http, requests } = aCaller([answer]);
    await refusalOf(http.modes());
    expect(requests.length).toBe(1);
  });

  it.each<[string, (http: HttpClient) => Promise<unknown>]>([
    ["an enqueue with release", (http) => http.enqueue({ player_id: "ann", release: true })],
    ["leaving a party", (http) => http.leaveParty("EUW-A")],
    ["disbanding one", (http) => http.disbandParty("EUW-A")],
  ])("is not repeated if it may have been served and must not be twice: %s", async (_which, call) => {
    const uncertain = aCaller([aProblem(503, "wait", {}, 1), anAnswer({})]);
    expect((await refusalOf(call(uncertain.http))).status).toBe(503);
    const turnedAway = aCaller([aProblem(429, "rate_limited", {}, 1), anAnswer({ fine: true })]);
    const answer = call(turnedAway.http);
    await turnedAway.clock.pass(1_000);
    expect(await answer).toEqual({ fine: true });
  });

  it("registers one player however often it was sent, and another one the next time", async () => {
    const { http, clock, requests } = aCaller([aProblem(503, "wait", {}, 1), anAnswer({}), anAnswer({})]);
    const registered = http.register({ username: "ann" });
    await settled();
    await clock.pass(1_000);
    await registered;
    await http.register({ username: "ann" });
    const [first, again, next] = requests.map(({ headers }) => headers["x-idempotency-key"]);
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(again).toBe(first);
    expect(next).not.toBe(first);
  });
});
