/** A secret by the variable that holds it. */
export type NamedSecret = readonly [name: string, secret: string];

/** Random letters as short as the shortest key have more, but for one in a million. */
const FEWEST_CHARACTERS = 5;

/**
 * What is wrong with secrets that are long enough: filled up by hand, or one in two places, where whoever may know it
 * for one purpose could use it for the other. `JWT_SECRET_PREVIOUS` may equal `JWT_SECRET`: between the two steps of a
 * rotation it does.
 *
 * @returns sentences that name variables and repeat no secret
 */
export function secretProblems(secrets: readonly NamedSecret[]): string[] {
  const problems = secrets.flatMap(([name, secret]) =>
    isFilledUp(secret) ? [`${name} is easy to guess: it repeats itself; make one with "openssl rand -hex 32"`] : [],
  );
  const holders = new Map<string, string>();
  for (const [name, secret] of secrets) {
    const holder = holders.get(secret) ?? name;
    if (purposeOf(holder) !== purposeOf(name)) problems.push(`${name} is the same as ${holder}; each needs its own`);
    holders.set(secret, holder);
  }
  return problems;
}

function purposeOf(name: string): string {
  return name === "JWT_SECRET_PREVIOUS" ? "JWT_SECRET" : name;
}

/** Few different characters, or a shorter piece again and again: a text that is in itself doubled, but moved. */
function isFilledUp(secret: string): boolean {
  const isRepeated = `${secret}${secret}`.indexOf(secret, 1) < secret.length;
  return isRepeated || new Set(secret).size < FEWEST_CHARACTERS;
}
