import { env, exports } from "cloudflare:workers";
import { expect } from "vitest";
import type { Env } from "../../src/env.ts";
import { createApp } from "../../src/http/app.ts";
import { Metrics } from "../../src/metrics/metrics.ts";

export const KEY = { "x-api-key": "dev" };

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

type HeaderFields = Readonly<Record<string, string>>;
type Loose = Record<string, unknown>;

export function bearer(token: string): { authorization: string } {
  return { authorization: `Bearer ${token}` };
}

export async function get<Body = Loose>(path: string, headers: HeaderFields = {}): Promise<Answer<Body>> {
  return answerOf(await exports.default.fetch(new Request(`http://muster${path}`, { headers })));
}

export async function post<Body = Loose>(
  path: string,
  body: unknown,
  headers: HeaderFields = {},
): Promise<Answer<Body>> {
  return postText(path, JSON.stringify(body), headers);
}

export async function postText<Body = Loose>(
  path: string,
  body: string,
  headers: HeaderFields = {},
): Promise<Answer<Body>> {
  const all = { "content-type": "application/json", ...headers };
  return answerOf(
    await exports.default.fetch(new Request(`http://muster${path}`, { method: "POST", body, headers: all })),
  );
}

export async function remove<Body = Loose>(path: string, headers: HeaderFields = {}): Promise<Answer<Body>> {
  return answerOf(await exports.default.fetch(new Request(`http://muster${path}`, { method: "DELETE", headers })));
}

/** The same app over other bindings or variables, such as a database that does not answer. */
export async function fetchWith<Body = Loose>(
  changes: Partial<Env>,
  path: string,
  init: RequestInit = {},
): Promise<Answer<Body>> {
  const app = createApp(new Metrics());
  return answerOf(await app.fetch(new Request(`http://muster${path}`, init), { ...env, ...changes }));
}

export async function answerOf<Body>(response: Response): Promise<Answer<Body>> {
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

export interface Registered {
  readonly player_id: string;
  readonly access_token: string;
  readonly expires_in: number;
  readonly region: string;
}

export async function register(region = "EUW", username = "ada"): Promise<Registered> {
  const { status, body } = await post<Registered>("/players/register", { username, region });
  expect(status).toBe(200);
  return body;
}

export async function enqueue<Body = Loose>(playerId: string, extra: object = {}): Promise<Answer<Body>> {
  return post("/matchmaking/queue", { player_id: playerId, ...extra }, KEY);
}

/** Checks everything that every problem document has, and that it is the expected one. */
export function expectProblem(answer: Answer<unknown>, status: number, reason: string): void {
  expect(answer.body).toMatchObject({
    type: `urn:muster:problem:${reason}`,
    status,
    title: expect.stringMatching(/./),
    detail: expect.stringMatching(/\.$/),
    instance: answer.headers.get("x-request-id"),
  });
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
}

/** The database that does not answer. */
export function brokenDatabase(): D1Database {
  const fail = () => {
    throw new Error("D1_ERROR: Network connection lost.");
  };
  return { prepare: fail, batch: fail, exec: fail, withSession: fail, dump: fail };
}
