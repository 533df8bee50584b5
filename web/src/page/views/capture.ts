/** The document's picture, and what is before, beside and between captures. */

import { html, nothing, type TemplateResult } from "lit";

import { fill } from "../../texts/language.js";
import { lockedFor } from "../machine.js";
import { action, cannotNote, heading, mark, otherWay, reasonList, reasonWords, receipt, type View } from "./parts.js";

export function documentView(view: View): TemplateResult {
  const { texts, acts, model, case: it, language } = view;
  const t = texts.document;
  const problem = model.documentProblem;
  const words = problem === null ? null : reasonWords(problem, texts);
  const again = it.state === "referenced";
  return html`${heading(again ? t["title-again"] : t.title)}
    ${model.referenceGone ? html`<p class="notice">${t.gone}</p>` : nothing}
    <p class="lead">${t.lead}</p>
    ${
      words === null
        ? html`<ul class="tips"><li>${t["tip-fill"]}</li><li>${t["tip-glare"]}</li><li>${t["tip-sharp"]}</li></ul>`
        : html`<div id="document-problem" class="notice warn" role="alert" data-problem=${problem?.code}>
            <strong>${t.problem}: ${words.text}</strong><p>${words.remedy}</p></div>`
    }
    <document-picture .language=${language} ?face=${it.demo} ?busy=${model.busy === "reference"}
      @picture=${(event: CustomEvent<Blob>) => acts.picture(event.detail)} @picture-new=${acts.pictureNew}></document-picture>
    <p class="small">${t["only-portrait"]}</p>
    <div class="links">
      ${again && !model.referenceGone ? action("back", texts["rather-not"].back, () => acts.open(null), "link") : nothing}
      ${otherWay(view, "link")}
    </div>`;
}

export function readyView(view: View): TemplateResult {
  const { texts, acts, model, case: it } = view;
  const t = texts.ready;
  return html`${heading(t.title)}
    <p class="lead">${t.lead}</p>
    <ul class="tips">
      <li>${t["tip-face"]}</li>
      <li>${t["tip-alone"]}</li>
      <li>${t["tip-glasses"]}</li>
      <li>${t["tip-words"]}</li>
    </ul>
    <div class="buttons stack">
      ${action("begin", t.begin, acts.begin, "main", model.busy !== null)}
      ${it.next.includes("set-reference") ? action("other-document", t["other-document"], () => acts.open("document")) : nothing}
      ${otherWay(view)} ${cannotNote(view)}
    </div>`;
}

export function settlingView({ texts }: View): TemplateResult {
  return html`${heading(texts.settling.title)}
    <p class="lead" role="status">${texts.settling.lead}</p>
    <div class="bar" aria-hidden="true"></div>`;
}

export function elsewhereView(view: View): TemplateResult {
  const { texts, acts, case: it, model } = view;
  const t = texts.elsewhere;
  const last = it.attempts.used >= it.attempts.of;
  const over = it.attempts.restartsLeft <= 0;
  return html`${mark("elsewhere")} ${heading(t.title)}
    <p class="lead">${t.lead}</p>
    <p>${over ? (last ? t["last-lead"] : t["next-lead"]) : t["continue-lead"]}</p>
    <div class="buttons stack">
      ${action("continue", over && last ? t.end : t.continue, acts.begin, "main", model.busy !== null)} ${otherWay(view)}
      ${cannotNote(view)}
    </div>`;
}

export function againView(view: View): TemplateResult {
  const { texts, acts, case: it, model } = view;
  const t = texts.again;
  const reasons = it.result?.reasons ?? [];
  const stopped = reasons.some((one) => one.code === "stopped");
  const left = it.attempts.of - it.attempts.used;
  return html`${mark("again")} ${heading(stopped ? t["title-stopped"] : t.title)}
    <p class="lead">${fill(t.left, { left, of: it.attempts.of })}</p>
    ${reasonList(t.why, stopped ? [] : reasons, texts)}
    <div class="buttons stack">
      ${action("begin", t.retry, acts.begin, "main", model.busy !== null)}
      ${it.next.includes("set-reference") ? action("other-document", texts.ready["other-document"], () => acts.open("document")) : nothing}
      ${otherWay(view)} ${cannotNote(view)}
    </div>
    ${receipt(view)}`;
}

export function lockedView(view: View): TemplateResult {
  const { texts, model, case: it } = view;
  const seconds = Math.ceil(lockedFor(model) / 1000);
  const parts = { minutes: Math.floor(seconds / 60), seconds: seconds % 60 };
  const time = seconds < 60 ? fill(texts.seconds, parts) : fill(texts.minutes, parts);
  return html`${mark("locked")} ${heading(texts.locked.title)}
    <p class="lead">${seconds < 2 ? texts.locked.soon : fill(texts.locked.lead, { time })}</p>
    <p>${texts.locked.meanwhile}</p>
    ${reasonList(texts.again.why, it.result?.reasons ?? [], texts)}
    <div class="buttons stack">${otherWay(view)}</div>
    ${receipt(view)}`;
}
