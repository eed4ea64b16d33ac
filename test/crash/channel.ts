import { setTimeout as sleep } from "node:timers/promises";
import type { Standing, Step } from "./history.ts";
import type { Player, Service } from "./service.ts";

type AnswerTo<Did extends Step["did"]> = Extract<Step, { readonly did: Did }>["answer"];

/** How one player asks and hears. */
export interface Channel {
  enqueue(mode: string): Promise<AnswerTo<"enqueue">>;
  cancel(): Promise<AnswerTo<"cancel">>;
  /** Null: no answer. */
  look(): Promise<Standing | null>;
  /** Until there may be something new. */
  wait(): Promise<void>;
  close(): void;
}

const LOOK_EVERY_MS = 300;

/** Who has no socket asks again and again. */
export function overHttp(service: Service, player: Player, lookEveryMs = LOOK_EVERY_MS): Channel {
  return {
    enqueue: (mode) => service.enqueue(player, mode),
    cancel: () => service.cancel(player),
    look: () => service.look(player),
    wait: () => sleep(lookEveryMs),
    close: () => {},
  };
}
