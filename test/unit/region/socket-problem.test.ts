import { expect, it } from "vitest";
import { socketProblem } from "../../../src/region/socket-problem.ts";

it.each(["internal_error", "cooling_down", "unknown_ready_check", "in_match", "region_full"] as const)(
  "%s speaks of nothing that only an HTTP answer has",
  (reason) => {
    expect(socketProblem(reason).detail).not.toMatch(/\binstance\b|Retry-After|header/);
  },
);
