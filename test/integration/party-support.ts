import { expect } from "vitest";
import { type Answer, bearer, get, post, register } from "./http-support.ts";

export interface PartyView {
  readonly code: string;
  readonly leader_id: string;
  readonly members: { readonly player_id: string; readonly roles: string[] | null }[];
  readonly region: string;
  readonly expires_at: string;
}
export interface Somebody {
  readonly id: string;
  readonly own: { authorization: string };
}

export async function somebody(region: string): Promise<Somebody> {
  const { player_id, access_token } = await register(region);
  return { id: player_id, own: bearer(access_token) };
}

/** A party of the given number of players, the first of whom leads, all by their own calls. */
export async function aParty(region: string, size: number): Promise<{ party: PartyView; members: Somebody[] }> {
  const members = await Promise.all(Array.from({ length: size }, () => somebody(region)));
  const [leader, ...others] = members;
  let answer: Answer<PartyView> = await post("/parties", {}, leader?.own);
  for (const other of others) answer = await post(`/parties/${answer.body.code}/join`, {}, other.own);
  expect(answer.status).toBe(200);
  return { party: answer.body, members };
}

export function playerIds(party: PartyView): string[] {
  return party.members.map(({ player_id }) => player_id);
}

export async function statusOf(player: Somebody | undefined) {
  return (await get<Record<string, unknown>>(`/matchmaking/queue/${player?.id}`, player?.own)).body;
}
