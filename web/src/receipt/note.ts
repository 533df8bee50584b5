/** Keys, and checkpoints as signed notes (c2sp.org/signed-note, c2sp.org/tlog-checkpoint). */

import { type Bytes, fromBase64, fromUtf8, Malformed, same, sha256, utf8 } from "./bytes.js";

const LOG = 1;
const WITNESS = 4;

export interface Key {
  name: string;
  kind: number;
  public: Bytes;
  id: Bytes;
}

export interface Checkpoint {
  size: number;
  root: Bytes;
}

/** A signature that had to be true is not. */
export class Untrue extends Error {}

/** The key in a text such as `sim.example/log+0123abcd+AR...`. Throws `Malformed`. */
export async function keyOf(text: string): Promise<Key> {
  const [name = "", id = "", ...rest] = text.trim().split("+");
  const data = fromBase64(rest.join("+"));
  const kind = data[0] ?? 0;
  if (!/^[0-9a-f]{8}$/.test(id) || data.length !== 33 || (kind !== LOG && kind !== WITNESS) || !isName(name)) throw new Malformed();
  const made = { name, kind, public: data.slice(1), id: await keyId(name, data) };
  if (Array.from(made.id, (one) => one.toString(16).padStart(2, "0")).join("") !== id) throw new Malformed();
  return made;
}

export function sameKey(one: Key, other: Key): boolean {
  return one.name === other.name && one.kind === other.kind && same(one.public, other.public);
}

async function keyId(name: string, data: Bytes): Promise<Bytes> {
  return (await sha256(utf8(`${name}\n`), data)).slice(0, 4);
}

function isName(text: string): boolean {
  return text.length > 0 && text.length <= 200 && !/[+\s\p{C}]/u.test(text);
}

/** Whether the browser can verify Ed25519 signatures at all. */
export async function canVerify(): Promise<boolean> {
  try {
    await crypto.subtle.importKey("raw", new Uint8Array(32).fill(1), { name: "Ed25519" }, false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}

export async function isSigned(key: Key, message: Bytes, signature: Bytes): Promise<boolean> {
  try {
    const known = await crypto.subtle.importKey("raw", key.public, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, known, signature, message);
  } catch {
    return false;
  }
}

/** The checkpoint in a note, if the log signed it. Throws `Malformed` or `Untrue`. */
export async function checkpointOf(data: Bytes, log: Key): Promise<Checkpoint> {
  const whole = fromUtf8(data);
  const border = whole.lastIndexOf("\n\n");
  const below = whole.slice(border + 2);
  const lines = below.slice(0, -1).split("\n");
  if (border < 0 || !below.endsWith("\n") || lines.length > 64 || /[\x00-\x09\x0b-\x1f]/.test(whole)) throw new Malformed();
  const text = whole.slice(0, border);
  let signed = false;
  for (const line of lines) {
    const found = /^— ([^ \n]+) ([A-Za-z0-9+/]+=*)$/u.exec(line);
    if (found === null || !isName(found[1] ?? "")) throw new Malformed();
    const signature = fromBase64(found[2] ?? "");
    if (signature.length <= 4) throw new Malformed();
    if (found[1] !== log.name || !same(signature.slice(0, 4), log.id)) continue;
    if (!(await isSigned(log, utf8(`${text}\n`), signature.slice(4)))) throw new Untrue();
    signed = true;
  }
  const parts = text.split("\n");
  if (!signed || parts.length < 3 || parts.includes("") || parts[0] !== log.name) throw new Untrue();
  const size = Number(parts[1]);
  const root = fromBase64(parts[2] ?? "");
  if (!/^(0|[1-9][0-9]{0,15})$/.test(parts[1] ?? "") || !Number.isSafeInteger(size) || root.length !== 32) throw new Malformed();
  return { size, root };
}
