import { parseEnv } from "node:util";
import { expect, it } from "vitest";
import { completeVars, developmentVars } from "../../../scripts/local-stack/dev-vars.ts";

const VARS = { API_KEY: "dev", RATE_LIMITS: "off" };

it("makes a file with every variable when there is none", () => {
  expect(completeVars("", VARS)).toBe("API_KEY=dev\nRATE_LIMITS=off\n");
});

it("adds what is missing and leaves what is there", () => {
  expect(completeVars("# mine\nAPI_KEY=my-own-key", VARS)).toBe("# mine\nAPI_KEY=my-own-key\nRATE_LIMITS=off\n");
});

it("leaves a variable alone that is set to nothing", () => {
  expect(completeVars("RATE_LIMITS=\nAPI_KEY=\n", VARS)).toBe("RATE_LIMITS=\nAPI_KEY=\n");
});

it("leaves a complete file as it is", () => {
  const text = "RATE_LIMITS=on\nexport API_KEY='a b'\n";
  expect(completeVars(text, VARS)).toBe(text);
});

it("gives secrets that read back as they were written", () => {
  expect(parseEnv(completeVars("", generated()))).toEqual(generated());
});

it("makes secrets that are long enough and that production recognizes and refuses", () => {
  const { JWT_SECRET, METRICS_TOKEN } = generated();
  for (const secret of [JWT_SECRET, METRICS_TOKEN]) expect(secret).toMatch(/^dev-.{32,}/);
});

function generated() {
  return developmentVars(() => "0123456789abcdef".repeat(4));
}
