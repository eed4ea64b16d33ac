/** Made anew on each run: ids of tickets and matches, codes of parties, ids of players, tokens, times. */
const MADE_ANEW =
  /^(?:[0-9A-HJKMNP-TV-Z]{26}(?:-[A-Z]+)?|[A-Z]+-[0-9A-HJKMNP-TV-Z]{8,32}|[0-9a-f]{8}-[0-9a-f-]{27}|eyJ[\w.-]+|\d{4}-\d\d-\d\dT[\d:.]+Z)$/;

/** Words for a person, and the id of a request. */
const SAID_OTHERWISE = /\.(?:title|detail|instance)$/;

/**
 * What `actual` lacks of `recorded`, for a reader who knows `recorded` only: each member that is gone, is of another
 * type, or says something else. New members are no difference, nor are other numbers: time goes on.
 *
 * @returns one line for each, with its path; none: the reader can go on as before
 */
export function differences(recorded: unknown, actual: unknown, path = ""): string[] {
  if (SAID_OTHERWISE.test(path)) return [];
  if (recorded === null || actual === null)
    return recorded === actual || isOpenToNull(path) ? [] : [`${path}: ${say(recorded)} has become ${say(actual)}`];
  if (Array.isArray(recorded)) {
    if (!Array.isArray(actual)) return [`${path}: a list has become ${say(actual)}`];
    if (recorded.length !== actual.length) return [`${path}: ${recorded.length} have become ${actual.length}`];
    return recorded.flatMap((one, index) => differences(one, actual[index], `${path}[${index}]`));
  }
  if (typeof recorded !== typeof actual) return [`${path}: ${say(recorded)} has become ${say(actual)}`];
  if (typeof recorded === "object" && typeof actual === "object") {
    return Object.entries(recorded).flatMap(([name, member]) => {
      if (!Object.hasOwn(actual, name)) return [`${path}.${name}: ${say(member)} is gone`];
      return differences(member, Reflect.get(actual, name), `${path}.${name}`);
    });
  }
  if (
    typeof recorded === "string" &&
    recorded !== actual &&
    !(MADE_ANEW.test(recorded) && MADE_ANEW.test(String(actual)))
  )
    return [`${path}: ${say(recorded)} has become ${say(actual)}`];
  return typeof recorded === "boolean" && recorded !== actual ? [`${path}: ${recorded} has become ${actual}`] : [];
}

/** Estimates come and go with what a region has just seen. */
function isOpenToNull(path: string): boolean {
  return /estimated_?wait/i.test(path);
}

function say(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 80) ?? "nothing";
}
