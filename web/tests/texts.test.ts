import { describe, expect, it } from "vitest";

import { CAPTURE_TEXTS } from "../src/texts/capture.js";
import { DATA_TEXTS } from "../src/texts/data.js";
import { fill, known, language } from "../src/texts/language.js";
import { CONSENT_VERSION, PAGE_TEXTS } from "../src/texts/page.js";
import { RECEIPT_TEXTS } from "../src/texts/receipt.js";

/** All texts of a tree by their path. */
function leaves(tree: object, path = ""): Map<string, string> {
  const all = new Map<string, string>();
  for (const [name, value] of Object.entries(tree)) {
    const here = path === "" ? name : `${path}.${name}`;
    if (typeof value === "string") all.set(here, value);
    else for (const [one, text] of leaves(value, here)) all.set(one, text);
  }
  return all;
}

const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
/** Remedies where nothing is left to do. */
const MAY_BE_EMPTY = new Set(["reasons.accepted.remedy", "errors.case-over.remedy", "errors.case-not-due.remedy"]);

describe.each([
  ["component", CAPTURE_TEXTS],
  ["page", PAGE_TEXTS],
  ["receipt", RECEIPT_TEXTS],
  ["data", DATA_TEXTS],
])("texts of the %s", (_, { en, zh }) => {
  const [english, chinese] = [leaves(en), leaves(zh)];

  it("are the same in both languages, place by place", () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [path, text] of english) expect([path, places(chinese.get(path) ?? "")]).toEqual([path, places(text)]);
  });

  it("say something", () => {
    for (const [path, text] of [...english, ...chinese]) {
      if (!MAY_BE_EMPTY.has(path)) expect([path, text.trim().length > 0]).toEqual([path, true]);
    }
  });

  it("are in their language", () => {
    const foreign = (path: string) => path === "language";
    for (const [path, text] of english) if (!foreign(path)) expect([path, /[\u3400-\u9fff]/.test(text)]).toEqual([path, false]);
    for (const [path, text] of chinese) if (!foreign(path) && text !== "") expect([path, /[\u3400-\u9fff]/.test(text.replace(/\{\w+\}/g, "")) || text === "/"]).toEqual([path, true]);
  });
});

/** The wordings so far by their version: what a subscriber agreed to can be told by it. */
const WORDINGS: Record<string, string> = { "2026-11": "8583cb94e47d637a" };

it("what is agreed to does not change without a new version", async () => {
  const wording = Object.values(PAGE_TEXTS).map(({ consent, retention, withdraw }) => [consent, retention, withdraw]);
  const bytes = new TextEncoder().encode(JSON.stringify(wording));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hex = [...digest.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  expect(hex).toBe(WORDINGS[CONSENT_VERSION]);
});

describe("languages", () => {
  it.each([
    ["zh-CN", "zh"],
    ["zh_TW", "zh"],
    ["EN-gb", "en"],
    ["de", null],
    ["", null],
    [null, null],
  ])("%s is %s", (tag, wanted) => {
    expect(language(tag)).toBe(wanted);
  });

  it("fills places and leaves unknown ones", () => {
    expect(fill("{a} of {b}", { a: 1 })).toBe("1 of {b}");
  });

  it("looks codes up without falling for inherited names", () => {
    expect(known({ a: 1 }, "a")).toBe(1);
    for (const code of ["toString", "__proto__", "b", null, undefined]) expect(known({ a: 1 }, code)).toBeUndefined();
  });
});
