/** Whether the service is up: whoever wants to ask waits here while it is not. */
export class Gate {
  #opening = Promise.withResolvers<void>();
  #isOpen = false;

  open(): void {
    this.#isOpen = true;
    this.#opening.resolve();
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#opening = Promise.withResolvers();
  }

  passed(): Promise<void> {
    return this.#opening.promise;
  }
}
