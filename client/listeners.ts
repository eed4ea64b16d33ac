export type Unsubscribe = () => void;

/**
 * Who listens to what. A listener's error is the application's: it surfaces as an uncaught one, and neither the other
 * listeners nor the client notice.
 */
export class Listeners<Events> {
  readonly #byName: { [Name in keyof Events]?: Set<Listening<Events[Name]>> } = {};
  readonly #surface: (error: unknown) => void;

  constructor(surface: (error: unknown) => void = throwLater) {
    this.#surface = surface;
  }

  /** The same listener twice is called once. @returns ends it */
  add<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void, isOnce: boolean): Unsubscribe {
    this.remove(name, listener);
    const added = { listener, isOnce };
    const listening = this.#byName[name] ?? new Set();
    this.#byName[name] = listening.add(added);
    return () => void this.#byName[name]?.delete(added);
  }

  remove<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): void {
    for (const each of this.#byName[name] ?? []) {
      if (each.listener === listener) this.#byName[name]?.delete(each);
    }
  }

  tell<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    const listening = this.#byName[name];
    if (listening === undefined) return;
    for (const each of [...listening]) {
      // Taken off by one that was called before it.
      if (!listening.has(each)) continue;
      if (each.isOnce) listening.delete(each);
      try {
        each.listener(event);
      } catch (error) {
        this.#surface(error);
      }
    }
  }
}

interface Listening<Event> {
  readonly listener: (event: Event) => void;
  readonly isOnce: boolean;
}

function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
