import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const ROOT = join(import.meta.dirname, "..", "..");
const COMPATIBILITY = join("test", "compatibility");
const INTEGRATION = '"test/integration/**/*.test.ts"';

/** What the last release's code does with what this one recorded. The other tests ask for what only this one has. */
const TESTS = ["tables", "calls", "messages", "answers"];

/**
 * `npm run test:take-back -- <commit> <record>`: whether this release can be taken back. Runs the code of `commit`, the last
 * release, on what this one recorded: its tables, its messages, the calls and answers of its Worker and regions.
 */
const [commit, record] = process.argv.slice(2);
const records = readdirSync(import.meta.dirname).filter((name) => name.startsWith("release-"));
if (commit === undefined || record === undefined || !records.includes(record)) {
  console.error(`Name the last release's commit, and this one's record: one of ${records.join(", ")}.`);
  process.exit(2);
}
const place = mkdtempSync(join(tmpdir(), "muster-take-back-"));
try {
  checkOut(commit, record, place);
  process.exitCode = runTests(place);
} finally {
  rmSync(place, { recursive: true });
}

/** The last release with the tests and the record of this one. */
function checkOut(revision: string, recordName: string, directory: string): void {
  const archive = join(directory, "release.tar");
  execFileSync("git", ["archive", "--output", archive, revision], { cwd: ROOT });
  execFileSync("tar", ["-xf", archive, "-C", directory]);
  rmSync(archive);
  if (read(directory, "package-lock.json") === read(ROOT, "package-lock.json"))
    symlinkSync(join(ROOT, "node_modules"), join(directory, "node_modules"));
  else execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: directory, stdio: "inherit" });
  rmSync(join(directory, COMPATIBILITY), { recursive: true, force: true });
  cpSync(join(ROOT, COMPATIBILITY), join(directory, COMPATIBILITY), { recursive: true });
  // The modes that are played in the record; and release 4 knew no test/compatibility.
  const modes = join("test", "integration", "modes-with-hunt.ts");
  cpSync(join(ROOT, modes), join(directory, modes));
  change(directory, join(COMPATIBILITY, "last-release.ts"), (text) =>
    text.replace(/release-[\w-]+(?=\/)/g, recordName),
  );
  change(directory, "vitest.config.ts", (text) =>
    text.includes("test/compatibility/")
      ? text
      : text.replace(INTEGRATION, `${INTEGRATION}, "${COMPATIBILITY}/*.test.ts"`),
  );
}

function runTests(directory: string): number {
  const files = TESTS.map((name) => `${COMPATIBILITY}/${name}.test.ts`);
  const path = [join(directory, "node_modules", ".bin"), process.env.PATH].join(delimiter);
  const options = { cwd: directory, stdio: "inherit", env: { ...process.env, PATH: path } } as const;
  return spawnSync("vitest", ["run", "--project", "integration", ...files], options).status ?? 1;
}

function read(directory: string, file: string): string {
  return readFileSync(join(directory, file), "utf8");
}

function change(directory: string, file: string, edit: (text: string) => string): void {
  writeFileSync(join(directory, file), edit(read(directory, file)));
}
