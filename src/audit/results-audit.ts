import type { AuditState, Pass, WalkName } from "../core/audit/audit-state.ts";
import { afterPage, newAuditState, unverifiableOf, WALKS } from "../core/audit/audit-state.ts";
import type { Finding } from "../core/audit/finding.ts";
import { AUDIT_CHECKS, UNVERIFIABLE } from "../core/audit/finding.ts";
import { note, standingOf } from "../core/audit/standing.ts";
import { LIMITS } from "../core/limits.ts";
import type { ModeTable } from "../core/mode.ts";
import { readAudit, writeAudit } from "../db/audit-state.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { WalkKind } from "./walk-kinds.ts";
import { walkKinds } from "./walk-kinds.ts";

/** Lines of one run about what it found; the metric counts all of it. */
const LINES = 50;
/** `overtaken`: another run goes the same way at the same time. */
type StepOutcome = "further" | "ended" | "overtaken";

/** Subjects in the line that tells what is still wrong. */
const SUBJECTS_NAMED = 20;

export interface ResultsAuditSettings {
  readonly db: D1Database;
  readonly modes: Pick<ModeTable, "byName">;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => number;
}

/**
 * One run of the audit that goes on for ever: it holds D1's ratings against the stored results.
 *
 * 1. Each walk does a page in turn, so none waits for another, until each is at its end or has done its share, or time is up.
 * 2. After each page it is saved how far it has come, and only then told what was found: what is found is told of once, also
 *    if the run ends in the middle.
 * 3. Of two runs at once the one that saves later stops: it has looked at what the other one has looked at.
 * 4. A walk that fails, because D1 does or because of a page that cannot be judged, has ended for this run; the others go on.
 *    The next run goes on from what was saved.
 * 5. At the end it shows where it stands.
 */
export class ResultsAudit {
  readonly #settings: ResultsAuditSettings;
  readonly #kinds: readonly WalkKind[];
  #state: AuditState;
  #savedAtMs: number | null = null;
  #linesLeft = LINES;

  constructor(settings: ResultsAuditSettings) {
    this.#settings = settings;
    this.#kinds = walkKinds(settings.db, settings.modes);
    this.#state = newAuditState(settings.now());
  }

  /** Never throws. */
  async run(): Promise<void> {
    const { metrics, log } = this.#settings;
    // So that the lines are there to be watched before they are ever needed.
    for (const check of AUDIT_CHECKS) metrics.auditViolations.inc({ check }, 0);
    try {
      await this.#load();
    } catch (error) {
      metrics.auditErrors.inc();
      log.error("audit_failed", error);
      return;
    }
    await this.#walkOn();
    this.#show();
  }

  async #load(): Promise<void> {
    const { db, log } = this.#settings;
    const { state, savedAtMs } = await readAudit(db);
    if (state === null && savedAtMs !== null) log.warn("audit_begins_anew");
    this.#state = state ?? this.#state;
    this.#savedAtMs = savedAtMs;
  }

  async #walkOn(): Promise<void> {
    const untilMs = this.#settings.now() + LIMITS.auditRunMs;
    let going = this.#kinds;
    for (let pages = 0; pages < LIMITS.auditPagesPerRun && going.length > 0; pages += 1) {
      const further: WalkKind[] = [];
      for (const kind of going) {
        if (this.#settings.now() >= untilMs) return;
        const outcome = await this.#tryStep(kind);
        if (outcome === "overtaken") return;
        if (outcome === "further") further.push(kind);
      }
      going = further;
    }
  }

  async #tryStep(kind: WalkKind): Promise<StepOutcome> {
    const { metrics, log } = this.#settings;
    try {
      return await this.#step(kind);
    } catch (error) {
      metrics.auditErrors.inc();
      log.error("audit_failed", error, { walk: kind.name });
      return "ended";
    }
  }

  async #step(kind: WalkKind): Promise<StepOutcome> {
    const { now, db, metrics, log } = this.#settings;
    const { name, settles } = kind;
    const pass = this.#state.walks[name].pass ?? newPass(kind, now());
    const page = await kind.look(pass.cursor);
    const { standing, fresh } = note(this.#state.standing, page.findings, now());
    const state = afterPage({ ...this.#state, standing }, name, pass, page, settles, now());
    const saved = await writeAudit(db, state, this.#savedAtMs, now());
    if (saved === null) {
      log.info("audit_overtaken");
      return "overtaken";
    }
    this.#state = state;
    this.#savedAtMs = saved.savedAtMs;
    metrics.rowsWritten.inc({ store: "d1" }, saved.rowsWritten);
    metrics.audited.inc({ walk: name }, page.audited);
    for (const finding of fresh) this.#tell(finding, name);
    return page.next === null ? "ended" : "further";
  }

  #tell({ check, subject, detail }: Finding, walk: WalkName): void {
    const { metrics, log } = this.#settings;
    metrics.auditViolations.inc({ check });
    this.#linesLeft -= 1;
    if (this.#linesLeft >= 0) log.error("audit_violation", detail, { check, subject, walk });
  }

  #show(): void {
    const { metrics, log } = this.#settings;
    const { walks, standing } = this.#state;
    for (const [check, count] of standingOf(standing)) metrics.auditStanding.set({ check }, count);
    const unverifiable = unverifiableOf(this.#state);
    for (const reason of UNVERIFIABLE) metrics.auditUnverifiable.set({ reason }, unverifiable[reason] ?? 0);
    for (const walk of WALKS) {
      const { progressMs, completed } = walks[walk];
      metrics.auditProgress.set({ walk }, progressMs / 1_000);
      if (completed !== null) metrics.auditCompleted.set({ walk }, completed.startedMs / 1_000);
    }
    const subjects = Object.keys(standing);
    if (subjects.length > 0)
      log.warn("audit_standing", { count: subjects.length, subjects: subjects.slice(0, SUBJECTS_NAMED) });
  }
}

function newPass(kind: WalkKind, nowMs: number): Pass {
  return { startedMs: nowMs, cursor: kind.start(nowMs), audited: 0, unverifiable: {} };
}
