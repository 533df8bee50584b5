/** The page's state as a pure function of what happened; what is shown follows from the server's case. */

import type { CaseView, Reason } from "./api.js";
import { Problem } from "./api.js";

export type Panel = "cannot" | "rather-not" | "withdraw" | "document";

export type Screen =
  | "loading"
  | "no-link"
  | "link-unknown"
  | "trouble"
  | "consent"
  | "cannot"
  | "rather-not"
  | "withdraw"
  | "document"
  | "ready"
  | "capture"
  | "settling"
  | "elsewhere"
  | "again"
  | "locked"
  | "accepted"
  | "activated"
  | "referred"
  | "refused"
  | "alternative"
  | "expired"
  | "withdrawn"
  | "cancelled";

export interface Model {
  link: string | null;
  linkGood: boolean;
  case: CaseView | null;
  /** The server's clock less ours, in milliseconds. */
  ahead: number;
  now: number;
  /** The act that is on its way. */
  busy: string | null;
  problem: Problem | null;
  panel: Panel | null;
  /** Actions that the person cannot do. */
  cannot: string[];
  /** Whether the camera runs in this window. */
  capturing: boolean;
  /** Whether a capture of this window has ended without its outcome being known here; reads so far. */
  settling: number | null;
  /** What was wrong with the document's picture. */
  documentProblem: Reason | null;
  /** Whether the portrait is no longer kept. */
  referenceGone: boolean;
}

export type Event =
  | { type: "link"; link: string | null }
  | { type: "case"; case: CaseView; at: number }
  | { type: "act"; act: string }
  | { type: "failed"; problem: Problem }
  | { type: "acted" }
  | { type: "panel"; panel: Panel | null }
  | { type: "cannot"; actions: string[] }
  | { type: "document-answered"; problem: Reason | null }
  | { type: "document-new" }
  | { type: "capture" }
  | { type: "capture-ready"; attempt: number; of: number }
  | { type: "capture-done" }
  | { type: "capture-left"; code: string | null }
  | { type: "clock"; at: number };

export const BEGINNING: Model = {
  link: null,
  linkGood: true,
  case: null,
  ahead: 0,
  now: 0,
  busy: null,
  problem: null,
  panel: null,
  cannot: [],
  capturing: false,
  settling: null,
  documentProblem: null,
  referenceGone: false,
};

/** Reads of the case after which a capture's outcome is no longer waited for. */
export const MOST_READS = 25;

export function reduce(model: Model, event: Event): Model {
  switch (event.type) {
    case "link":
      return { ...BEGINNING, link: event.link, now: model.now };
    case "case":
      return withCase(model, event.case, event.at);
    case "act":
      return { ...model, busy: event.act, problem: null };
    case "failed":
      return failed(model, event.problem);
    case "acted":
      return { ...model, busy: null, panel: null };
    case "panel":
      return { ...model, panel: event.panel, problem: null, documentProblem: null };
    case "cannot":
      return { ...model, cannot: event.actions };
    case "document-answered":
      if (event.problem !== null) return { ...model, busy: null, documentProblem: event.problem };
      return { ...model, busy: null, documentProblem: null, referenceGone: false, panel: null };
    case "document-new":
      return { ...model, documentProblem: null, problem: null };
    case "capture":
      return { ...model, capturing: true, problem: null, panel: null, settling: null };
    case "capture-ready":
      return { ...model, case: model.case && begun(model.case, event.attempt, event.of) };
    case "capture-done":
      return { ...model, capturing: false, settling: 0 };
    case "capture-left":
      return { ...model, capturing: false, referenceGone: model.referenceGone || event.code === "reference-gone" };
    case "clock":
      return { ...model, now: event.at };
  }
}

function withCase(model: Model, view: CaseView, at: number): Model {
  const moved = model.case !== null && model.case.state !== view.state;
  const still = view.state === "capturing" && model.settling !== null && model.settling < MOST_READS;
  return {
    ...model,
    case: view,
    ahead: view.now - at,
    now: at,
    linkGood: true,
    problem: keptProblem(model, moved),
    panel: moved ? null : model.panel,
    settling: still ? (model.settling ?? 0) + 1 : null,
    referenceGone: model.referenceGone && view.state === "referenced",
  };
}

/** A refusal stays on the screen when it is because the case has moved on; a passing fault goes with the first answer. */
function keptProblem(model: Model, moved: boolean): Problem | null {
  if (model.problem === null || model.case === null || model.problem.passing) return null;
  return moved && model.problem.status !== 409 ? null : model.problem;
}

function failed(model: Model, problem: Problem): Model {
  const after = { ...model, busy: null, problem };
  if (problem.code === "link-invalid" || problem.status === 401) return { ...after, linkGood: false };
  if (problem.code === "reference-gone") return { ...after, problem: null, referenceGone: true };
  return after;
}

function begun(view: CaseView, attempt: number, of: number): CaseView {
  return { ...view, state: "capturing", attempts: { ...view.attempts, used: attempt, of } };
}

/** Milliseconds until the next attempt may begin, 0 where it may now. */
export function lockedFor(model: Model): number {
  const until = model.case?.lockedUntil ?? null;
  return until === null ? 0 : Math.max(0, until - (model.now + model.ahead));
}

/** Which screen belongs to a model. */
export function screenOf(model: Model): Screen {
  if (model.link === null) return "no-link";
  if (!model.linkGood) return "link-unknown";
  if (model.case === null) return model.problem === null ? "loading" : "trouble";
  if (model.capturing) return "capture";
  if (model.panel !== null && opens(model.panel, model.case)) return model.panel;
  return ofState(model, model.case);
}

function ofState(model: Model, view: CaseView): Screen {
  switch (view.state) {
    case "created":
      return "consent";
    case "consented":
      return "document";
    case "referenced":
      if (model.referenceGone) return "document";
      if (lockedFor(model) > 0) return "locked";
      return failedLast(view) ? "again" : "ready";
    case "capturing":
      return model.settling === null ? "elsewhere" : "settling";
    case "accepted":
    case "activated":
    case "referred":
    case "refused":
    case "alternative":
    case "expired":
    case "withdrawn":
    case "cancelled":
      return view.state;
    default:
      return "trouble";
  }
}

function failedLast(view: CaseView): boolean {
  return view.result !== null && view.attempts.used > 0;
}

const ACT: Record<Panel, string> = {
  "cannot": "choose-alternative",
  "rather-not": "choose-alternative",
  "withdraw": "withdraw",
  "document": "set-reference",
};

/** Whether the server allows what the panel is for. */
function opens(panel: Panel, view: CaseView): boolean {
  return view.next.includes(ACT[panel]);
}

export type StepName = "consent" | "document" | "capture" | "result";

const STEPS: Partial<Record<Screen, StepName>> = {
  consent: "consent",
  document: "document",
  ready: "capture",
  capture: "capture",
  elsewhere: "capture",
  settling: "capture",
  locked: "capture",
  again: "capture",
};

/** Which of the four steps a case is at; null where steps say nothing. */
export function stepOf(model: Model): StepName | null {
  if (model.case === null || !model.linkGood) return null;
  const screen = model.capturing ? "capture" : ofState(model, model.case);
  return STEPS[screen] ?? "result";
}

/** The attempt that runs or comes next. */
export function attemptNumber(view: CaseView): number {
  const next = view.state === "referenced" || view.state === "consented" || view.state === "created";
  return Math.min(view.attempts.of, view.attempts.used + (next ? 1 : 0));
}

/** How soon the case should be read again, in milliseconds; null for never. */
export function readAgain(model: Model): number | null {
  if (model.case === null || model.capturing || model.busy !== null || !model.linkGood) return null;
  switch (model.case.state) {
    case "capturing":
      return model.settling === null ? 4000 : 800;
    case "accepted":
    case "referred":
    case "alternative":
      return 8000;
    default:
      return null;
  }
}
