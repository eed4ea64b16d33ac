/** Numbers of steps as text: `3,7-9`. */
export function formatSteps(steps: readonly number[]): string {
  const ranges: { first: number; last: number }[] = [];
  for (const step of steps) {
    const range = ranges.at(-1);
    if (range !== undefined && range.last === step - 1) range.last = step;
    else ranges.push({ first: step, last: step });
  }
  return ranges.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`)).join();
}

/** The reverse; null: it is no such list, or not in ascending order. */
export function parseSteps(text: string): number[] | null {
  const steps: number[] = [];
  for (const part of text.split(",")) {
    const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    if (first === undefined || Number(last) < Number(first) || Number(first) <= (steps.at(-1) ?? -1)) return null;
    for (let step = Number(first); step <= Number(last); step += 1) steps.push(step);
  }
  return steps;
}
