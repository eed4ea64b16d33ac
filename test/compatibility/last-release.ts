import type { Scene } from "./record/play.ts";
import type {
  RecordedCall,
  RecordedExchange,
  RecordedSocket,
  RecordedStatement,
  RecordedTables,
} from "./record/recording.ts";
import confirmations from "./release-4/confirmations.json";
import d1 from "./release-4/d1.json";
import exchanges from "./release-4/exchanges.json";
import messages from "./release-4/messages.json";
import metrics from "./release-4/metrics.json";
import region from "./release-4/region.json";
import sockets from "./release-4/sockets.json";
import statements from "./release-4/statements.json";

/** Players without their tokens, which the record leaves out. */
type Recorded<Value> = Value extends { readonly token: string }
  ? Omit<Value, "token">
  : Value extends object
    ? { readonly [Key in keyof Value]: Recorded<Value[Key]> }
    : Value;

export interface LastRelease {
  readonly recordedAtMs: number;
  readonly region: string;
  readonly scene: Recorded<Scene>;
  readonly regionTables: RecordedTables;
  readonly openSockets: readonly RecordedSocket[];
  readonly d1Tables: RecordedTables;
  readonly migrations: readonly string[];
  readonly exchanges: readonly RecordedExchange[];
  readonly confirmations: readonly RecordedCall[];
  readonly messages: readonly unknown[];
  readonly pushes: readonly unknown[];
  readonly upgrades: readonly Readonly<Record<string, string>>[];
  readonly framesFromClients: readonly string[];
  readonly framesFromRegion: readonly string[];
  readonly statements: { readonly region: readonly RecordedStatement[]; readonly d1: readonly RecordedStatement[] };
}

/** What the release before this one stored, sent and answered, as `npm run record:release` wrote it down. */
export const LAST_RELEASE: LastRelease = {
  recordedAtMs: region.recordedAtMs,
  region: region.region,
  scene: region.scene,
  regionTables: region.tables,
  openSockets: region.sockets,
  d1Tables: d1.tables,
  migrations: d1.migrations,
  exchanges: exchanges.exchanges,
  confirmations: confirmations.calls,
  messages: messages.messages,
  pushes: metrics.pushes,
  upgrades: sockets.upgrades,
  framesFromClients: sockets.fromClients,
  framesFromRegion: sockets.fromRegion,
  statements: { region: statements.region, d1: statements.d1 },
};

/** Whole milliseconds since 1970, from 2020 to 2033, that stand by themselves: also in JSON within a text. */
const TIMES = /(?<![\w.-])1[6-9]\d{11}(?![\w.])/g;

/** The same at another time: every time in it moved, so that what was asked a moment ago still is. */
export function movedBy<Value>(value: Value, byMs: number): Value {
  const moved: Value = JSON.parse(JSON.stringify(value).replace(TIMES, (time) => String(Number(time) + byMs)));
  return moved;
}

/** How far the record has to be moved to have been made now, or so long ago. */
export function ageOf(agoMs = 0): number {
  return Date.now() - agoMs - LAST_RELEASE.recordedAtMs;
}
