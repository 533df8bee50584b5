/** The course of a capture as a pure function: a model and an event give a model and effects. */

import { Close, type Done, type Down, type Ready, type Seen } from "./protocol.js";

export type Phase =
  | "idle"
  | "camera"
  | "connecting"
  | "waiting"
  | "running"
  | "judging"
  | "renewing"
  | "trouble"
  | "done";

/** What stands in the way; `text` is the server's own sentence, `again` whether another try may help. */
export interface Trouble {
  code: string;
  text: string | null;
  again: boolean;
}

export interface Model {
  phase: Phase;
  token: string | null;
  /** Whether the server took the token: it works once. */
  claimed: boolean;
  /** Whether a token that the server did not know was already replaced once. */
  replaced: boolean;
  /** Tries to come back since the last `ready`. */
  tries: number;
  /** Whether the person has asked to stop. */
  stopping: boolean;
  ready: Ready | null;
  seen: Seen | null;
  trouble: Trouble | null;
  done: Done | null;
  /** When the server was last heard, or the phase began; milliseconds. */
  heard: number;
  slow: boolean;
}

export type Event = { at: number } & (
  | { type: "start"; token: string | null }
  | { type: "camera-open" }
  | { type: "camera-failed"; code: string }
  | { type: "message"; message: Down }
  | { type: "closed"; code: number }
  | { type: "token"; token: string }
  | { type: "token-failed"; code: string; text: string | null; again: boolean }
  | { type: "over" }
  | { type: "renew" }
  | { type: "tick" }
  | { type: "hidden" }
  | { type: "retry" }
  | { type: "stop" }
  | { type: "leave" }
);

export type Effect =
  | { do: "open-camera" }
  | { do: "close-camera" }
  | { do: "connect"; token: string }
  | { do: "disconnect" }
  | { do: "send-stop" }
  | { do: "ask-token" }
  | { do: "renew-in"; milliseconds: number }
  | { do: "emit"; name: string; detail: unknown };

export type Step = [Model, Effect[]];

export const BEGINNING: Model = {
  phase: "idle",
  token: null,
  claimed: false,
  replaced: false,
  tries: 0,
  stopping: false,
  ready: null,
  seen: null,
  trouble: null,
  done: null,
  heard: 0,
  slow: false,
};

/** Milliseconds before each try to come back; after the last one the person is asked. */
export const DELAYS = [400, 1500, 3000, 6000, 10000];
export const RESTART_DELAY = 2500;
export const SLOW_MS = 3000;
export const LOST_MS = 11000;
/** The server may take a while to judge on a busy day. */
export const JUDGING_MS = 30000;

const OFF: Effect[] = [{ do: "disconnect" }, { do: "close-camera" }];

export function step(model: Model, event: Event): Step {
  switch (event.type) {
    case "start":
      if (model.phase !== "idle" && model.phase !== "done") return [model, []];
      return enter({ ...BEGINNING, token: event.token }, "camera", event.at, [{ do: "open-camera" }]);
    case "camera-open":
      return model.phase === "camera" ? connect(model, event.at) : [model, [{ do: "close-camera" }]];
    case "camera-failed":
      return live(model) ? fail(model, { code: event.code, text: null, again: true }, event.at) : [model, []];
    case "message":
      return message(model, event.message, event.at);
    case "closed":
      return closed(model, event.code, event.at);
    case "token":
      if (!wanting(model)) return [model, []];
      return connect({ ...model, token: event.token, claimed: false }, event.at);
    case "token-failed":
      if (!wanting(model)) return [model, []];
      return event.again ? comeBack(model, event.at) : fail(model, { ...event, again: false }, event.at);
    case "over":
      return wanting(model) ? unknownEnd(model, event.at) : [model, []];
    case "renew":
      return model.phase === "renewing" ? connect(model, event.at) : [model, []];
    case "tick":
      return tick(model, event.at);
    case "hidden":
      if (model.phase !== "running" || model.stopping) return [model, []];
      return fail(model, { code: "hidden", text: null, again: true }, event.at);
    case "retry":
      if (model.phase !== "trouble") return [model, []];
      return enter({ ...model, trouble: null, tries: 0, replaced: false, seen: null }, "camera", event.at, [
        { do: "open-camera" },
      ]);
    case "stop":
      return stop(model, event.at);
    case "leave":
      if (model.phase === "idle") return [model, []];
      return [{ ...BEGINNING }, [...OFF, { do: "emit", name: "capture-left", detail: leftBy(model) }]];
  }
}

const live = (model: Model): boolean => !["idle", "judging", "trouble", "done"].includes(model.phase);

/** Whether a token is being asked for. */
const wanting = (model: Model): boolean =>
  (model.phase === "renewing" || model.phase === "connecting") && (model.token === null || model.claimed);

const leftBy = (model: Model) => ({ code: model.trouble?.code ?? null });

function enter(model: Model, phase: Phase, at: number, effects: Effect[] = []): Step {
  return [{ ...model, phase, heard: at, slow: false }, effects];
}

/** With a token that is still good, to the server; without one, ask the host for it. */
function connect(model: Model, at: number): Step {
  if (model.token === null || model.claimed) {
    return enter(model, model.ready === null ? "connecting" : "renewing", at, [{ do: "ask-token" }]);
  }
  return enter(model, "connecting", at, [{ do: "connect", token: model.token }]);
}

/** Try to come back after a while, or say that it did not work. */
function comeBack(model: Model, at: number, delay = DELAYS[model.tries]): Step {
  if (delay === undefined || model.tries >= DELAYS.length) {
    return fail(model, { code: "lost", text: null, again: true }, at);
  }
  const next = { ...model, tries: model.tries + 1, seen: null };
  return enter(next, "renewing", at, [{ do: "disconnect" }, { do: "renew-in", milliseconds: delay }]);
}

function fail(model: Model, trouble: Trouble, at: number): Step {
  const { code, text, again } = trouble;
  const [next] = enter({ ...model, trouble: { code, text, again }, stopping: false }, "trouble", at);
  return [next, [...OFF, { do: "emit", name: "capture-error", detail: { code, again } }]];
}

/** The attempt is over, but the page does not know how: the operator's server does. */
function unknownEnd(model: Model, at: number): Step {
  const detail = { state: null, reasons: [], attemptsLeft: null, folio: null };
  return enter(model, "done", at, [...OFF, { do: "emit", name: "capture-done", detail }]);
}

function message(model: Model, got: Down, at: number): Step {
  if (!live(model) && model.phase !== "judging") return [model, []];
  const heard = { ...model, heard: at, slow: false };
  switch (got.type) {
    case "ready":
      return enter({ ...heard, claimed: true, tries: 0, replaced: false, ready: got, seen: null }, "running", at, [
        { do: "emit", name: "capture-ready", detail: { attempt: got.attempt, of: got.of, line: got.line } },
      ]);
    case "wait":
      return enter(heard, "waiting", at);
    case "seen":
      return seen(heard, got);
    case "dropped":
      return [heard, []];
    case "judging":
      return enter(heard, "judging", at, [{ do: "close-camera" }]);
    case "done":
      return done(heard, got, at);
    case "error":
      if (got.code === "token-invalid" && !model.replaced) return replaceToken(heard, at);
      return fail(heard, got, at);
  }
}

function seen(model: Model, got: Seen): Step {
  const before = model.seen;
  const same = before?.step === got.step && before.action === got.action && before.guidance === got.guidance;
  const detail = { step: got.step, of: got.of, action: got.action, guidance: got.guidance };
  return [{ ...model, seen: got }, same ? [] : [{ do: "emit", name: "capture-progress", detail }]];
}

function done(model: Model, got: Done, at: number): Step {
  const detail = { state: got.state, reasons: got.reasons, attemptsLeft: got.attempts_left, folio: got.folio };
  return enter({ ...model, done: got }, "done", at, [...OFF, { do: "emit", name: "capture-done", detail }]);
}

/** The server does not take this token: ask for another, once. */
function replaceToken(model: Model, at: number): Step {
  const next = { ...model, token: null, claimed: false, replaced: true };
  return enter(next, "renewing", at, [{ do: "disconnect" }, { do: "ask-token" }]);
}

const CLOSED: Record<number, Trouble> = {
  [Close.BadMessage]: { code: "capture-failed", text: null, again: true },
  [Close.Origin]: { code: "origin", text: null, again: false },
  [Close.Silence]: { code: "silence", text: null, again: true },
  [Close.TooLarge]: { code: "frame-too-large", text: null, again: true },
  [Close.TooMany]: { code: "busy", text: null, again: true },
};

function closed(model: Model, code: number, at: number): Step {
  if (model.phase === "judging") return unknownEnd(model, at);
  if (!["connecting", "waiting", "running"].includes(model.phase)) return [model, []];
  if (code === Close.Token && !model.replaced) return replaceToken(model, at);
  if (code === Close.Token) return fail(model, { code: "token-invalid", text: null, again: false }, at);
  const trouble = CLOSED[code];
  if (trouble !== undefined) return fail(model, trouble, at);
  if (model.stopping) return unknownEnd(model, at);
  return code === Close.Restart ? comeBack(model, at, RESTART_DELAY) : comeBack(model, at);
}

function tick(model: Model, at: number): Step {
  const quiet = at - model.heard;
  if (model.phase === "judging") return quiet > JUDGING_MS ? unknownEnd(model, at) : [model, []];
  if (!["connecting", "waiting", "running"].includes(model.phase)) return [model, []];
  if (quiet > LOST_MS) return model.stopping ? unknownEnd(model, at) : comeBack(model, at);
  const slow = quiet > SLOW_MS;
  return slow === model.slow ? [model, []] : [{ ...model, slow }, []];
}

function stop(model: Model, at: number): Step {
  if (model.phase === "running") {
    return enter({ ...model, stopping: true }, "running", at, [{ do: "send-stop" }, { do: "close-camera" }]);
  }
  return model.phase === "judging" ? [model, []] : step(model, { type: "leave", at });
}
