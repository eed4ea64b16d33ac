import { stripVTControlCharacters } from "node:util";

/** wrangler's own lines that tell a reader nothing: requests, its tables, its banner and its hints. */
const NOISE: readonly RegExp[] = [
  /^\s*$/,
  /^\[wrangler:info\]/,
  /^⎔/,
  /^(Your Worker has access|Binding\s|env\.|Using secrets defined in|Cloudflare collects anonymous telemetry)/,
  /^\[custom build\] (Running:|$)/,
  /Scheduled Workers are not automatically triggered/,
  /^\s+(To manually trigger a scheduled event|curl "http|For more details, see)/,
];

/** wrangler puts a headline before what the Worker writes to `console.error` and `console.warn`. */
const WORKER_LINE = /^(?:✘ \[ERROR\]|▲ \[WARNING\]) (\{.*)$/;

/** A line of `wrangler dev` as a person wants to read it, or null if there is nothing to read in it. */
export function readableLine(rawLine: string): string | null {
  const line = stripVTControlCharacters(rawLine);
  if (NOISE.some((pattern) => pattern.test(line))) return null;
  return WORKER_LINE.exec(line)?.[1] ?? line;
}
