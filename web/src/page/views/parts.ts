/** Pieces that several screens share. */

import { html, nothing, type TemplateResult } from "lit";

import type { Received } from "../../receipt/receipt-slip.js";
import "../../receipt/receipt-slip.js";
import { fill, known, type Language } from "../../texts/language.js";
import type { PageTexts } from "../../texts/page.js";
import type { CaseView, Problem, Reason } from "../api.js";
import type { Model, Panel, Screen } from "../machine.js";
import type { Rights } from "../my-data.js";

export type Piece = TemplateResult | typeof nothing;

/** What the person can do on the page. */
export interface Acts {
  agree(): void;
  open(panel: Panel | null): void;
  chooseAlternative(reason: "rather-not" | "cannot"): void;
  /** Leave a movement out, or take it back in. */
  cannot(action: string, on: boolean): void;
  picture(picture: Blob): void;
  pictureNew(): void;
  begin(): void;
  withdraw(): void;
  reload(): void;
  receipt(): Promise<Received>;
  rights: Rights;
}

export interface View {
  model: Model;
  case: CaseView;
  texts: PageTexts;
  language: Language;
  acts: Acts;
}

/** A screen's heading; focus goes to it when the screen changes. */
export const heading = (text: string): TemplateResult => html`<h1 id="title" tabindex="-1">${text}</h1>`;

export function action(id: string, text: string, act: () => void, kind = "", busy = false): TemplateResult {
  return html`<button id=${id} type="button" class=${kind} aria-disabled=${busy} @click=${() => busy || act()}>${text}</button>`;
}

/** What went wrong with the last act, with what helps. */
export function problemNotice(problem: Problem | null, texts: PageTexts): Piece {
  if (problem === null) return nothing;
  const { text, remedy } = problemWords(problem, texts);
  return html`<div id="problem" class="notice warn" role="alert" data-problem=${problem.code}>
    <strong>${text}</strong>${remedy === "" ? nothing : html`<p>${remedy}</p>`}
  </div>`;
}

/** The words for a problem: ours by its code, else the server's, else by its kind. */
export function problemWords(problem: Problem, texts: PageTexts): { text: string; remedy: string } {
  const found = known(texts.errors, problem.code);
  if (found !== undefined) {
    const seconds = problem.retryAfter;
    if (seconds === null && problem.code === "too-many") return texts.errors.busy;
    return { text: found.text, remedy: fill(found.remedy, { seconds: seconds ?? "" }) };
  }
  if (problem.detail !== "") return { text: problem.detail, remedy: problem.remedy };
  return problem.passing ? texts.errors.server : texts.errors.unknown;
}

export function reasonWords(reason: Reason, texts: PageTexts): { text: string; remedy: string } {
  const found = known(texts.reasons, reason.code);
  if (found !== undefined) return found;
  return reason.text === "" ? texts.reasons.unknown : { text: reason.text, remedy: reason.remedy };
}

/** The server gives the weightiest first; more of them would not help anybody. */
const MOST_REASONS = 3;

export function reasonList(title: string, reasons: Reason[], texts: PageTexts): Piece {
  if (reasons.length === 0) return nothing;
  return html`<h2>${title}</h2>
    <ul id="reasons" class="reasons">
      ${reasons.slice(0, MOST_REASONS).map((one) => {
        const { text, remedy } = reasonWords(one, texts);
        return html`<li data-reason=${one.code}><strong>${text}</strong>${remedy === "" ? nothing : html` ${remedy}`}</li>`;
      })}
    </ul>`;
}

/** The slip with the receipt's number. */
export function receipt({ case: view, texts, language, acts }: View): Piece {
  if (view.folio === null) return nothing;
  const at = view.result?.endedAt ?? null;
  const attempt = fill(texts.header.attempts, view.attempts);
  return html`<section class="slip" aria-label=${texts.result.folio}>
      <dl>
        <div class="first"><dt>${texts.result.folio}</dt><dd id="folio" class="number">${view.folio}</dd></div>
        <div><dt>${texts.result.line}</dt><dd class="number">${view.line}</dd></div>
        ${at === null ? nothing : html`<div><dt>${texts.result.at}</dt><dd>${moment(at, language)}</dd></div>`}
      </dl>
      <p>${attempt}</p>
      ${
        view.result === null
          ? nothing
          : html`<receipt-slip lang=${language} folio=${view.folio} .attempt=${view.result.attempt} .fetcher=${acts.receipt}></receipt-slip>`
      }
    </section>
    <p class="small">${texts.result.keep}</p>`;
}

export function moment(at: number, language: Language): string {
  const tag = language === "zh" ? "zh-CN" : "en-GB";
  return new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeStyle: "short" }).format(at);
}

/** The ways without the camera, as the profile tells them. */
export function alternatives({ case: view, language }: View): Piece {
  if (view.profile.alternatives.length === 0) return nothing;
  return html`<ul id="alternatives">${view.profile.alternatives.map((one) => html`<li data-alternative=${one.code}>${one[language]}</li>`)}</ul>`;
}

/** The button to the way without the camera, where the case allows it. */
export function otherWay({ case: view, texts, acts }: View, kind = ""): Piece {
  if (!view.next.includes("choose-alternative")) return nothing;
  return action("rather-not", texts["rather-not"].choose, () => acts.open("rather-not"), kind);
}

/** Which movements are left out, and the way to change that. */
export function cannotNote({ model, case: view, texts, acts, language }: View): Piece {
  if (!view.next.includes("choose-alternative")) return nothing;
  if (model.cannot.length === 0) {
    return action("cannot", texts.consent.cannot, () => acts.open("cannot"), "quiet");
  }
  const list = model.cannot.map((one) => known<string>(texts.movements, one) ?? one);
  const joined = list.join(language === "zh" ? "、" : ", ");
  return html`<p id="cannot-chosen" class="small">${fill(texts.cannot.chosen, { list: joined })}
    ${action("cannot", texts.cannot.change, () => acts.open("cannot"), "link")}</p>`;
}

/** Screens that end well, need patience, or ended badly: the mark at their head. */
const MARKS: Partial<Record<Screen, [string, string]>> = {
  accepted: ["good", "M12 25l8 8 16-18"],
  activated: ["good", "M12 25l8 8 16-18"],
  referred: ["wait", "M24 12v13l8 5"],
  alternative: ["wait", "M13 24h21M26 15l9 9-9 9"],
  locked: ["wait", "M24 12v13l8 5"],
  elsewhere: ["wait", "M18 16v16M30 16v16"],
  again: ["bad", "M24 13v14M24 33v2"],
  refused: ["bad", "M16 16l16 16M32 16 16 32"],
  expired: ["bad", "M24 12v13l8 5"],
  withdrawn: ["still", "M15 24h18"],
  cancelled: ["still", "M15 24h18"],
};

export function mark(screen: Screen): Piece {
  const found = MARKS[screen];
  if (found === undefined) return nothing;
  return html`<svg class="mark ${found[0]}" viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="21" /><path d=${found[1]} /></svg>`;
}
