import { runHistory } from "./run-history.ts";
export async function runCommand(args: readonly string[]): Promise<number> {
  const [seed, count, plantName] = args;
  const { PLANTS } = await import("./plants.ts");
  const t = performance.now();
  const o = await runHistory({
    seed: Number(seed),
    steps: Array.from({ length: Number(count) }, (_, i) => i),
    plant: PLANTS.find((p) => p.name === plantName) ?? null,
    isDrained: true,
  });
  console.log(JSON.stringify({ ...o, tally: undefined }, null, 1), performance.now() - t);
  for (const [n, c] of o.tally) console.log(String(c).padStart(8), n);
  return o.violation === null ? 0 : 1;
}
