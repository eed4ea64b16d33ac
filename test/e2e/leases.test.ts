import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { HttpClient, MatchmakingClient } from "../../client/index.ts";
import { Stack } from "./stack.ts";

const MODES_FILE = join(import.meta.dirname, "modes-of-short-grace.ts");
const PAST_GRACE_MS = 6_000;
/** A lease and a half of the patient mode, what a region that woke waits at least, and some time to spare. */
const PAST_LEASE_MS = 21_000 + 6_000 + 5_000;

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start({ modesFile: MODES_FILE });
});
afterAll(() => stack.stop());

/** A player who waits on a ticket that was taken over a socket. */
async function aWaitingPlayer(username: string, wish: { readonly mode?: string } = {}) {
  const { player_id, access_token } = await new HttpClient({ url: stack.url }).register({ username, region: "EUW" });
  const client = new MatchmakingClient({ url: stack.url, token: access_token, backoff: { longestMs: 500 } });
  await client.connect();
  const { ticket_id } = await client.enqueue(wish);
  return { player_id, client, ticket_id };
}

it("after a kill whoever is back within the grace keeps their place, and the others' tickets end", async () => {
  const [ada, bob] = [await aWaitingPlayer("ada"), await aWaitingPlayer("bob")];
  const restarted = stack.killAndRestart();
  // Whom nobody can tell that: the service is dead already.
  bob.client.close();
  await restarted;
  expect((await ada.client.connect()).queued?.ticket_id).toBe(ada.ticket_id);

  // Nobody asks for Bob meanwhile: a status call would be a sign of life.
  await sleep(PAST_GRACE_MS);
  const ofBob = await stack.get(`/matchmaking/queue/${bob.player_id}`);
  expect(ofBob).toMatchObject({ enqueued: false, state: null });
  expect(await ada.client.enqueue()).toMatchObject({ ticket_id: ada.ticket_id });
  ada.client.close();
});

it("in a region that sleeps meanwhile the tickets of players who are gone end", async () => {
  const ofSockets = await Promise.all(["cay", "dan"].map((username) => aWaitingPlayer(username, { mode: "5v5" })));
  const eve = await new HttpClient({ url: stack.url }).register({ username: "eve", region: "NA" });
  await new HttpClient({ url: stack.url, token: eve.access_token }).enqueue({ player_id: eve.player_id, mode: "5v5" });
  for (const { client } of ofSockets) client.close();

  await sleep(PAST_LEASE_MS);
  for (const { player_id } of [...ofSockets, eve]) {
    expect(await stack.get(`/matchmaking/queue/${player_id}`)).toMatchObject({ enqueued: false, state: null });
  }
});
