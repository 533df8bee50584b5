/** What the component says at each moment. */

import type { Model } from "../capture/machine.js";
import type { CaptureTexts } from "../texts/capture.js";
import { known } from "../texts/language.js";

export interface Words {
  /** The large words. */
  main: string;
  /** Which sign goes with them: an action's code, a hint's code, or null. */
  sign: string | null;
  /** What is to be mended beside it, or null. */
  hint: string | null;
  /** Whether the words are a request that is to be spoken at once. */
  request: boolean;
}

/** The words for a model; `asking` while the browser asks for permission. */
export function words(model: Model, texts: CaptureTexts, asking: boolean): Words {
  const say = (main: string, sign: string | null = null): Words => ({ main, sign, hint: null, request: false });
  if (model.phase === "camera") return say(asking ? texts.phases.allow : texts.phases.camera);
  if (model.phase === "trouble") return say(troubleWords(model, texts).title);
  if (model.phase === "renewing") return { ...say(texts.phases.renewing), hint: texts.phases["renewing-then"] };
  if (model.phase !== "running") return say(texts.phases[model.phase]);
  if (model.stopping) return say(texts.phases.stopping);
  const hint = known<string>(texts.hints, model.seen?.guidance) ?? null;
  const slow = model.slow ? texts.phases.slow : null;
  const action = model.seen?.action ?? null;
  if (action !== null) {
    const main = known<string>(texts.prompts, action) ?? texts.phases["unknown-action"];
    return { main, sign: action, hint: slow ?? hint, request: true };
  }
  return { main: hint ?? texts.phases.running, sign: model.seen?.guidance ?? null, hint: slow, request: false };
}

/** Title and text of what stands in the way; an unknown code has the server's sentence. */
export function troubleWords(model: Model, texts: CaptureTexts): { title: string; text: string } {
  const found = known(texts.troubles, model.trouble?.code);
  if (found !== undefined) return found;
  return { title: texts.troubles.unknown.title, text: model.trouble?.text ?? texts.troubles.unknown.text };
}

export type WayOn = "retry" | "continue" | "reload" | "queue" | null;

const CONTINUE = new Set(["hidden", "lost", "camera-lost"]);
const RELOAD = new Set(["hello-expected", "protocol-version", "message-unknown", "message-unreadable"]);
const NO_USE = new Set(["insecure", "camera-unsupported", "origin"]);

/** The way on that is offered beside going back. */
export function wayOn(model: Model): WayOn {
  const trouble = model.trouble;
  if (trouble === null) return null;
  if (RELOAD.has(trouble.code)) return "reload";
  if (NO_USE.has(trouble.code) || !trouble.again) return null;
  if (trouble.code === "busy") return "queue";
  return CONTINUE.has(trouble.code) ? "continue" : "retry";
}

/** How much of all movements is done, 0 to 1. */
export function progress(model: Model): number {
  if (model.phase === "judging" || model.phase === "done") return 1;
  const seen = model.seen;
  if (model.phase !== "running" || seen === null || seen.of === 0) return 0;
  return Math.min(1, (seen.step + Math.min(1, Math.max(0, seen.done))) / seen.of);
}
