/** The messages of the capture's WebSocket, version 1 (docs/capture-protocol.md). */

export const VERSION = 1;

/** Why a socket was closed. */
export const Close = {
  Normal: 1000,
  Restart: 1012,
  BadMessage: 4400,
  Token: 4401,
  Origin: 4403,
  Silence: 4408,
  TooLarge: 4413,
  TooMany: 4429,
} as const;

export interface Ready {
  type: "ready";
  attempt: number;
  of: number;
  line: string;
  actions: number;
  seconds: number;
}
export interface Wait {
  type: "wait";
  seconds: number;
}
export interface Seen {
  type: "seen";
  frame: number;
  guidance: string | null;
  action: string | null;
  step: number;
  of: number;
  done: number;
}
export interface Dropped {
  type: "dropped";
  frame: number;
}
export interface Judging {
  type: "judging";
}
export interface Reason {
  code: string;
  text: string;
}
export interface Done {
  type: "done";
  state: string;
  reasons: Reason[];
  attempts_left: number;
  folio: string;
}
export interface Fault {
  type: "error";
  code: string;
  text: string;
  again: boolean;
}
export type Down = Ready | Wait | Seen | Dropped | Judging | Done | Fault;

export const hello = (token: string): string => JSON.stringify({ type: "hello", version: VERSION, token });

export const STOP = JSON.stringify({ type: "stop" });

/** The eight bytes before a frame's JPEG: its number and its milliseconds, each 32 bits, the high byte first. */
export function frameHeader(number: number, milliseconds: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, number);
  view.setUint32(4, Math.max(0, Math.round(milliseconds)));
  return bytes;
}

type Shape = Record<string, "number" | "string" | "boolean" | "text?" | "reasons">;

const SHAPES: Record<Down["type"], Shape> = {
  ready: { attempt: "number", of: "number", line: "string", actions: "number", seconds: "number" },
  wait: { seconds: "number" },
  seen: { frame: "number", guidance: "text?", action: "text?", step: "number", of: "number", done: "number" },
  dropped: { frame: "number" },
  judging: {},
  done: { state: "string", reasons: "reasons", attempts_left: "number", folio: "string" },
  error: { code: "string", text: "string", again: "boolean" },
};

/** A message from the server; null for what is none of version 1, which the page passes over. */
export function decode(data: unknown): Down | null {
  let message: unknown;
  try {
    message = JSON.parse(String(data));
  } catch {
    return null;
  }
  if (typeof message !== "object" || message === null || !("type" in message)) return null;
  const shape = Object.hasOwn(SHAPES, String(message.type)) ? SHAPES[message.type as Down["type"]] : undefined;
  if (shape === undefined) return null;
  const values = message as Record<string, unknown>;
  return Object.entries(shape).every(([name, kind]) => fits(values[name], kind)) ? (message as Down) : null;
}

function fits(value: unknown, kind: Shape[string]): boolean {
  if (kind === "text?") return value === null || typeof value === "string";
  if (kind === "reasons") return Array.isArray(value) && value.every((one) => typeof one?.code === "string");
  return typeof value === kind && (kind !== "number" || Number.isFinite(value));
}
