import { render } from "lit";
import { describe, expect, it } from "vitest";

import { BEGINNING, type Model } from "../src/capture/machine.js";
import { socketAddress } from "../src/component/portrait-capture.js";
import { oval } from "../src/component/ring.js";
import { DIRECTIONS, pointer, sign } from "../src/component/signs.js";
import { HOLD_MS, Steady } from "../src/component/steady.js";
import { progress, troubleWords, wayOn, words } from "../src/component/words.js";
import { CAPTURE_TEXTS } from "../src/texts/capture.js";

const en = CAPTURE_TEXTS.en;
const running = (more: object): Model => ({
  ...BEGINNING,
  phase: "running",
  seen: { type: "seen", frame: 0, guidance: null, action: null, step: 0, of: 3, done: 0, ...more },
});
const trouble = (code: string, again = true, text: string | null = null): Model => ({
  ...BEGINNING,
  phase: "trouble",
  trouble: { code, again, text },
});

describe("words", () => {
  it("name the movement in large words, and beside it what is to be mended", () => {
    expect(words(running({ action: "turn-left", guidance: "too-dark" }), en, false)).toEqual({
      main: en.prompts["turn-left"],
      sign: "turn-left",
      hint: en.hints["too-dark"],
      request: true,
    });
  });

  it("let guidance have the place while nothing is asked", () => {
    expect(words(running({ guidance: "turn-back" }), en, false).main).toBe(en.hints["turn-back"]);
    expect(words(running({}), en, false).main).toBe(en.phases.running);
  });

  it("do not fail for codes that the page does not know", () => {
    expect(words(running({ action: "dance", guidance: "toString" }), en, false)).toMatchObject({
      main: en.phases["unknown-action"],
      hint: null,
    });
  });

  it("tell of permission, slowness and stopping", () => {
    expect(words({ ...BEGINNING, phase: "camera" }, en, true).main).toBe(en.phases.allow);
    expect(words({ ...running({}), slow: true }, en, false).hint).toBe(en.phases.slow);
    expect(words({ ...running({}), stopping: true }, en, false).main).toBe(en.phases.stopping);
  });
});

describe("troubles", () => {
  it("have the server's sentence where the code is not known", () => {
    expect(troubleWords(trouble("news", true, "The moon is full."), en).text).toBe("The moon is full.");
    expect(troubleWords(trouble("news"), en)).toEqual(en.troubles.unknown);
  });

  it.each([
    ["camera-refused", "retry"],
    ["camera-none", "retry"],
    ["camera-busy", "retry"],
    ["silence", "retry"],
    ["news", "retry"],
    ["lost", "continue"],
    ["hidden", "continue"],
    ["camera-lost", "continue"],
    ["busy", "queue"],
    ["protocol-version", "reload"],
    ["insecure", null],
    ["camera-unsupported", null],
    ["origin", null],
  ])("after %s the way on is %s", (code, way) => {
    expect(wayOn(trouble(code))).toBe(way);
  });

  it("offer only the way back where another try cannot help", () => {
    expect(wayOn(trouble("token-invalid", false))).toBeNull();
  });
});

describe("arrows", () => {
  const drawn = (code: string) => {
    const place = document.createElement("div");
    render([sign(code), pointer(code)], place);
    return place;
  };

  it.each([
    ["turn-left", "left"],
    ["turn-right", "right"],
    ["look-up", "up"],
    ["look-down", "down"],
  ])("%s points %s, as in a mirror", (code, direction) => {
    expect(DIRECTIONS[code]).toBe(direction);
    expect(drawn(code).querySelector(".sign")?.getAttribute("data-direction")).toBe(direction);
    expect(drawn(code).querySelector(".pointer")?.classList.contains(direction)).toBe(true);
  });

  it("are drawn towards where they point", () => {
    const tip = (code: string) => /^M([\d.]+) ([\d.]+)[HVhv]/.exec(drawn(code).querySelector(".pointer path")?.getAttribute("d") ?? "");
    expect(Number(tip("turn-left")?.[1])).toBeGreaterThan(24);
    expect(Number(tip("turn-right")?.[1])).toBeLessThan(24);
    expect(Number(tip("look-up")?.[2])).toBeGreaterThan(24);
    expect(Number(tip("look-down")?.[2])).toBeLessThan(24);
  });

  it("every movement has a sign; only directions have an arrow at the edge", () => {
    for (const code of Object.keys(en.prompts)) expect(drawn(code).querySelector(".sign path, .sign circle")).not.toBeNull();
    for (const code of ["blink", "close-eyes", "open-mouth", "approach"]) expect(drawn(code).querySelector(".pointer")).toBeNull();
  });
});

describe("progress", () => {
  it("runs over all movements", () => {
    expect(progress(running({ step: 1, of: 3, done: 0.5 }))).toBeCloseTo(0.5);
    expect(progress(running({ step: 0, of: 0 }))).toBe(0);
    expect(progress(running({ step: 3, of: 3, done: 1 }))).toBe(1);
    expect(progress({ ...BEGINNING, phase: "judging" })).toBe(1);
  });

  it.each([3 / 4, 1, 4 / 3, 16 / 9, 9 / 16])("has an oval inside a picture of %f", (aspect) => {
    const { width, height, x, y, rx, ry } = oval(aspect);
    expect(width / height).toBeCloseTo(aspect);
    expect(x - rx).toBeGreaterThan(0);
    expect(y - ry).toBeGreaterThan(0);
  });
});

describe("steady", () => {
  it("holds words for a while, but never requests", () => {
    const it = new Steady("a", (one, other) => one === other);
    expect(it.offer("b", false, 0)).toBe(0);
    expect(it.offer("c", false, 100)).toBe(HOLD_MS - 100);
    expect(it.shown).toBe("b");
    expect(it.offer("c", false, HOLD_MS)).toBe(0);
    expect(it.shown).toBe("c");
    expect(it.offer("d", true, HOLD_MS + 1)).toBe(0);
    expect(it.shown).toBe("d");
  });
});

describe("the socket's address", () => {
  it.each([
    ["v1/capture", "https://a.example/x/r#srl_secret", "wss://a.example/x/v1/capture"],
    ["/v1/capture", "http://localhost:8000/r", "ws://localhost:8000/v1/capture"],
    ["https://b.example/v1/capture", "http://a.example/", "wss://b.example/v1/capture"],
    ["wss://b.example/v1/capture", "http://a.example/", "wss://b.example/v1/capture"],
  ])("%s from %s", (address, base, wanted) => {
    expect(socketAddress(address, base)).toBe(wanted);
  });
});
