import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { decode, frameHeader, hello, STOP } from "../src/capture/protocol.js";

describe("up", () => {
  it("says hello with version and token", () => {
    expect(JSON.parse(hello("src_x"))).toEqual({ type: "hello", version: 1, token: "src_x" });
    expect(JSON.parse(STOP)).toEqual({ type: "stop" });
  });

  it("writes number and milliseconds with the high byte first", () => {
    expect([...frameHeader(1, 0x01020304)]).toEqual([0, 0, 0, 1, 1, 2, 3, 4]);
    expect([...frameHeader(0xdeadbeef, 66.6)]).toEqual([0xde, 0xad, 0xbe, 0xef, 0, 0, 0, 67]);
    expect([...frameHeader(0, -5)].slice(4)).toEqual([0, 0, 0, 0]);
  });
});

describe("down", () => {
  const messages = [
    { type: "ready", attempt: 1, of: 3, line: "+49", actions: 3, seconds: 60 },
    { type: "wait", seconds: 1 },
    { type: "seen", frame: 12, guidance: "too-far", action: null, step: 0, of: 3, done: 0.4, face: [0, 0, 1, 1] },
    { type: "dropped", frame: 13 },
    { type: "judging" },
    { type: "done", state: "accepted", reasons: [{ code: "accepted", text: "" }], attempts_left: 2, folio: "A" },
    { type: "error", code: "silence", text: "…", again: true },
  ];

  it.each(messages)("reads $type", (message) => {
    expect(decode(JSON.stringify(message))).toEqual(message);
  });

  it.each(messages.filter((one) => Object.keys(one).length > 1))("passes over $type with a part missing", (message) => {
    const [, ...names] = Object.keys(message).filter((name) => name !== "face");
    for (const name of names) expect(decode(JSON.stringify({ ...message, [name]: undefined }))).toBeNull();
  });

  it("passes over what it does not know", () => {
    for (const text of ["", "null", "7", "[]", "{}", '{"type":"toString"}', '{"type":"news"}', '{"type":1}']) {
      expect(decode(text)).toBeNull();
    }
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void decode(text)));
  });
});
