/** A failure that the simulation made up. Told apart from the production code's own by what it is, not by what it says. */
export class InjectedFailure extends Error {}

/** Whether an error is one that was injected, or comes from one. */
export function isInjected(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof InjectedFailure) return true;
  return false;
}
