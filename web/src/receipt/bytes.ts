/** Bytes and their texts, strictly: each has one way only to be written. */

export type Bytes = Uint8Array<ArrayBuffer>;

/** Something is not written as it must be. */
export class Malformed extends Error {}

export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}

export function fromUtf8(data: Bytes): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    throw new Malformed();
  }
}

export function fromBase64(text: string): Bytes {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) throw new Malformed();
  const data = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  if (toBase64(data) !== text) throw new Malformed();
  return data;
}

export function toBase64(data: Bytes): string {
  let text = "";
  for (const one of data) text += String.fromCharCode(one);
  return btoa(text);
}

export function fromBase64Url(text: string): Bytes {
  if (/[+/=]/.test(text)) throw new Malformed();
  const plain = text.replaceAll("-", "+").replaceAll("_", "/");
  return fromBase64(plain + "=".repeat((4 - (plain.length % 4)) % 4));
}

export function fromHex(text: string): Bytes {
  if (!/^([0-9a-f]{2})*$/i.test(text)) throw new Malformed();
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function toHex(data: Bytes): string {
  return Array.from(data, (one) => one.toString(16).padStart(2, "0")).join("");
}

export function joined(...parts: Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of parts) {
    all.set(one, at);
    at += one.length;
  }
  return all;
}

export function same(one: Bytes, other: Bytes): boolean {
  return one.length === other.length && one.every((value, at) => value === other[at]);
}

export async function sha256(...parts: Bytes[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
}
