/** Keeps words readable: what changes with every frame is shown for a while before the next is. */

export const HOLD_MS = 700;

export class Steady<Value> {
  #shown: Value;
  #since = -Infinity;

  constructor(
    first: Value,
    private readonly same: (one: Value, other: Value) => boolean,
  ) {
    this.#shown = first;
  }

  get shown(): Value {
    return this.#shown;
  }

  /** Offer a value; `urgent` ones are shown at once. Gives the milliseconds after which to offer again, 0 for never. */
  offer(value: Value, urgent: boolean, at: number): number {
    if (this.same(value, this.#shown)) return 0;
    const left = this.#since + HOLD_MS - at;
    if (!urgent && left > 0) return left;
    this.#shown = value;
    this.#since = at;
    return 0;
  }
}
