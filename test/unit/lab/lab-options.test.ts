import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { parseLabOptions } from "../../../simulation/lab/lab-options.ts";

let said = "";

beforeEach(() => {
  said = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    said += String(text);
    return true;
  });
  vi.spyOn(process, "exit").mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
});

afterEach(() => vi.restoreAllMocks());

it("holds the matcher to its limits when nothing else is asked", () => {
  expect(parseLabOptions([]).task).toBe("limits");
  expect(parseLabOptions(["--seeds", "2", "--json", "out.json"])).toMatchObject({ task: "limits", seeds: 2 });
});

it("compares all policies as soon as a trace is described", () => {
  const options = parseLabOptions(["--mode", "1v1", "--trace", "burst"]);
  expect(options).toMatchObject({ task: "contest", trace: "burst", shape: { name: "1v1" }, partyMix: [1] });
  expect(options.policies.length).toBeGreaterThan(3);
});

it("runs a contest for a report even if nothing else is said", () => {
  expect(parseLabOptions(["--html", "report.html"])).toMatchObject({ task: "contest", html: "report.html" });
});

it("has other tasks by name", () => {
  expect(parseLabOptions(["--clairvoyant"]).task).toBe("clairvoyant");
  expect(parseLabOptions(["--closed-loop", "--mode", "1v1"]).task).toBe("closed-loop");
});

it("counts an imbalance as the reference does, and not at all against the clairvoyant, unless told otherwise", () => {
  expect(parseLabOptions(["--mode", "1v1"]).balanceWeight).toBe(4);
  expect(parseLabOptions(["--clairvoyant"]).balanceWeight).toBe(0);
  expect(parseLabOptions(["--clairvoyant", "--balance-weight", "4"]).balanceWeight).toBe(4);
});

it("compares ready checks when asked to, and draws them", () => {
  const options = parseLabOptions(["--ready-check", "--seeds", "2", "--svg", "charts"]);
  expect(options).toMatchObject({ task: "ready-check", seeds: 2, svg: "charts" });
});

it("brings parties to large teams unless told otherwise", () => {
  expect(parseLabOptions(["--mode", "5v5"]).partyMix).toHaveLength(5);
  expect(parseLabOptions(["--mode", "5v5", "--parties", "solo"]).partyMix).toEqual([1]);
});

it("takes several settings of the knob and several policies", () => {
  const options = parseLabOptions(["--points-per-second", "0.5,0.1", "--policy", "ripe-windows, oldest-four"]);
  expect(options.pointsPerSecond).toEqual([0.5, 0.1]);
  expect(options.policies.map(({ name }) => name)).toEqual(["ripe-windows", "oldest-four"]);
});

it.each([
  { args: ["--mode", "7v3"], known: "Known: 1v1, 2v2" },
  { args: ["--policy", "magic"], known: "Known: ripe-windows, shipped" },
  { args: ["--trace", "none"], known: "Known: reference, burst" },
  { args: ["--parties", "p9"], known: "Known: solo, p5" },
  { args: ["--seeds", "0"], known: "from 1 to" },
  { args: ["--points-per-second", "0.5,x"], known: "A number from" },
  { args: ["--json", "no/such/folder/out.json"], known: "There is no folder" },
  { args: ["--html", "no/such/folder/out.html"], known: "There is no folder" },
])("refuses $args with what is possible", ({ args, known }) => {
  expect(() => parseLabOptions(args)).toThrow("exit 1");
  expect(said).toContain(known);
});

it.each([
  { args: ["--clairvoyant", "--mode", "5v5"], without: "--mode" },
  { args: ["--clairvoyant", "--points-per-second", "1"], without: "--points-per-second" },
  { args: ["--clairvoyant", "--closed-loop"], without: "--closed-loop" },
  { args: ["--closed-loop", "--parties", "p5"], without: "--parties" },
  { args: ["--closed-loop", "--html", "out.html"], without: "--html" },
  { args: ["--ready-check", "--mode", "2v2"], without: "--mode" },
  { args: ["--ready-check", "--clairvoyant"], without: "--clairvoyant" },
])("refuses $args, which would have no effect", ({ args, without }) => {
  expect(() => parseLabOptions(args)).toThrow("exit 1");
  expect(said).toMatch(new RegExp(`cannot be used with option '${without}`));
});
