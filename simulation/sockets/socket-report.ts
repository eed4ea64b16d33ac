import type { Distribution } from "../statistics.ts";
import type { BehaviourRates, Reaction } from "./behaviour.ts";
import type { HearingTimes, NotificationTimes } from "./hearing-times.ts";
import type { Tally } from "./tally.ts";

/** What a run over sockets has brought to light besides what every run does, as `--json` writes it. */
export interface SocketReport {
  readonly rates: BehaviourRates;
  /** Opened, reconnects included. */
  readonly sockets: number;
  readonly messages: number;
  /** Connections that broke, and players who never came back after that. */
  readonly breakdowns: number;
  readonly gone: number;
  /** What players did with prompts. */
  readonly prompts: Readonly<Record<Reaction, number>>;
  readonly ready_checks: ReturnType<HearingTimes["readyChecks"]>;
  readonly cool_downs: number;
  readonly kept_out: number;
  readonly gave_up: number;
  /** From the first asking to the match. */
  readonly confirmation_s: Distribution | null;
  /** Null: the service's clock is another machine's, and cannot be compared. */
  readonly notification_ms: NotificationTimes | null;
}

export function reportSockets(
  rates: BehaviourRates,
  { sockets, messages, breakdowns, gone, prompts, keptOut, gaveUp }: Tally,
  coolDowns: number,
  hearing: HearingTimes,
  isClockShared: boolean,
): SocketReport {
  return {
    rates,
    sockets,
    messages,
    breakdowns,
    gone,
    prompts: { ...prompts },
    ready_checks: hearing.readyChecks(),
    cool_downs: coolDowns,
    kept_out: keptOut,
    gave_up: gaveUp,
    confirmation_s: hearing.confirmations(),
    notification_ms: isClockShared ? hearing.notifications() : null,
  };
}
