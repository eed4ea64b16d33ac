/** What happened in one step. */
export interface Story {
  readonly step: number;
  /** What somebody did. */
  readonly act: string;
  /** Since the beginning. */
  readonly atMs: number;
  /** To whom and with what. */
  readonly details: readonly string[];
  /** What came of it and of all that went on meanwhile, with how often. */
  readonly events: readonly (readonly [name: string, count: number])[];
}

/** One step as a line. */
export function tellStory({ step, act, atMs, details, events }: Story): string {
  const doing = details.length === 0 ? act : `${act} (${details.join("; ")})`;
  const came = events.map(([name, count]) => (count === 1 ? name : `${count} × ${name}`)).join(", ");
  return `${String(step).padStart(9)}  ${(atMs / 1_000).toFixed(3).padStart(10)} s  ${doing}${came === "" ? "" : `: ${came}`}`;
}
