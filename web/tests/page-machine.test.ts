import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { type CaseView, Problem, readCase } from "../src/page/api.js";
import {
  attemptNumber,
  BEGINNING,
  type Event,
  lockedFor,
  type Model,
  MOST_READS,
  type Panel,
  readAgain,
  reduce,
  screenOf,
  stepOf,
} from "../src/page/machine.js";

const NEXT: Record<string, string[]> = {
  created: ["consent", "choose-alternative", "withdraw"],
  consented: ["set-reference", "choose-alternative", "withdraw"],
  referenced: ["set-reference", "begin-attempt", "choose-alternative", "withdraw"],
  capturing: ["restart-attempt", "choose-alternative", "withdraw"],
  accepted: ["withdraw"],
  referred: ["choose-alternative", "withdraw"],
  refused: ["choose-alternative"],
  alternative: ["withdraw"],
};
const STATES = ["created", "consented", "referenced", "capturing", "accepted", "referred", "refused", "alternative", "activated", "expired", "withdrawn", "cancelled"];

const view = (state: string, more: object = {}): CaseView => ({
  ...readCase({ state, line: "+49", attempts: { used: 0, of: 3, restarts_left: 2 }, next: NEXT[state] ?? [], now: "2026-11-24T10:00:00Z" }),
  ...more,
});
const NOW = Date.parse("2026-11-24T10:00:00Z");
const FAILED = { attempt: 1, outcome: "failed", endedAt: null, reasons: [] };
const USED = { used: 1, of: 3, restartsLeft: 2 };

const after = (...events: Event[]): Model => events.reduce(reduce, BEGINNING);
const LINK: Event = { type: "link", link: "srl_x" };
const read = (state: string, more: object = {}, at = NOW): Event => ({ type: "case", case: view(state, more), at });
const failed = (code: string, status: number): Event => ({ type: "failed", problem: new Problem(code, status) });

describe("screens", () => {
  it.each([
    ["created", "consent", "consent"],
    ["consented", "document", "document"],
    ["referenced", "ready", "capture"],
    ["capturing", "elsewhere", "capture"],
    ["accepted", "accepted", "result"],
    ["activated", "activated", "result"],
    ["referred", "referred", "result"],
    ["refused", "refused", "result"],
    ["alternative", "alternative", "result"],
    ["expired", "expired", "result"],
    ["withdrawn", "withdrawn", "result"],
    ["cancelled", "cancelled", "result"],
  ])("of a case that is %s: %s", (state, screen, place) => {
    const model = after(LINK, read(state));
    expect(screenOf(model)).toBe(screen);
    expect(stepOf(model)).toBe(place);
  });

  it("before the case is known", () => {
    expect(screenOf(after({ type: "link", link: null }))).toBe("no-link");
    expect(screenOf(after(LINK))).toBe("loading");
    expect(screenOf(after(LINK, failed("offline", 0)))).toBe("trouble");
    expect(screenOf(after(LINK, failed("link-invalid", 401)))).toBe("link-unknown");
    expect(screenOf(after(LINK, read("created"), failed("anything", 401)))).toBe("link-unknown");
    expect(screenOf(after(LINK, read("a-state-of-tomorrow")))).toBe("trouble");
  });

  it("after an attempt that failed, with attempts left", () => {
    expect(screenOf(after(LINK, read("referenced", { result: FAILED, attempts: USED })))).toBe("again");
  });

  it("while the case is locked, by the server's clock and not the phone's", () => {
    const locked = { lockedUntil: NOW + 60_000, result: FAILED, attempts: USED };
    const wrongClock = NOW - 3_600_000;
    const model = after(LINK, read("referenced", locked, wrongClock));
    expect(screenOf(model)).toBe("locked");
    expect(lockedFor(model)).toBe(60_000);
    expect(screenOf(reduce(model, { type: "clock", at: wrongClock + 60_001 }))).toBe("again");
  });

  it.each<[Panel, string[]]>([
    ["cannot", ["created", "consented", "referenced", "capturing", "referred", "refused"]],
    ["rather-not", ["created", "consented", "referenced", "capturing", "referred", "refused"]],
    ["withdraw", ["created", "consented", "referenced", "capturing", "accepted", "referred", "alternative"]],
    ["document", ["consented", "referenced"]],
  ])("the panel %s opens only where the server allows it", (panel, states) => {
    for (const state of STATES) {
      const shown = screenOf(after(LINK, read(state), { type: "panel", panel }));
      expect([state, shown === panel || (panel === "document" && state === "consented")]).toEqual([state, states.includes(state)]);
    }
  });
});

describe("the document", () => {
  it("that is not good is told, and a new picture takes the words away", () => {
    const problem = { code: "reference-blurred", text: "", remedy: "" };
    const model = after(LINK, read("consented"), { type: "act", act: "reference" }, { type: "document-answered", problem });
    expect(model).toMatchObject({ documentProblem: problem, busy: null });
    expect(reduce(model, { type: "document-new" }).documentProblem).toBeNull();
  });

  it("that is no longer kept is asked for again, until there is a new one", () => {
    const gone = after(LINK, read("referenced"), { type: "capture" }, { type: "capture-left", code: "reference-gone" }, read("referenced"));
    expect(screenOf(gone)).toBe("document");
    expect(screenOf(after(LINK, read("referenced"), failed("reference-gone", 409)))).toBe("document");
    const good = [{ type: "document-answered", problem: null }, { type: "acted" }, read("referenced")] as Event[];
    expect(screenOf(good.reduce(reduce, gone))).toBe("ready");
  });
});

describe("a capture in this window", () => {
  const capturing = after(LINK, read("referenced"), { type: "capture" });

  it("has the screen, and counts the attempt that the server names", () => {
    expect(screenOf(capturing)).toBe("capture");
    const ready = reduce(capturing, { type: "capture-ready", attempt: 2, of: 3 });
    expect(ready.case?.attempts.used).toBe(2);
    expect(attemptNumber(ready.case as CaseView)).toBe(2);
    expect(readAgain(ready)).toBeNull();
  });

  it("shows the server's state when it is done, whatever it said itself", () => {
    expect(screenOf([{ type: "capture-done" } as Event, read("referred")].reduce(reduce, capturing))).toBe("referred");
  });

  it("waits for the outcome for a while, then says how the case stands", () => {
    let model = reduce(reduce(capturing, { type: "capture-done" }), read("capturing"));
    expect(screenOf(model)).toBe("settling");
    for (let count = 0; count < MOST_READS; count++) model = reduce(model, read("capturing"));
    expect(screenOf(model)).toBe("elsewhere");
  });

  it("that was left is to be taken up again", () => {
    expect(screenOf([{ type: "capture-left", code: "lost" } as Event, read("capturing")].reduce(reduce, capturing))).toBe("elsewhere");
  });
});

describe("problems", () => {
  it("that passed go with the next answer; a refusal stays while the case has moved on", () => {
    expect(after(LINK, read("referred"), failed("offline", 0), read("referred")).problem).toBeNull();
    const moved = after(LINK, read("created"), { type: "act", act: "consent" }, failed("act-not-possible", 409), read("consented"));
    expect(moved.problem?.code).toBe("act-not-possible");
    expect(reduce(moved, { type: "act", act: "reference" }).problem).toBeNull();
    expect(after(LINK, read("consented"), failed("picture-damaged", 422), read("referenced")).problem).toBeNull();
  });

  it("end the act that was on its way", () => {
    expect(after(LINK, read("created"), { type: "act", act: "consent" }, failed("server", 500)).busy).toBeNull();
  });
});

describe("the case is read again", () => {
  it("where something may happen without this page", () => {
    const wait = (state: string) => readAgain(after(LINK, read(state)));
    for (const state of ["capturing", "accepted", "referred", "alternative"]) expect([state, wait(state)]).not.toEqual([state, null]);
    for (const state of ["created", "consented", "referenced", "activated", "expired", "withdrawn", "cancelled"]) expect(wait(state)).toBeNull();
  });
});

it("counts the attempt that comes next, and never beyond the last", () => {
  expect(attemptNumber(view("created"))).toBe(1);
  expect(attemptNumber(view("referenced", { attempts: USED }))).toBe(2);
  expect(attemptNumber(view("capturing", { attempts: USED }))).toBe(1);
  expect(attemptNumber(view("referenced", { attempts: { used: 3, of: 3, restartsLeft: 0 } }))).toBe(3);
});

it("always has a screen, whatever happens in whatever order", () => {
  const event = fc.oneof(
    fc.constantFrom(...STATES).map((state) => read(state)),
    fc.constantFrom<Event>(
      LINK,
      { type: "link", link: null },
      { type: "act", act: "consent" },
      { type: "acted" },
      { type: "document-new" },
      { type: "document-answered", problem: null },
      { type: "capture" },
      { type: "capture-ready", attempt: 1, of: 3 },
      { type: "capture-done" },
      { type: "capture-left", code: null },
      { type: "clock", at: NOW },
      ...["link-invalid", "reference-gone", "offline"].map((code) => failed(code, 409)),
      ...(["cannot", "rather-not", "withdraw", "document", null] as const).map((panel) => ({ type: "panel" as const, panel })),
    ),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const model = events.reduce(reduce, BEGINNING);
      expect(typeof screenOf(model)).toBe("string");
      if (screenOf(model) === "capture") expect(model.capturing).toBe(true);
    }),
  );
});
