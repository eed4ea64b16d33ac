import { startProgress } from "../progress.ts";

/** Shows how many of `total` steps are done while `work` counts them. */
export function withProgress<Value>(total: number, work: (stepEnded: () => void) => Value): Value {
  const progress = startProgress(total, "{value}/{total} runs");
  let done = 0;
  try {
    return work(() => {
      done += 1;
      progress.update(done);
    });
  } finally {
    progress.stop();
  }
}
