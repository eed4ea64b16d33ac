import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import type { AppEnv } from "../../../src/http/app-env.ts";
import { problem } from "../../../src/http/problem.ts";
import { socketProblem } from "../../../src/region/socket-problem.ts";
import type { ProblemReason } from "../../../src/wire/problem-kinds.ts";
import { PROBLEMS } from "../../../src/wire/problem-kinds.ts";
import type { ProblemExtras } from "../../../src/wire/refusal-extras.ts";

const REASONS = Object.keys(PROBLEMS) as ProblemReason[];
const ASKS_BACK = [429, 503];

async function answerWith(reason: ProblemReason, extras: ProblemExtras = {}): Promise<Response> {
  const app = new Hono<AppEnv>().get("/", (c) => {
    c.set("requestId", "r");
    c.set("notes", {});
    return problem(c, reason, extras);
  });
  return app.request("/");
}

describe.each(REASONS)("%s", (reason) => {
  const isTemporary = ASKS_BACK.includes(PROBLEMS[reason].status);

  it("says over HTTP in whole seconds when to come back, if it is 429 or 503, and else does not", async () => {
    const { status, headers } = await answerWith(reason);
    expect(status).toBe(PROBLEMS[reason].status);
    expect(headers.get("retry-after")).toEqual(isTemporary ? expect.stringMatching(/^[1-9]\d*$/) : null);
  });

  it("says the same through a socket", async () => {
    const retryAfter = (await answerWith(reason)).headers.get("retry-after");
    expect(socketProblem(reason).retry_after_s).toBe(retryAfter === null ? undefined : Number(retryAfter));
  });
});

describe.each(["overloaded", "cooling_down"] as const)("%s at a time that it names", (reason) => {
  it("is in the header too, and never less than a second away", async () => {
    const in90s = new Date(Date.now() + 90_000).toISOString();
    expect((await answerWith(reason, { until: in90s })).headers.get("retry-after")).toMatch(/^(89|90)$/);
    const past = new Date(Date.now() - 5_000).toISOString();
    expect((await answerWith(reason, { until: past })).headers.get("retry-after")).toBe("1");
    expect(socketProblem(reason, { until: past }).retry_after_s).toBe(1);
  });
});
