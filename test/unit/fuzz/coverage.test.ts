import { expect, test } from "vitest";
import { coverageLines } from "../../fuzz/http/coverage.ts";
import type { Operation } from "../../fuzz/http/document.ts";

function anOperation(method: string, path: string, statuses: readonly string[]): Operation {
  const responses = Object.fromEntries(statuses.map((status) => [status, { headers: {}, content: {} }]));
  return { name: `${method} ${path}`, method, path, security: [], parameters: [], responses };
}

const operations = [
  anOperation("GET", "/pets", ["200", "413", "422", "500", "503"]),
  anOperation("POST", "/pets", ["200", "409", "413"]),
  anOperation("GET", "/never", ["200"]),
];

test("what was not reached is named, outages and what cannot be sent apart", () => {
  const statuses = new Map([
    ["GET /pets", new Map([["200", 3]])],
    ["POST /pets", new Map([["409", 1]])],
  ]);
  const [asked, reached, share, ...missed] = coverageLines(operations, statuses).map((line) => line.trim());
  expect(asked).toBe("2 of 3 operations asked, 1 served");
  expect(reached).toBe("2 of 6 documented statuses reached, without 500 and 503");
  expect(share).toBe("75 % of 4 answers were successes");
  expect(missed.map((line) => line.replaceAll(/\s+/g, " "))).toEqual([
    "not reached:",
    "GET /pets 422",
    "POST /pets 200 413",
    "GET /never 200",
  ]);
});

test("a run that reached everything says nothing of what it missed", () => {
  const [pets] = operations;
  if (pets === undefined) throw new Error("there is one");
  const statuses = new Map([
    [
      "GET /pets",
      new Map([
        ["200", 1],
        ["422", 1],
      ]),
    ],
  ]);
  expect(coverageLines([pets], statuses).join()).not.toContain("not reached");
});
