/** The Merkle tree (RFC 9162, section 2.1), and its nodes out of tiles (c2sp.org/tlog-tiles). */

import { type Bytes, Malformed, sha256 } from "./bytes.js";

const WIDTH = 256;
const HEIGHT = 8;
const HASH = 32;

export async function leafHash(entry: Bytes): Promise<Bytes> {
  return sha256(Uint8Array.of(0), entry);
}

async function nodeHash(left: Bytes, right: Bytes): Promise<Bytes> {
  return sha256(Uint8Array.of(1), left, right);
}

/** The root to which a proof leads; null where it is too long or too short. */
export async function rootBy(leaf: Bytes, index: number, proof: Bytes[], size: number): Promise<Bytes | null> {
  let [hash, at, last] = [leaf, index, size - 1];
  if (at > last) return null;
  for (const beside of proof) {
    if (last === 0) return null;
    if (at % 2 === 1 || at === last) {
      hash = await nodeHash(beside, hash);
      while (at % 2 === 0 && at > 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else {
      hash = await nodeHash(hash, beside);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash : null;
}

/** Fetches what lies at a path below the log's address. */
export type Fetch = (path: string) => Promise<Bytes>;

/** The inclusion proof of a leaf, read from tiles; each tile is fetched once. Throws `Malformed` for odd tiles. */
export async function proofFrom(fetchOne: Fetch, index: number, size: number): Promise<Bytes[]> {
  const tiles = new Map<string, Promise<Bytes>>();

  function tile(level: number, number: number): Promise<Bytes> {
    const width = Math.min(WIDTH, Math.floor(size / WIDTH ** level) - number * WIDTH);
    const path = tilePath(level, number, width);
    const found = tiles.get(path) ?? fetchOne(path).then((data) => checked(data, width));
    tiles.set(path, found);
    return found;
  }

  async function full(level: number, number: number): Promise<Bytes> {
    const above = Math.floor(level / HEIGHT);
    const span = 2 ** (level - above * HEIGHT);
    const first = number * span;
    const data = await tile(above, Math.floor(first / WIDTH));
    const from = first % WIDTH;
    let row = Array.from({ length: span }, (_, at) => data.slice((from + at) * HASH, (from + at + 1) * HASH));
    while (row.length > 1) {
      const pairs = Array.from({ length: row.length / 2 }, (_, at) => nodeHash(row[2 * at] as Bytes, row[2 * at + 1] as Bytes));
      row = await Promise.all(pairs);
    }
    return row[0] as Bytes;
  }

  async function range(start: number, count: number): Promise<Bytes> {
    const level = Math.log2(count);
    if (Number.isInteger(level)) return full(level, start / count);
    const half = below(count);
    return nodeHash(await range(start, half), await range(start + half, count - half));
  }

  const proof: Bytes[] = [];
  let [start, count] = [0, size];
  while (count > 1) {
    const half = below(count);
    if (index - start < half) {
      proof.unshift(await range(start + half, count - half));
      count = half;
    } else {
      proof.unshift(await range(start, half));
      [start, count] = [start + half, count - half];
    }
  }
  return proof;
}

export function tilePath(level: number, number: number, width: number): string {
  let rest = Math.floor(number / 1000);
  let path = String(number % 1000).padStart(3, "0");
  while (rest > 0) {
    path = `x${String(rest % 1000).padStart(3, "0")}/${path}`;
    rest = Math.floor(rest / 1000);
  }
  return `tile/${level}/${path}${width === WIDTH ? "" : `.p/${width}`}`;
}

/** The largest power of two below a count. */
function below(count: number): number {
  return 2 ** Math.ceil(Math.log2(count) - 1);
}

function checked(data: Bytes, width: number): Bytes {
  if (data.length !== width * HASH) throw new Malformed();
  return data;
}
