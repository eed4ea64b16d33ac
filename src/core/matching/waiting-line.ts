/**
 * Who of a pool's candidates is still without a match, in the order of rating. Taking somebody out and stepping to the
 * next who is left cost the same however many are gone.
 */
export class WaitingLine {
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  readonly #isTaken: Uint8Array;
  readonly #end: number;
  #left: number;

  constructor(count: number) {
    this.#end = count;
    this.#left = count;
    // Position −1 is kept at index 0: both ends of the line are ordinary links.
    this.#next = new Int32Array(count + 2);
    this.#previous = new Int32Array(count + 2);
    for (let index = 0; index < count + 2; index += 1) {
      this.#next[index] = index;
      this.#previous[index] = index - 2;
    }
    this.#isTaken = new Uint8Array(count);
  }

  has(position: number): boolean {
    return this.#isTaken[position] === 0;
  }

  take(position: number): void {
    const before = this.#before(position);
    const after = this.#after(position);
    this.#next[before + 1] = after;
    this.#previous[after + 1] = before;
    this.#isTaken[position] = 1;
    this.#left -= 1;
  }

  /** Puts back whoever was taken. */
  giveBack(position: number): void {
    let before = position - 1;
    while (before >= 0 && !this.has(before)) before -= 1;
    const after = this.#after(before);
    this.#next[before + 1] = position;
    this.#next[position + 1] = after;
    this.#previous[after + 1] = position;
    this.#previous[position + 1] = before;
    this.#isTaken[position] = 0;
    this.#left += 1;
  }

  /** The next of higher rating, or null at the end. @param position of somebody who is left, or −1 */
  higher(position: number): number | null {
    const after = this.#after(position);
    return after === this.#end ? null : after;
  }

  /** The next of lower rating, or null at the end. @param position of somebody who is left */
  lower(position: number): number | null {
    const before = this.#before(position);
    return before === -1 ? null : before;
  }

  /** All that are left. */
  positions(): Int32Array {
    const positions = new Int32Array(this.#left);
    let place = 0;
    for (let position = this.#after(-1); position !== this.#end; position = this.#after(position)) {
      positions[place] = position;
      place += 1;
    }
    return positions;
  }

  #after(position: number): number {
    return this.#next[position + 1] ?? this.#end;
  }

  #before(position: number): number {
    return this.#previous[position + 1] ?? -1;
  }
}
