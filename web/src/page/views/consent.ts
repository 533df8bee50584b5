/** What this is, what is agreed to, and the ways without the camera. */

import { html, nothing, type TemplateResult } from "lit";

import { fill, known } from "../../texts/language.js";
import { CONSENT_VERSION } from "../../texts/page.js";
import { action, alternatives, cannotNote, heading, otherWay, type View } from "./parts.js";

export function consentView(view: View): TemplateResult {
  const { texts, acts, model } = view;
  const t = texts.consent;
  const { profile, attempts } = view.case;
  return html`${heading(t.title)}
    <p class="lead">${t.lead}</p>
    <h2>${t.how}</h2>
    <ol>
      <li>${t["how-document"]}</li>
      <li>${t["how-capture"]}</li>
      <li>${fill(t["how-result"], attempts)}</li>
    </ol>
    <h2>${t.what}</h2>
    <p>${t.purpose}</p>
    <p>${t.free}</p>
    ${profile.guardianBelow === null ? nothing : html`<p class="notice">${fill(t.guardian, { age: profile.guardianBelow })}</p>`}
    <h3>${t.kept}</h3>
    ${kept(view)}
    <h2>${t.other}</h2>
    <p>${t["other-lead"]}</p>
    ${alternatives(view)} ${notices(view)}
    <div class="buttons stack">
      ${action("agree", model.busy === "consent" ? texts.busy : t.agree, acts.agree, "main", model.busy !== null)}
      ${action("rather-not", t["rather-not"], () => acts.open("rather-not"))} ${cannotNote(view)}
    </div>
    <p class="small faint">${fill(t.version, { version: CONSENT_VERSION })}</p>`;
}

function kept({ case: view, texts, language }: View): TemplateResult {
  return html`<dl id="retention" class="kept">
    ${view.profile.retention.map(
      (one) => html`<div data-kept=${one.what}>
        <dt>${known<string>(texts.retention, one.what) ?? one.what}</dt>
        <dd>${one.seconds === 0 ? texts.retention.none : one.howLong[language]}</dd>
      </div>`,
    )}
  </dl>`;
}

function notices({ case: view, texts, language }: View): TemplateResult | typeof nothing {
  if (view.profile.notices.length === 0) return nothing;
  return html`<details>
    <summary>${texts.consent.notices}</summary>
    <ul>${view.profile.notices.map((one) => html`<li data-notice=${one.code}>${one[language]}</li>`)}</ul>
  </details>`;
}

export function ratherNotView(view: View): TemplateResult {
  const { texts, acts, model } = view;
  const t = texts["rather-not"];
  const reason = model.cannot.length > 0 ? "cannot" : "rather-not";
  return html`${heading(t.title)}
    <p class="lead">${t.lead}</p>
    ${alternatives(view)}
    <div class="buttons stack">
      ${action("choose-alternative", model.busy === null ? t.choose : texts.busy, () => acts.chooseAlternative(reason), "main", model.busy !== null)}
      ${action("back", t.back, () => acts.open(null))}
    </div>`;
}

/** Fewest movements that can be drawn from. */
const LEAST = 2;

export function cannotView(view: View): TemplateResult {
  const { texts, acts, model, case: it } = view;
  const t = texts.cannot;
  const left = it.profile.actions.filter((one) => !model.cannot.includes(one));
  const few = left.length < LEAST;
  return html`${heading(t.title)}
    <p class="lead">${t.lead}</p>
    <fieldset id="movements">
      <legend class="unseen">${t.title}</legend>
      ${it.profile.actions.map(
        (code) => html`<label class="check">
          <input type="checkbox" name=${code} .checked=${model.cannot.includes(code)}
            @change=${(event: Event) => acts.cannot(code, (event.target as HTMLInputElement).checked)} />
          <span>${known<string>(texts.movements, code) ?? code}</span>
        </label>`,
      )}
    </fieldset>
    <div role="status">${few ? html`<p id="too-few" class="notice">${t["too-few"]}</p>` : nothing}</div>
    <div class="buttons stack">
      ${few ? nothing : action("save-cannot", t.save, () => acts.open(null), "main")}
      ${otherWay(view, few ? "main" : "")}
    </div>`;
}

export function withdrawView(view: View): TemplateResult {
  const { texts, acts, model } = view;
  const t = texts.withdraw;
  return html`${heading(t.title)}
    <p class="lead">${t.lead}</p>
    <div class="buttons stack">
      ${action("withdraw-yes", model.busy === null ? t.yes : texts.busy, acts.withdraw, "danger", model.busy !== null)}
      ${action("withdraw-no", t.no, () => acts.open(null), "main")}
    </div>`;
}
