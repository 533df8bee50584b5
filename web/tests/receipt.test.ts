// @vitest-environment node
import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { type Bytes, fromHex, Malformed, utf8 } from "../src/receipt/bytes.js";
import { parseCanonical } from "../src/receipt/canonical.js";
import { keyOf } from "../src/receipt/note.js";
import { leafHash, proofFrom, tilePath } from "../src/receipt/tree.js";
import { isInLog, shortOf, verify } from "../src/receipt/verify.js";

interface Given {
  receipts: { name: string; text: string; key: string | null; code: string }[];
  key: string;
  tree: { checkpoint: string; size: number; tiles: Record<string, string> };
}

/** Receipts true and false, with what scripts/verify_receipt.py says of each; tests/log/browser_receipts.py makes them. */
const GIVEN = JSON.parse(readFileSync(new URL("receipts.json", import.meta.url), "utf-8")) as Given;
const TRUE = GIVEN.receipts[0] as Given["receipts"][number];

describe("a receipt", () => {
  it.each(GIVEN.receipts)("$name: $code", async ({ text, key, code }) => {
    const found = await verify(text, key === null ? null : await keyOf(key));
    expect(found.code).toBe(code);
    expect(found.leaf === null).toBe(code !== "verified" && code !== "key-not-given");
  });

  it("tells what the record says and what is opened", async () => {
    const found = await verify(TRUE.text, await keyOf(GIVEN.key));
    expect(found.leaf).toMatchObject({ kind: "attempt", outcome: "accepted", number: 1 });
    expect(found.opened).toEqual({ line: "+8613800000001" });
    expect(found.index).toBe(5);
  });

  it("is false whichever of its letters is changed", async () => {
    const key = await keyOf(GIVEN.key);
    for (let at = 0; at < TRUE.text.length; at += 37) {
      const other = TRUE.text[at] === "A" ? "B" : "A";
      const changed = TRUE.text.slice(0, at) + other + TRUE.text.slice(at + 1);
      expect((await verify(changed, key)).code, `at ${at}`).not.toBe("verified");
    }
  });
});

describe("the short form", () => {
  const key = () => keyOf(GIVEN.key);
  const files =
    (change: Record<string, Bytes> = {}) =>
    async (path: string) => {
      if (path in change) return change[path] as Bytes;
      if (path === "checkpoint") return utf8(GIVEN.tree.checkpoint);
      const found = GIVEN.tree.tiles[path];
      if (found === undefined) throw new Error(`not there: ${path}`);
      return fromHex(found);
    };
  const hash = (index: number) => leafHash(utf8(`entry ${index}`));

  it.each([0, 1, 5, 255, 256, 300, 511, 512, 598, 599])("is found at its place: %i", async (index) => {
    expect(await isInLog(files(), await key(), index, await hash(index))).toBe(true);
    expect(await isInLog(files(), await key(), index, await hash(index + 1))).toBe(false);
    expect(await isInLog(files(), await key(), (index + 1) % 600, await hash(index))).toBe(false);
  });

  it("is not found beyond the log, nor by a changed tile or checkpoint", async () => {
    expect(await isInLog(files(), await key(), 600, await hash(600))).toBe(false);
    const tile = fromHex(GIVEN.tree.tiles["tile/0/000"] as string);
    tile[40] = (tile[40] ?? 0) ^ 1;
    expect(await isInLog(files({ "tile/0/000": tile }), await key(), 0, await hash(0))).toBe(false);
    const other = utf8(GIVEN.tree.checkpoint.replace("\n600\n", "\n601\n"));
    await expect(isInLog(files({ checkpoint: other }), await key(), 0, await hash(0))).rejects.toThrow();
    await expect(proofFrom(files({ "tile/0/000": tile.slice(1) }), 0, 600)).rejects.toThrow(Malformed);
  });

  it("is read from an address", () => {
    const found = shortOf(`#8F3KQ-27XMB-1.1234.${"A".repeat(43)}`);
    expect([found.folio, found.index, found.hash.length]).toEqual(["8F3KQ-27XMB-1", 1234, 32]);
    for (const wrong of ["", "#", "#8F3KQ-27XMB-1.-1.A", `#<b>.1.${"A".repeat(43)}`, `#8F3KQ-27XMB.1.${"A".repeat(44)}`]) {
      expect(() => shortOf(wrong)).toThrow(Malformed);
    }
  });

  it("asks for tiles where the standard puts them", () => {
    expect(tilePath(0, 1234067, 256)).toBe("tile/0/x001/x234/067");
    expect(tilePath(1, 5, 3)).toBe("tile/1/005.p/3");
  });
});

describe("canonical JSON", () => {
  const WRONG = ['{"a":1.5}', '{"a":1.0}', '{"a":1e3}', '{"b":1,"a":2}', '{"a":1,"a":1}', '{ "a":1}', '{"a":9007199254740992}', '{"é":1}', '"\\u0041"', "-0", "NaN"];

  it.each(WRONG)("%s is not written so", (text) => {
    expect(() => parseCanonical(utf8(text))).toThrow(Malformed);
  });

  it("is read as it is written", () => {
    expect(parseCanonical(utf8('{"a":[1,true,null,"é\\n"]}'))).toEqual({ a: [1, true, null, "é\n"] });
  });
});
