/** What came of it. */

import { html, nothing, type TemplateResult } from "lit";

import { fill } from "../../texts/language.js";
import type { Screen } from "../machine.js";
import "../my-data.js";
import { action, alternatives, heading, mark, otherWay, type Piece, problemWords, reasonList, receipt, type View } from "./parts.js";

type Ending = "accepted" | "activated" | "referred" | "refused" | "alternative" | "expired" | "withdrawn" | "cancelled";

export function resultView(screen: Ending, view: View): TemplateResult {
  return html`${mark(screen)} ${heading(view.texts[screen].title)}
    <p class="lead">${lead(screen, view)}</p>
    ${more(screen, view)} ${receipt(view)} ${myData(screen, view)}`;
}

/** A case that has proved who the person is opens what is held of them. */
function myData(screen: Ending, { language, acts }: View): Piece {
  if (screen !== "accepted" && screen !== "activated") return nothing;
  return html`<my-data lang=${language} .rights=${acts.rights}></my-data>`;
}

function lead(screen: Ending, { texts, case: it }: View): string {
  if (screen === "accepted" && it.acceptedBy === "alternative") return texts.accepted["lead-alternative"];
  return screen === "activated" ? fill(texts.activated.lead, { line: it.line }) : texts[screen].lead;
}

function more(screen: Ending, view: View): Piece {
  const { texts, case: it } = view;
  const reasons = it.result?.reasons ?? [];
  switch (screen) {
    case "referred":
      return html`${reasonList(texts.referred.why, reasons, texts)}
        <div class="buttons stack">${otherWay(view)}</div>`;
    case "refused":
      return html`${reasonList(texts.refused.why, reasons, texts)}
        <h2>${texts.result.next}</h2>
        ${alternatives(view)}
        <div class="buttons stack">${otherWay(view, "main")}</div>`;
    case "alternative":
      return html`${alternatives(view)}
        <p>${texts.alternative.show} ${texts.alternative.waiting}</p>`;
    default:
      return nothing;
  }
}

/** Screens without a case. */
export function plainView(screen: Screen, view: Omit<View, "case">): TemplateResult {
  const { texts, model, acts } = view;
  if (screen === "loading") return html`${heading(texts.loading.title)}<div class="bar" aria-hidden="true"></div>`;
  if (screen === "trouble") {
    const words = model.problem === null ? texts.errors.server : problemWords(model.problem, texts);
    return html`${heading(texts.trouble.title)}
      <p class="lead">${words.text} ${words.remedy}</p>
      <div class="buttons stack">${action("reload", texts.trouble.retry, acts.reload, "main", model.busy !== null)}</div>`;
  }
  const t = screen === "no-link" ? texts["no-link"] : texts["link-unknown"];
  return html`${heading(t.title)}<p class="lead">${t.lead}</p>`;
}
