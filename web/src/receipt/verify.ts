/** Whether a receipt is true: the same questions in the same order as `simreg receipt verify` asks, with the same codes. */

import { type Bytes, fromBase64, fromBase64Url, fromHex, Malformed, same, toHex, utf8 } from "./bytes.js";
import { type Json, parseCanonical } from "./canonical.js";
import { type Checkpoint, checkpointOf, isSigned, type Key, keyOf, sameKey } from "./note.js";
import { type Fetch, leafHash, proofFrom, rootBy } from "./tree.js";

export type Code =
  | "verified"
  | "key-not-given"
  | "receipt-malformed"
  | "receipt-other-key"
  | "receipt-signature"
  | "checkpoint-false"
  | "leaf-malformed"
  | "inclusion-false"
  | "opened-false";

export interface Verdict {
  code: Code;
  /** The record's fields, where the receipt could be read and nothing is false. */
  leaf: Record<string, Json> | null;
  opened: Record<string, string>;
  index: number | null;
  log: string | null;
}

interface Receipt {
  key: Key;
  entry: Bytes;
  index: number;
  proof: Bytes[];
  checkpoint: Bytes;
  opened: Record<string, { value: string; key: Bytes }>;
  signed: Bytes;
  signature: Bytes;
}

const LATEST = 253_402_300_799;

/** What is found of a receipt; without a key its own is taken, which proves less. */
export async function verify(text: string, key: Key | null): Promise<Verdict> {
  let receipt: Receipt;
  try {
    receipt = await receiptOf(text);
  } catch {
    return { code: "receipt-malformed", leaf: null, opened: {}, index: null, log: null };
  }
  const { code, leaf } = await judged(receipt, key ?? receipt.key);
  const good = code === null;
  return {
    code: code ?? (key === null ? "key-not-given" : "verified"),
    leaf: good ? leaf : null,
    opened: good ? Object.fromEntries(Object.entries(receipt.opened).map(([name, one]) => [name, one.value])) : {},
    index: receipt.index,
    log: receipt.key.name,
  };
}

type Leaf = Record<string, Json>;

async function judged(receipt: Receipt, log: Key): Promise<{ code: Code | null; leaf: Leaf | null }> {
  if (!sameKey(receipt.key, log)) return { code: "receipt-other-key", leaf: null };
  if (!(await isSigned(log, receipt.signed, receipt.signature))) return { code: "receipt-signature", leaf: null };
  let checkpoint: Checkpoint;
  try {
    checkpoint = await checkpointOf(receipt.checkpoint, log);
  } catch {
    return { code: "checkpoint-false", leaf: null };
  }
  const leaf = leafOf(receipt.entry);
  if (leaf === null) return { code: "leaf-malformed", leaf };
  const root = await rootBy(await leafHash(receipt.entry), receipt.index, receipt.proof, checkpoint.size);
  if (root === null || !same(root, checkpoint.root)) return { code: "inclusion-false", leaf };
  for (const [name, one] of Object.entries(receipt.opened)) {
    if (leaf[name] !== toHex(await hmac(one.key, utf8(one.value)))) return { code: "opened-false", leaf };
  }
  return { code: null, leaf };
}

/** Whether a hash is in the log at an index, by the log's own checkpoint and tiles. Throws where they cannot be had. */
export async function isInLog(fetchOne: Fetch, key: Key, index: number, hash: Bytes): Promise<boolean> {
  const checkpoint = await checkpointOf(await fetchOne("checkpoint"), key);
  if (index >= checkpoint.size) return false;
  const root = await rootBy(hash, index, await proofFrom(fetchOne, index, checkpoint.size), checkpoint.size);
  return root !== null && same(root, checkpoint.root);
}

/** What is printed as a QR code: folio, index and hash. Throws `Malformed`. */
export function shortOf(fragment: string): { folio: string; index: number; hash: Bytes } {
  const found = /^#?([0-9A-Z]{5}-[0-9A-Z]{5}(?:-[0-9]{1,2})?)\.([0-9]{1,15})\.([A-Za-z0-9_-]{43})$/.exec(fragment);
  if (found === null) throw new Malformed();
  return { folio: found[1] as string, index: Number(found[2]), hash: fromBase64Url(found[3] as string) };
}

function leafOf(entry: Bytes): Leaf | null {
  try {
    const leaf = parseCanonical(entry);
    if (!isRecord(leaf) || typeof leaf.kind !== "string" || !isWhole(leaf.at) || leaf.at > LATEST) return null;
    return leaf;
  } catch {
    return null;
  }
}

async function receiptOf(text: string): Promise<Receipt> {
  const parts = text.trim().split(".");
  if (parts.length !== 3) throw new Malformed();
  const [head, body, signature] = parts as [string, string, string];
  const [header, payload] = [parseCanonical(fromBase64Url(head)), parseCanonical(fromBase64Url(body))];
  if (!isRecord(header) || !isRecord(payload)) throw new Malformed();
  const { leaf, index, proof, checkpoint, opened = {} } = payload;
  const well =
    names(header) === "alg,kid,typ" &&
    header.alg === "Ed25519" &&
    header.typ === "simreg-receipt" &&
    payload.v === 1 &&
    ["checkpoint,index,leaf,proof,v", "checkpoint,index,leaf,opened,proof,v"].includes(names(payload)) &&
    typeof header.kid === "string" &&
    typeof leaf === "string" &&
    typeof checkpoint === "string" &&
    isWhole(index) &&
    Array.isArray(proof) &&
    proof.length <= 64 &&
    isRecord(opened);
  if (!well) throw new Malformed();
  return {
    key: await keyOf(header.kid as string),
    entry: utf8(leaf as string),
    index: index as number,
    proof: (proof as Json[]).map(hashOrNone),
    checkpoint: utf8(checkpoint as string),
    opened: Object.fromEntries(Object.entries(opened as Leaf).map(([name, one]) => [name, openedOf(one)])),
    signed: utf8(`${head}.${body}`),
    signature: fromBase64Url(signature),
  };
}

function openedOf(one: Json): { value: string; key: Bytes } {
  if (!isRecord(one) || names(one) !== "key,value" || typeof one.value !== "string" || typeof one.key !== "string") throw new Malformed();
  const key = fromHex(one.key);
  if (key.length !== 32) throw new Malformed();
  return { value: one.value, key };
}

/** The 32 bytes of a hash, or what is surely none. */
function hashOrNone(text: Json): Bytes {
  if (typeof text !== "string") throw new Malformed();
  try {
    const data = fromBase64(text);
    return data.length === 32 ? data : new Uint8Array();
  } catch {
    return new Uint8Array();
  }
}

async function hmac(key: Bytes, data: Bytes): Promise<Bytes> {
  const known = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", known, data));
}

function isRecord(value: Json | undefined): value is Leaf {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isWhole(value: Json | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function names(value: Leaf): string {
  return Object.keys(value).sort().join(",");
}
