import { expect, it } from "vitest";
import { misconfigurationIn } from "../../../scripts/local-stack/misconfiguration.ts";

it("finds what a Worker says is wrong with its configuration", () => {
  const detail = "src/modes.ts: modes[3].roles: together at most the team's 5 places; they ask for 6.";
  expect(misconfigurationIn(JSON.stringify({ type: "urn:muster:problem:misconfigured", detail }))).toBe(detail);
});

it.each(['{"type":"urn:muster:problem:region_unavailable","detail":"later"}', '{"status":"ok"}', "<html></html>", ""])(
  "takes %o for an answer that may change",
  (body) => {
    expect(misconfigurationIn(body)).toBeNull();
  },
);
