import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { BEGINNING, DELAYS, type Effect, type Event, LOST_MS, type Model, SLOW_MS, step } from "../src/capture/machine.js";
import type { Down } from "../src/capture/protocol.js";

type Told = Event extends infer One ? (One extends Event ? Omit<One, "at"> : never) : never;

const READY: Down = { type: "ready", attempt: 1, of: 3, line: "+49", actions: 2, seconds: 60 };
const SEEN: Down = { type: "seen", frame: 0, guidance: null, action: "blink", step: 0, of: 2, done: 0 };
const DONE: Down = { type: "done", state: "accepted", reasons: [], attempts_left: 2, folio: "F" };
const message = (one: Down): Told => ({ type: "message", message: one });
const fault = (code: string, again = true): Told => message({ type: "error", code, text: "words", again });
const closed = (code: number): Told => ({ type: "closed", code });

/** Tell events one after the other, 10 ms apart; gives the last model and all effects. */
function run(events: Told[], from: Model = BEGINNING, at = 0): [Model, Effect[]] {
  let model = from;
  const effects: Effect[] = [];
  for (const event of events) {
    at += 10;
    const [next, more] = step(model, { ...event, at } as Event);
    model = next;
    effects.push(...more);
  }
  return [model, effects];
}

const names = (effects: Effect[]) => effects.map((one) => (one.do === "emit" ? one.name : one.do));
const START: Told[] = [{ type: "start", token: "src_1" }, { type: "camera-open" }];
const RUNNING = [...START, message(READY)];

describe("the usual course", () => {
  it("opens the camera, connects, runs, is judged and done", () => {
    const [model, effects] = run([...RUNNING, message(SEEN), message({ type: "judging" }), message(DONE), closed(1000)]);
    expect(model.phase).toBe("done");
    expect(names(effects)).toEqual([
      ...["open-camera", "connect", "capture-ready", "capture-progress"],
      ...["close-camera", "disconnect", "close-camera", "capture-done"],
    ]);
    expect(effects.at(-1)).toMatchObject({ detail: { state: "accepted", attemptsLeft: 2, folio: "F" } });
  });

  it("asks for a token only once the camera is open, so that no attempt is used up without one", () => {
    expect(names(run([{ type: "start", token: null }])[1])).toEqual(["open-camera"]);
    const [model, effects] = run([{ type: "start", token: null }, { type: "camera-open" }]);
    expect(model.phase).toBe("connecting");
    expect(names(effects).at(-1)).toBe("ask-token");
    const [next, more] = run([{ type: "token", token: "src_2" }], model);
    expect(next.phase).toBe("connecting");
    expect(more).toEqual([{ do: "connect", token: "src_2" }]);
  });

  it("tells progress only when something has changed", () => {
    const other: Down = { ...SEEN, frame: 1, done: 0.5 } as Down;
    expect(names(run([...RUNNING, message(SEEN), message(other)])[1]).filter((one) => one === "capture-progress")).toHaveLength(1);
  });

  it("waits in a full house without a word of its own", () => {
    const [model] = run([...START, message({ type: "wait", seconds: 1 })]);
    expect(model.phase).toBe("waiting");
    expect(run([message(READY)], model)[0].phase).toBe("running");
  });
});

describe("a lost connection", () => {
  it("in mid-capture asks the host for a new token, as the old one is used up", () => {
    const [model, effects] = run([...RUNNING, closed(1006)]);
    expect(model.phase).toBe("renewing");
    expect(effects.at(-1)).toEqual({ do: "renew-in", milliseconds: DELAYS[0] });
    expect(names(run([{ type: "renew" }], model)[1])).toEqual(["ask-token"]);
    const [back, more] = run([{ type: "renew" }, { type: "token", token: "src_2" }, message(READY)], model);
    expect(back.phase).toBe("running");
    expect(more).toContainEqual({ do: "connect", token: "src_2" });
    expect(back.tries).toBe(0);
  });

  it("before the server was ready tries the same token again", () => {
    const [model, effects] = run([...START, closed(1006), { type: "renew" }]);
    expect(model.phase).toBe("connecting");
    expect(effects.at(-1)).toEqual({ do: "connect", token: "src_1" });
  });

  it("gives up after some tries, with a way on, and lets the camera go", () => {
    const events = RUNNING.concat(closed(1006));
    for (const _ of DELAYS) events.push({ type: "renew" }, { type: "token-failed", code: "offline", text: null, again: true });
    const [model, effects] = run(events);
    expect(model).toMatchObject({ phase: "trouble", trouble: { code: "lost", again: true } });
    expect(names(effects).slice(-3)).toEqual(["disconnect", "close-camera", "capture-error"]);
    expect(run([{ type: "retry" }, { type: "camera-open" }], model)[0].phase).toBe("renewing");
  });

  it("while the result is on its way leaves the result to the server", () => {
    const [model, effects] = run([...RUNNING, message({ type: "judging" }), closed(1006)]);
    expect(model.phase).toBe("done");
    expect(effects.at(-1)).toMatchObject({ name: "capture-done", detail: { state: null } });
  });

  it("is noticed by silence, and slowness is told before", () => {
    const [running] = run(RUNNING);
    const tick = (after: number) => step(running, { type: "tick", at: running.heard + after });
    expect(tick(SLOW_MS - 1)[0].slow).toBe(false);
    expect(tick(SLOW_MS + 1)[0].slow).toBe(true);
    expect(tick(LOST_MS + 1)[0].phase).toBe("renewing");
  });

  it("ends here when the host says that the attempt is over", () => {
    const [model, effects] = run([...RUNNING, closed(1012), { type: "renew" }, { type: "over" }]);
    expect(model.phase).toBe("done");
    expect(effects.at(-1)).toMatchObject({ name: "capture-done", detail: { state: null } });
  });
});

describe("what the server refuses", () => {
  it.each([
    [4400, "capture-failed", true],
    [4403, "origin", false],
    [4408, "silence", true],
    [4413, "frame-too-large", true],
    [4429, "busy", true],
  ])("close %i is %s", (code, trouble, again) => {
    expect(run([...RUNNING, closed(code)])[0]).toMatchObject({ phase: "trouble", trouble: { code: trouble, again } });
  });

  it("asks for another token once, and no more than once", () => {
    for (const refused of [[closed(4401)], [fault("token-invalid", false), closed(4401)]]) {
      const [model, effects] = run([...START, ...refused]);
      expect(model.phase).toBe("renewing");
      expect(names(effects).filter((one) => one === "ask-token")).toHaveLength(1);
      const [again] = run([{ type: "token", token: "src_2" }, ...refused], model);
      expect(again).toMatchObject({ phase: "trouble", trouble: { code: "token-invalid", again: false } });
    }
  });

  it("keeps the server's words for a code that nobody knows", () => {
    const [model] = run([...RUNNING, fault("news")]);
    expect(model.trouble).toEqual({ code: "news", text: "words", again: true });
  });

  it("keeps the token of a full house, which did not take it", () => {
    const [model] = run([...START, fault("busy"), closed(4429), { type: "retry" }, { type: "camera-open" }]);
    expect(model).toMatchObject({ phase: "connecting", token: "src_1" });
  });
});

describe("the person", () => {
  it("stops: the server is told, and its answer is waited for", () => {
    const [model, effects] = run([...RUNNING, { type: "stop" }]);
    expect(names(effects).slice(-2)).toEqual(["send-stop", "close-camera"]);
    expect(run([message({ ...DONE, state: "referenced" } as Down)], model)[0].phase).toBe("done");
  });

  it("leaves before anything has begun", () => {
    const [model, effects] = run([...START, { type: "stop" }]);
    expect(model.phase).toBe("idle");
    expect(names(effects).at(-1)).toBe("capture-left");
  });

  it("cannot leave while the result is being worked out", () => {
    expect(run([...RUNNING, message({ type: "judging" }), { type: "stop" }])[0].phase).toBe("judging");
  });

  it("hides the page: the camera goes off at once, and a new run is offered", () => {
    const [model, effects] = run([...RUNNING, { type: "hidden" }]);
    expect(model).toMatchObject({ phase: "trouble", trouble: { code: "hidden", again: true } });
    expect(names(effects)).toContain("close-camera");
    expect(run([...START, { type: "hidden" }])[0].phase).toBe("connecting");
  });
});

describe("whatever happens", () => {
  const down = fc.oneof(
    ...[READY, SEEN, DONE].map((one) => fc.constant(one)),
    fc.constant<Down>({ type: "judging" }),
    fc.constant<Down>({ type: "wait", seconds: 1 }),
    fc.record({ type: fc.constant("error" as const), code: fc.constantFrom("token-invalid", "busy", "x"), text: fc.string(), again: fc.boolean() }),
  );
  const any = fc.oneof(
    fc.constantFrom<Told>(
      { type: "start", token: null },
      { type: "start", token: "src_1" },
      { type: "camera-open" },
      { type: "camera-failed", code: "camera-lost" },
      { type: "token", token: "src_9" },
      { type: "token-failed", code: "offline", text: null, again: true },
      ...(["over", "renew", "tick", "hidden", "retry", "stop", "leave"] as const).map((type) => ({ type })),
    ),
    fc.constantFrom(1000, 1006, 1012, 4400, 4401, 4403, 4408, 4413, 4429).map(closed),
    down.map(message),
  );

  it("the camera is off and the socket closed where the person is told something or it is over", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(any, fc.integer({ min: 0, max: 15_000 })), { maxLength: 60 }), (all) => {
        let [model, at, camera, socket] = [BEGINNING, 0, false, false];
        for (const [event, wait] of all) {
          at += wait;
          const [next, effects] = step(model, { ...event, at } as Event);
          model = next;
          for (const effect of effects) {
            if (effect.do === "open-camera") camera = true;
            if (effect.do === "close-camera") camera = false;
            if (effect.do === "connect") socket = true;
            if (effect.do === "disconnect") socket = false;
            if (effect.do === "connect") expect(model.claimed).toBe(false);
          }
          if (["idle", "trouble", "done"].includes(model.phase)) {
            expect(camera).toBe(false);
            expect(socket).toBe(false);
          }
          expect(model.phase === "trouble").toBe(model.phase === "trouble" && model.trouble !== null);
        }
      }),
    );
  });
});
