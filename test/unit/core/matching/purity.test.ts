import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";

const core = resolve(import.meta.dirname, "../../../../src/core");
const files = readdirSync(core, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));

/** The same state and the same events must give the same matches, on every machine and at any time. */
const IMPURE =
  /\b(Date|performance|crypto|fetch|console|setTimeout|setInterval|process|Intl|localeCompare)\b|Math\.random/;

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
}

it.each(files)("src/core/%s asks for no clock, no chance and nothing of the platform", (file) => {
  const code = withoutComments(readFileSync(resolve(core, file), "utf8"));
  expect(code.split("\n").filter((line) => IMPURE.test(line))).toEqual([]);
});

it("looks at the matcher too, and would see a clock in it", () => {
  expect(files).toContain("matching/find-matches.ts");
  expect(IMPURE.test(withoutComments("const now = Date.now(); // the time"))).toBe(true);
  expect(IMPURE.test(withoutComments("/** Date */ const age = 1; // Math.random"))).toBe(false);
});
