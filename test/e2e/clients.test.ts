import { spawn } from "node:child_process";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Stack } from "./stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start();
});
afterAll(() => stack.stop());

/** Runs a client of the service to its end. */
function run(script: string, ...flags: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, "--url", stack.url, ...flags], { stdio: "pipe" });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (output += String(data)));
    child.on("close", (code) => resolve({ code, output }));
  });
}

it("simulated players play their games without a malformed match, a double booking or an unrated result", async () => {
  const { code, output } = await run("simulation/main.ts", "--players", "24", "--games", "2", "--regions", "EUW NA");
  expect(output).toMatch(/12 reported of at most 12, 12 finished/);
  expect(code, output).toBe(0);
});

it("a client of the original API, which knows nothing new, gets the players of ten regions through their games", async () => {
  const { code, output } = await run("simulation/original-client.ts", "--players", "40", "--games", "1");
  expect(output).toMatch(/10 × report 200/);
  expect(code, output).toBe(0);
});

it("simulated parties play 5v5 whole and on one team, and nobody who is left over holds the run up", async () => {
  const flags = ["--players", "47", "--games", "2", "--regions", "EUW NA", "--mode", "5v5", "--party-mix", "p5"];
  const { code, output } = await run("simulation/main.ts", ...flags);
  expect(output).toMatch(/All is well/);
  expect(code, output).toBe(0);
});
