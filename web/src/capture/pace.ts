/** When the next frame may go: at most two unanswered, fifteen a second on average. */

export const MOST_UNANSWERED = 2;
export const PERIOD_MS = 1000 / 15;

/** Milliseconds by which a frame may come before its time, as cameras are not punctual. */
export const EARLY_MS = 8;

export class Pace {
  #waiting = new Set<number>();
  #next = 0;
  #due = -Infinity;

  get unanswered(): number {
    return this.#waiting.size;
  }

  /** The number of the frame that may be taken now, which from here on counts as sent; null when none may. */
  take(at: number): number | null {
    if (this.#waiting.size >= MOST_UNANSWERED || at < this.#due - EARLY_MS) return null;
    const number = this.#next++;
    this.#due = Math.max(this.#due + PERIOD_MS, at + PERIOD_MS / 2);
    this.#waiting.add(number);
    return number;
  }

  /** Frame `number` was answered (`seen` or `dropped`). */
  answered(number: number): void {
    this.#waiting.delete(number);
  }

  /** Frame `number` was taken but could not be made: it was the last one, and its number is free again. */
  untaken(number: number): void {
    this.#waiting.delete(number);
    if (number === this.#next - 1) this.#next = number;
  }
}
