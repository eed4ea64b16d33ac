import { Presets, SingleBar } from "cli-progress";

const LINE_EVERY_MS = 5_000;

/** How far a run has come: a bar on a terminal, elsewhere a line at most every five seconds. */
export interface Progress {
  update(done: number): void;
  stop(): void;
}

/** @param format placeholders as cli-progress knows them; `{value}` and `{total}` also work in the plain lines */
export function startProgress(total: number, format: string): Progress {
  return process.stderr.isTTY ? startBar(total, format) : startLines(total, format);
}

function startBar(total: number, format: string): Progress {
  const bar = new SingleBar({ format: `  {bar} ${format}, {duration_formatted}` }, Presets.shades_classic);
  bar.start(total, 0);
  return { update: (done) => bar.update(done), stop: () => bar.stop() };
}

function startLines(total: number, format: string): Progress {
  let latest = 0;
  let printedAtMs = performance.now();
  const print = () => {
    printedAtMs = performance.now();
    console.error(`  ${format.replace("{value}", String(latest)).replace("{total}", String(total))}`);
  };
  return {
    // No timer: it would never fire while the lab computes.
    update: (done) => {
      latest = done;
      if (performance.now() >= printedAtMs + LINE_EVERY_MS) print();
    },
    stop: print,
  };
}
