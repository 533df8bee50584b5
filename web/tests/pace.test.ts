import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { MOST_UNANSWERED, Pace } from "../src/capture/pace.js";

describe("pace", () => {
  it("never has more than two frames unanswered, and numbers them without gaps", () => {
    const steps = fc.array(fc.record({ wait: fc.integer({ min: 0, max: 200 }), answer: fc.boolean() }), { maxLength: 300 });
    fc.assert(
      fc.property(steps, (all) => {
        const pace = new Pace();
        const open: number[] = [];
        let [at, next] = [0, 0];
        for (const { wait, answer } of all) {
          at += wait;
          if (answer && open.length > 0) pace.answered(open.shift() as number);
          const number = pace.take(at);
          if (number !== null) {
            expect(number).toBe(next++);
            open.push(number);
          }
          expect(open.length).toBeLessThanOrEqual(MOST_UNANSWERED);
          expect(pace.unanswered).toBe(open.length);
        }
      }),
    );
  });

  it.each([10, 15, 24, 25, 30, 60])("sends at most fifteen a second of a camera with %i", (rate) => {
    const pace = new Pace();
    let sent = 0;
    for (let at = 0; at < 20_000; at += 1000 / rate) {
      const number = pace.take(at);
      if (number === null) continue;
      sent++;
      pace.answered(number);
    }
    expect(sent / 20).toBeLessThanOrEqual(15.1);
    expect(sent / 20).toBeGreaterThanOrEqual(Math.min(rate, 15) * 0.95);
  });

  it("does not catch up after a pause", () => {
    const pace = new Pace();
    pace.answered(pace.take(0) as number);
    expect(pace.take(5000)).toBe(1);
    expect(pace.take(5010)).toBeNull();
  });

  it("gives a number again that was not used", () => {
    const pace = new Pace();
    pace.untaken(pace.take(0) as number);
    expect(pace.take(100)).toBe(0);
    expect(pace.unanswered).toBe(1);
  });
});
