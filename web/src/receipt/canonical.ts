/** Canonical JSON (RFC 8785 without fractions): what is signed and hashed can be written in one way only. */

import { type Bytes, fromUtf8, Malformed } from "./bytes.js";

const MOST_BYTES = 65_536;

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** The value, if the bytes are its canonical JSON. Throws `Malformed`. */
export function parseCanonical(data: Bytes): Json {
  if (data.length > MOST_BYTES) throw new Malformed();
  const text = fromUtf8(data);
  let value: Json;
  let again: string;
  try {
    value = JSON.parse(text) as Json;
    again = canonical(value);
  } catch {
    throw new Malformed();
  }
  if (again !== text) throw new Malformed();
  return value;
}

function canonical(value: Json): string {
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new Malformed();
    return String(value);
  }
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const names = Object.keys(value).sort();
  if (!names.every((name) => /^[\x00-\x7f]*$/.test(name))) throw new Malformed();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name] as Json)}`).join(",")}}`;
}
